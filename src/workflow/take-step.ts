import type { Decisions } from "../access/decisions.js";
import { refuse } from "../access/guard.js";
import { reasons } from "../access/reasons.js";
import type { Database, Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { column, constant, isTrue, join, name, sql } from "../reading/sql.js";
import { endOf } from "./calendar.js";
import { companyCalendar } from "./company-calendar.js";
import { dueStep } from "./due-step.js";
import type { Facts } from "./facts.js";
import { readNote, recordOpening, recordStep } from "./history.js";
import { loadForm, loadNobody, loadPerson } from "./load-facts.js";
import type { Entry, Outcome, Work } from "./step.js";
import { type FormTold, tell } from "./tell.js";
import { type Hearer, transact } from "./transact.js";
import { notTheirs, whyNot, wrongState } from "./why-not.js";
import { allWorkflows, nowhere, statesAfter, type Workflow } from "./workflow.js";

// Every step of every form is taken here: in one transaction, on a row that is locked, with the state compared before
// it is set. Of two who come at once the second finds the state changed.

export interface StepContext {
  readonly db: Database;
  readonly footprint: Hearer;
  readonly decisions: Decisions;
}

/** What comes with a step beside the fields of its own. */
export interface StepInput {
  readonly id?: string;
  readonly note?: string | null;
}

/**
 * Takes a step of a form, whole or not at all. Throws NOT_FOUND for a form out of reach, NOT_YOUR_ROLE,
 * SELF_DECISION, WRONG_STATE, FORM_INCOMPLETE, and what the step itself refuses.
 */
export const takeStep = async (
  context: StepContext,
  workflow: Workflow,
  action: string,
  input: StepInput,
): Promise<string> => takeSteps(context, workflow, [{ action, input }]);

/** Takes steps of one form after one another, all of them or none. Throws as `takeStep` does. */
export const takeSteps = (
  context: StepContext,
  workflow: Workflow,
  steps: readonly { readonly action: string; readonly input: StepInput }[],
): Promise<string> =>
  inTransaction(context, async (work) => {
    let id = "";
    for (const { action, input } of steps) id = await takeStepWithin(work, workflow, action, input);
    return id;
  });

/** Takes a step of a form within another one's, with all that it checks. `inputPath`: where the other one names it. */
export async function takeStepWithin(
  work: WorkOfSomebody,
  workflow: Workflow,
  action: string,
  { id = "", note: written, ...input }: StepInput,
  inputPath = "input.id",
): Promise<string> {
  const { caller, decisions } = work.by;
  const within = decisions.reach(workflow.record).rows;
  const found = await loadForm(work.tx, workflow, id, { within, lock: true });
  if (!found) throw refusal("NOT_FOUND", { inputPath });
  const facts = await takeDueSteps(work, workflow, found);
  const reason = whyNot(workflow, action, facts, caller);
  if (reason) throw refuse(reason, inputPath);
  const note = readNote(written, workflow.actions[action]!.note === "required", work.now);
  const outcome = await workflow.actions[action]!.effect?.({ ...work, facts, input, note });
  await apply(work, workflow, action, facts, outcome ?? {}, note);
  return id;
}

type WorkOfSomebody = Work & { readonly by: NonNullable<Work["by"]> };

/** Opens a form. Throws as `takeStep` does; NOT_FOUND for a person out of reach. */
export async function openForm(
  context: StepContext,
  workflow: Workflow,
  action: string,
  { note: written, ...input }: StepInput,
): Promise<string> {
  const { open, note: demanded } = workflow.actions[action]!;
  const [first, ...others] = statesAfter(workflow.actions[action]!, nowhere);
  if (!open) throw new TypeError(`${workflow.name}.${action} opens nothing`);
  const { db, decisions, footprint } = context;
  const { caller } = decisions;
  const form = await open.read(input, { caller, decisions }, db, footprint);
  const note = readNote(written, demanded === "required", caller.now);
  return inTransaction(context, async (work) => {
    const about = open.subject(form, caller);
    const subject =
      about === null
        ? await loadNobody(work.tx, workflow.unassigned!.otherwise)
        : await loadPerson(work.tx, about, work.by.decisions);
    if (!subject || subject.status === "LEFT") throw refusal("NOT_FOUND", { inputPath: "input.employeeId" });
    const reason = notTheirs(workflow, action, { subject, seats: {} }, caller);
    if (reason) throw refuse(reason);
    // Who is about to go settles what there is, and begins nothing.
    if (caller.status !== "ACTIVE") throw refuse(reasons.notActive);
    const opening = { ...work, form, subject };
    const state = others.length > 0 ? await open.to!(opening) : first!;
    const entry = entryTo(work, workflow, state);
    await open.write({ ...opening, entry });
    await recordStep(work, workflow, subject, {
      ...{ action, recordId: entry.id, from: null, to: state },
      ...{ note, changes: [] },
    });
    await tellOf(work, workflow, action, { id: entry.id, subject });
    // What takes effect at once does so before anybody looks.
    await takeDueSteps(work, workflow, (await loadForm(work.tx, workflow, entry.id))!);
    return entry.id;
  });
}

/** A new row of a form, at the beginning of a state. */
export const entryTo = ({ now, calendar }: Work, workflow: Workflow, state: string): Entry => ({
  id: newId(workflow.record.idPrefix!, now),
  state,
  dueAt: dueIn(workflow, state, now, calendar),
});

const dueIn = ({ states }: Workflow, state: string, now: Date, calendar: Work["calendar"]): Date | null => {
  const term = states[state]!.due;
  return term ? endOf(term, now, calendar) : null;
};

/**
 * Lets another form's step, or the clock, take a step of this one. False: it no longer stands where the step begins.
 */
export async function letFollow(
  work: Work,
  workflow: Workflow,
  action: string,
  id: string,
  note: string | null = null,
): Promise<boolean> {
  const facts = await loadForm(work.tx, workflow, id, { lock: true });
  if (!facts || !workflow.actions[action]!.from.includes(facts.state)) return false;
  const outcome = await workflow.actions[action]!.effect?.({ ...work, facts, input: {}, note });
  await apply({ ...work, by: null }, workflow, action, facts, outcome ?? {}, note);
  return true;
}

/** What the clock has to do with a form before anybody else does: it may be a while since it last looked. */
export async function takeDueSteps(
  work: Work,
  workflow: Workflow,
  facts: Facts<unknown>,
): Promise<Facts<unknown>> {
  const due = dueStep(workflow, facts, work.now);
  if (!due) return facts;
  await letFollow(work, workflow, due, facts.id);
  const after = (await loadForm(work.tx, workflow, facts.id))!;
  return takeDueSteps(work, workflow, after);
}

async function inTransaction<Result>(
  { db, footprint, decisions }: StepContext,
  steps: (work: WorkOfSomebody) => Promise<Result>,
): Promise<Result> {
  const { caller } = decisions;
  const { now } = caller;
  const calendar = await companyCalendar(db, now);
  return transact(db, footprint, (tx) => steps({ tx, now, calendar, by: { caller, decisions } }));
}

/** Compares the state and sets it, fills the seat, counts the deadline and keeps the record. */
async function apply(
  work: Work,
  workflow: Workflow,
  action: string,
  facts: Facts<unknown>,
  { to, set = {}, changes = [], brings }: Outcome<unknown>,
  note: string | null,
): Promise<void> {
  const definition = workflow.actions[action]!;
  const state = to ?? statesAfter(definition, facts.state)[0]!;
  const seat = definition.seat && work.by ? workflow.seats[definition.seat] : undefined;
  const stays = state === facts.state;
  const { count } = await modelOf(work.tx, workflow).updateMany({
    where: { id: facts.id, state: facts.state },
    data: {
      ...(!stays && { state, dueAt: dueIn(workflow, state, work.now, work.calendar) }),
      ...(workflow.notes && { [workflow.notes]: note }),
      // A deadline that was agreed on, in place of the state's own.
      ...set,
      ...(seat && { [seat.by]: work.by!.caller.id, [seat.at]: work.now }),
    },
  });
  if (count === 0) throw refuse(wrongState(definition.from), "input.id");
  await recordStep(work, workflow, facts.subject, {
    action,
    recordId: facts.id,
    from: facts.state,
    to: state,
    note: workflow.notes ? null : note,
    changes: [...changes],
  });
  await tellOf(work, workflow, action, facts);
  await brings?.(work);
  await letOthersFollow(work, workflow, action, {
    id: facts.id,
    ended: !stays && !!workflow.states[state]!.end,
  });
  await openFor(work, workflow, action, facts, note);
}

/**
 * Takes the steps that a step of a form brings to those that name it. It waits for whoever is at one of them; who waits
 * for this very form in turn begins anew.
 */
async function letOthersFollow(
  work: Work,
  other: Workflow,
  step: string,
  { id, ended }: { readonly id: string; readonly ended: boolean },
): Promise<void> {
  for (const workflow of allWorkflows())
    for (const { of, steps, by, action, only } of workflow.follows ?? []) {
      if (of !== other || !(steps ? steps.includes(step) : ended)) continue;
      const states = workflow.actions[action]!.from.flatMap((state) => (state ? [constant(state)] : []));
      const names = typeof by === "string" ? sql`${column(sql`t`, by)} = ${id}` : by(sql`t`, id);
      const rows = await work.tx.$queryRaw<{ id: string }[]>`
        SELECT t."id" FROM ${name(workflow.name)} t
        WHERE ${names} AND t."state" IN (${join(states)}) AND ${only?.(sql`t`) ?? isTrue}
        ORDER BY t."id" FOR UPDATE`;
      for (const row of rows) await letFollow(work, workflow, action, row.id);
    }
}

/** Opens the forms that a step of another one opens. */
async function openFor(
  work: Work,
  other: Workflow,
  step: string,
  facts: Facts<unknown>,
  note: string | null,
): Promise<void> {
  for (const workflow of allWorkflows())
    for (const { of, step: opening, action, write } of workflow.openedBy ?? []) {
      if (of !== other || opening !== step) continue;
      const entry = entryTo(work, workflow, statesAfter(workflow.actions[action]!, nowhere)[0]!);
      const subject = await write(work, entry, facts, note);
      if (!subject) continue;
      await recordOpening(work, workflow, action, subject, entry);
      await tellOf(work, workflow, action, { id: entry.id, subject });
    }
}

/** Tells those who are to hear of a step at once. */
async function tellOf(work: Work, workflow: Workflow, action: string, form: FormTold): Promise<void> {
  const { tells } = workflow.actions[action]!;
  if (tells) await tell(work, workflow, form, { ...tells, occasion: `${action}@${work.now.toISOString()}` });
}

interface Model {
  updateMany(args: { where: object; data: object }): Promise<{ count: number }>;
}

const modelOf = (tx: Prisma.TransactionClient, { model }: Workflow): Model => tx[model] as unknown as Model;
