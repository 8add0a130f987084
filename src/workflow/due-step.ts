import type { Facts } from "./facts.js";
import { statesAfter, type Workflow } from "./workflow.js";

/** The step of the clock whose instant has come. */
export const dueStep = (
  { actions }: Workflow,
  { state, row }: Pick<Facts<unknown>, "state" | "row">,
  now: Date,
): string | undefined =>
  Object.entries(actions).find(([, { from, when }]) => {
    const at = when && (row as Record<string, string | null>)[when];
    return at && from.includes(state) && new Date(at) <= now;
  })?.[0];

/** A form in the state in which it is once the clock has done what is due: it may be a while since it last looked. */
export function whenDueIsDone(workflow: Workflow, facts: Facts<unknown>, now: Date): Facts<unknown> {
  const due = dueStep(workflow, facts, now);
  if (!due) return facts;
  const state = statesAfter(workflow.actions[due]!, facts.state)[0]!;
  return whenDueIsDone(workflow, { ...facts, state }, now);
}
