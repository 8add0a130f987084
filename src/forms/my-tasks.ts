import type { Decisions } from "../access/decisions.js";
import type { Database } from "../database/client.js";
import { all, any, type Sql } from "../reading/sql.js";
import { couldTake, standsIn } from "../workflow/could-take.js";
import { whenDueIsDone } from "../workflow/due-step.js";
import type { Facts } from "../workflow/facts.js";
import { loadFacts } from "../workflow/load-facts.js";
import { whyNever, whyNot } from "../workflow/why-not.js";
import { allWorkflows, mutationOf, type Workflow } from "../workflow/workflow.js";

/** A form that waits for a person. */
export interface WaitingForm {
  readonly form: string;
  readonly formId: string;
  readonly state: string;
  /** The mutations that would take it on. */
  readonly mutations: readonly string[];
  readonly dueAt: Date | null;
  readonly overdue: boolean;
}

interface TaskContext {
  readonly db: Database;
  readonly decisions: Decisions;
  readonly statements: <Result>(statement: () => Promise<Result>) => Promise<Result>;
}

/** What waits for whoever asks, what is due first in front; at most so many. */
export async function waitingForms(context: TaskContext, first: number): Promise<WaitingForm[]> {
  const found = await Promise.all(allWorkflows().map((workflow) => waitingOf(context, workflow, first)));
  return found.flat().sort(byDue).slice(0, first);
}

const time = ({ dueAt }: WaitingForm): number => dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
const byDue = (a: WaitingForm, b: WaitingForm): number =>
  time(a) === time(b) ? a.formId.localeCompare(b.formId) : time(a) - time(b);

async function waitingOf(
  { db, decisions, statements }: TaskContext,
  workflow: Workflow,
  first: number,
): Promise<WaitingForm[]> {
  const { caller } = decisions;
  const steps = Object.entries(workflow.states).flatMap(([state, { waitsFor = [] }]) =>
    waitsFor
      .filter((action) => !whyNever(workflow.actions[action]!, caller))
      .map((action) => ({ state, action })),
  );
  const within = decisions.reach(workflow.record).rows;
  if (steps.length === 0 || within.length === 0) return [];
  const on = (row: Sql, subject: Sql) =>
    any(
      steps.map(({ state, action }) =>
        all([
          standsIn(workflow, state, row, caller.now),
          couldTake(workflow, action, state, { row, subject }, caller),
        ]),
      ),
    );
  const tasks: WaitingForm[] = [];
  // Some of those that are found wait for others after all, or for nobody yet: what a step requires is not in columns.
  for (let after = 0, size = first; tasks.length < first; after += size, size = most) {
    const forms = await statements(() => loadFacts(db, workflow, on, { within, first: size, after }));
    for (const stored of forms) {
      const facts = whenDueIsDone(workflow, stored, caller.now);
      const open = steps
        .filter(({ state, action }) => state === facts.state && !whyNot(workflow, action, facts, caller))
        .map(({ action }) => mutationOf(workflow, action));
      if (open.length > 0) tasks.push(taskOf(workflow, facts, open, caller.now));
    }
    if (forms.length < size) break;
  }
  return tasks;
}

/** Forms looked at in one go, once those that were looked at first were not enough. */
const most = 500;

const taskOf = (
  { name }: Workflow,
  { id, state, dueAt }: Facts<unknown>,
  mutations: readonly string[],
  now: Date,
): WaitingForm => ({
  form: name,
  formId: id,
  state,
  mutations,
  dueAt,
  overdue: dueAt !== null && dueAt <= now,
});
