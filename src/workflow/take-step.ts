import type { Caller } from "../access/caller.js";
import type { Decisions } from "../access/decisions.js";
import { refuse } from "../access/guard.js";
import { reasons } from "../access/reasons.js";
import type { Database, DepartmentCode, Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { refuseForm } from "../reading/form.js";
import { lines } from "../reading/form-readers.js";
import { column, constant, join, name, sql } from "../reading/sql.js";
import { endOf } from "./calendar.js";
import { companyCalendar } from "./company-calendar.js";
import { dueStep } from "./due-step.js";
import type { Facts, Person } from "./facts.js";
import { loadForm, loadPerson } from "./load-facts.js";
import type { Entry, Outcome, Work } from "./step.js";
import { tell } from "./tell.js";
import { notTheirs, whyNot, wrongState } from "./why-not.js";
import { allWorkflows, nowhere, statesAfter, type Workflow } from "./workflow.js";

// Every step of every form is taken here: in one transaction, on a row that is locked, with the state compared before
// it is set. Of two who come at once the second finds the state changed.

export interface StepContext {
  readonly db: Database;
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
export const takeStep = (
  context: StepContext,
  workflow: Workflow,
  action: string,
  { id = "", note: written, ...input }: StepInput,
): Promise<string> =>
  inTransaction(context, async (work) => {
    const { caller, decisions } = work.by;
    const within = decisions.reach(workflow.record).rows;
    const found = await loadForm(work.tx, workflow, id, { within, lock: true });
    if (!found) throw refusal("NOT_FOUND", { inputPath: "input.id" });
    const facts = await takeDueSteps(work, workflow, found);
    const reason = whyNot(workflow, action, facts, caller);
    if (reason) throw refuse(reason, "input.id");
    const note = readNote(written, workflow.actions[action]!.note === "required", work.now);
    const outcome = await workflow.actions[action]!.effect?.({ ...work, facts, input, note });
    await apply(work, workflow, action, facts, outcome ?? {}, note);
    return id;
  });

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
  const { caller } = context.decisions;
  const form = await open.read(input, { caller, decisions: context.decisions }, context.db);
  const note = readNote(written, demanded === "required", caller.now);
  return inTransaction(context, async (work) => {
    const subject = await loadPerson(work.tx, open.subject(form, caller), work.by.decisions);
    if (!subject || subject.status === "LEFT") throw refusal("NOT_FOUND", { inputPath: "input.employeeId" });
    const reason = notTheirs(workflow, action, { subject, seats: {} }, caller);
    if (reason) throw refuse(reason);
    // Who is about to go settles what there is, and begins nothing.
    if (caller.status !== "ACTIVE") throw refuse(reasons.notActive);
    const opening = { ...work, form, subject };
    const state = others.length > 0 ? await open.to!(opening) : first!;
    const entry = entryTo(work, workflow, state);
    await open.write({ ...opening, entry });
    await record(work, workflow, subject, {
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

/** Records that a form has been opened by a step of another one: whoever took that step stands in its history. */
export const recordOpening = (
  work: Work,
  workflow: Workflow,
  action: string,
  subject: Pick<Person, "department">,
  { id, state }: Entry,
) =>
  record({ ...work, by: null }, workflow, subject, {
    ...{ action, recordId: id, from: null, to: state },
    ...{ note: null, changes: [] },
  });

async function inTransaction<Result>(
  { db, decisions }: StepContext,
  steps: (work: Work & { by: { caller: Caller; decisions: Decisions } }) => Promise<Result>,
): Promise<Result> {
  const { caller } = decisions;
  const { now } = caller;
  const calendar = await companyCalendar(db, now);
  return db.$transaction((tx) => steps({ tx, now, calendar, by: { caller, decisions } }));
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
  await record(work, workflow, facts.subject, {
    action,
    recordId: facts.id,
    from: facts.state,
    to: state,
    note: workflow.notes ? null : note,
    changes: [...changes],
  });
  await tellOf(work, workflow, action, facts);
  await brings?.(work);
  if (!stays && workflow.states[state]!.end) await letEndFollow(work, workflow, facts.id);
}

/**
 * Takes the steps that the end of a form brings to those that name it. Whoever is at one of them at that moment, and may
 * wait for this very form, settles it by themselves.
 */
async function letEndFollow(work: Work, ended: Workflow, id: string): Promise<void> {
  for (const workflow of allWorkflows()) {
    const { name: table, follows, actions } = workflow;
    if (follows?.end !== ended) continue;
    const states = actions[follows.action]!.from.flatMap((state) => (state ? [constant(state)] : []));
    const rows = await work.tx.$queryRaw<{ id: string }[]>`
      SELECT t."id" FROM ${name(table)} t
      WHERE ${column(sql`t`, follows.by)} = ${id} AND t."state" IN (${join(states)})
      ORDER BY t."id" FOR UPDATE SKIP LOCKED`;
    for (const row of rows) await letFollow(work, workflow, follows.action, row.id);
  }
}

/** Tells those who are to hear of a step at once. */
async function tellOf(
  work: Work,
  workflow: Workflow,
  action: string,
  form: Pick<Facts<unknown>, "id" | "subject">,
): Promise<void> {
  const { tells } = workflow.actions[action]!;
  if (tells) await tell(work, workflow, form, { ...tells, occasion: `${action}@${work.now.toISOString()}` });
}

interface Model {
  updateMany(args: { where: object; data: object }): Promise<{ count: number }>;
}

const modelOf = (tx: Prisma.TransactionClient, { model }: Workflow): Model => tx[model] as unknown as Model;

type Event = Pick<Prisma.FormEventUncheckedCreateInput, "action" | "recordId" | "from" | "to" | "note"> & {
  changes: string[];
};

/** A step stays counted where the person whom the form is about was at that time, whereto they go afterwards. */
const record = async (
  { tx, now, by }: Work,
  { name: form, actions }: Workflow,
  { department }: Pick<Person, "department">,
  event: Event,
): Promise<void> => {
  const seat = by && actions[event.action]!.seat;
  const person = by && { byId: by.caller.id };
  await tx.formEvent.create({
    data: {
      ...{ ...event, ...person, form, at: now },
      id: newId("evt", now),
      department: department as DepartmentCode,
      ...(seat && { seat }),
    },
    select: { id: true },
  });
};

const noteReader = lines(2_000);

function readNote(written: string | null | undefined, required: boolean, now: Date): string | null {
  if (written === undefined || written === null) {
    if (!required) return null;
    throw refuseForm([{ field: "note", code: "FORM_INCOMPLETE", reason: "It has to say why." }]);
  }
  const reading = noteReader(written, now);
  if ("value" in reading) return reading.value;
  throw refuseForm([{ field: "note", code: "FORM_INCOMPLETE", reason: reading.reason }]);
}
