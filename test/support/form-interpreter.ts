import type { Reason } from "../../src/access/reasons.js";
import type { Actor, Facts, Person } from "../../src/workflow/facts.js";
import { whyNot } from "../../src/workflow/why-not.js";
import type { Action, Who, Workflow } from "../../src/workflow/workflow.js";

// A form in memory: the table and nothing else. No input, no effect, and no requirement beyond who and from where, as
// those read what only a database holds; they can only narrow what is let through here.

/** Somebody who may try a step. */
export type Somebody = Omit<Actor, "now"> & Person;

/** A step that was taken. */
export interface Taken {
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
  /** As they were when they took it; null: the clock, or another form's step. */
  readonly by: Somebody | null;
  readonly at: Date;
}

export interface FormInPlay {
  readonly workflow: Workflow;
  readonly subjectId: string;
  state: string;
  readonly row: Record<string, string | null>;
  /** Those whom further facts of the form name, by fact. */
  readonly named: Readonly<Record<string, string>>;
  readonly history: Taken[];
}

/** Who may take which step: `whyNot`, or a broken one. */
export type Judge = typeof whyNot;

const actionOf = (workflow: Workflow, action: string) =>
  workflow.actions[action] as Action<unknown, string, string>;

/** Where a step leads, read off the table; `draw` picks where it says several. */
function destination({ to }: Action<unknown, string, string>, from: string | null, draw: number): string {
  if (to === undefined) return from!;
  if (typeof to === "string") return to;
  if (Array.isArray(to)) return to[draw % to.length];
  return (to as Readonly<Record<string, string>>)[from!]!;
}

/**
 * Opens a form about the first of these people, by an action that starts from nowhere; its terms end after so many
 * hours, by column.
 */
export function openInPlay(
  workflow: Workflow,
  action: string,
  people: readonly Somebody[],
  terms: Readonly<Record<string, number>>,
  { at, draw }: { at: Date; draw: number },
): FormInPlay {
  const state = destination(actionOf(workflow, action), null, draw);
  const ends = Object.entries(terms).map(([column, hours]): [string, string] => [
    column,
    new Date(at.getTime() + hours * 3_600_000).toISOString(),
  ]);
  const history = [{ action, from: null, to: state, by: null, at }];
  const facts = Object.values(workflow.actions).flatMap(({ who }) =>
    (who as readonly Who[]).flatMap((one) => (one.is === "named" ? one.fact : [])),
  );
  const named = facts.map((fact): [string, string] => [fact, people[draw % people.length]!.id]);
  return {
    ...{ workflow, subjectId: people[0]!.id, state, history },
    ...{ row: Object.fromEntries(ends), named: Object.fromEntries(named) },
  };
}

export function factsOf(form: FormInPlay, people: readonly Somebody[]): Facts<unknown> {
  const { workflow, subjectId, state, row, named } = form;
  const seats = Object.entries(workflow.seats).map(([seat, { by }]) => [seat, row[by] ?? null]);
  const subject = people.find(({ id }) => id === subjectId)!;
  return { id: "form", state, row, subject, seats: Object.fromEntries(seats), more: named } as Facts<unknown>;
}

interface Attempt {
  readonly action: string;
  readonly by: Somebody;
  readonly at: Date;
  readonly draw: number;
}

/** Somebody tries a step. Null: it was taken; otherwise why not, and nothing has changed. */
export function attempt(
  form: FormInPlay,
  people: readonly Somebody[],
  { action, by, at, draw }: Attempt,
  judge: Judge = whyNot,
): Reason | null {
  const reason = judge(onlyWhoAndWhere(form.workflow), action, factsOf(form, people), { ...by, now: at });
  if (!reason) take(form, { action, by, at, draw });
  return reason;
}

/** The clock, or another form's step, takes a step that is the system's. False: the form does not stand there. */
export function follow(form: FormInPlay, action: string, at: Date, draw: number): boolean {
  const { from, when } = actionOf(form.workflow, action);
  if (!from.includes(form.state) || (when && new Date(form.row[when]!) > at)) return false;
  take(form, { action, by: null, at, draw });
  return true;
}

function take(form: FormInPlay, { action, by, at, draw }: Omit<Attempt, "by"> & { by: Somebody | null }) {
  const step = actionOf(form.workflow, action);
  const from = form.state;
  const to = destination(step, from, draw);
  const seat = step.seat && by ? form.workflow.seats[step.seat] : undefined;
  if (seat) Object.assign(form.row, { [seat.by]: by!.id, [seat.at]: at.toISOString() });
  form.state = to;
  form.history.push({ action, from, to, by: by && { ...by }, at });
}

const stripped = new WeakMap<Workflow, Workflow>();

function onlyWhoAndWhere(workflow: Workflow): Workflow {
  const known = stripped.get(workflow);
  if (known) return known;
  const actions = Object.entries(workflow.actions).map(([name, { requires: _, ...step }]) => [name, step]);
  const bare = { ...workflow, actions: Object.fromEntries(actions) } as Workflow;
  stripped.set(workflow, bare);
  return bare;
}
