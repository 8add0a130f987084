import type { Actor, Facts, Person } from "../../src/workflow/facts.js";
import { type Action, statesAfter, type Who, type Workflow } from "../../src/workflow/workflow.js";

// Whose step of a form it is, said once more, apart from the code that is tested.

type Somebody = Pick<Actor, "id" | "department" | "roles" | "kind">;
type About = Pick<Person, "id" | "department" | "heads">;

/** Is somebody of the sort that a rule speaks of? */
export function isSort(
  rule: Who,
  one: Somebody,
  about: About,
  named: Readonly<Record<string, unknown>>,
): boolean {
  const isIt = one.id === about.id;
  const neighbours = one.department === about.department;
  switch (rule.is) {
    case "system":
      return false;
    case "subject":
      return (
        isIt &&
        (!rule.roles || rule.roles.some((name) => one.roles.includes(name))) &&
        (!rule.kinds || rule.kinds.some((name) => name === one.kind))
      );
    case "named":
      return !isIt && [named[rule.fact]].flat().includes(one.id);
    case "head":
      return !isIt && about.heads.includes(one.id);
    case "standIn":
      return !isIt && one.roles.includes(rule.role) && about.department === rule.forDepartment;
    case "role":
      return (
        !isIt &&
        one.roles.includes(rule.role) &&
        (rule.where === undefined || neighbours === (rule.where === "sameDepartment"))
      );
  }
}

/** Would it be theirs, were the person whom it is about of another section (rulebook 6-32)? */
export const isForOwnSection = (who: readonly Who[], one: Somebody, about: About): boolean =>
  about.id !== one.id &&
  about.department === one.department &&
  who.some((rule) => rule.is === "role" && rule.where === "otherDepartment" && one.roles.includes(rule.role));

/** At work, or settling what is their own before they leave. */
export function mayAct(
  one: Pick<Actor, "id" | "status" | "contractEndsAt">,
  about: Pick<Person, "id">,
  now: Date,
): boolean {
  if (one.status === "LEFT") return false;
  if (one.id === about.id) return true;
  return one.status === "ACTIVE" && (one.contractEndsAt === null || one.contractEndsAt > now);
}

/** What becomes of somebody who tries a step of a form that they reach: it is theirs, or one of these refusals. */
export function verdictOn(
  workflow: Workflow,
  action: string,
  { subject, state, seats, more }: Facts<unknown>,
  actor: Actor,
): "theirs" | readonly string[] {
  const step = workflow.actions[action] as Action<unknown, string, string>;
  if (!step.who.some((rule) => isSort(rule, actor, subject, more)))
    return actor.id === subject.id || isForOwnSection(step.who, actor, subject)
      ? ["SELF_DECISION", "NOT_YOUR_ROLE"]
      : ["NOT_YOUR_ROLE"];
  if (!mayAct(actor, subject, actor.now)) return ["WRONG_STATE"];
  const elsewhere = Object.entries(seats).some(
    ([seat, holder]) =>
      holder === actor.id && actor.id !== subject.id && seat !== step.seat && !step.alsoBy?.includes(seat),
  );
  if (elsewhere) return ["SELF_DECISION"];
  const taken = step.seat && seats[step.seat] && statesAfter(step, state).includes(state);
  return !step.from.includes(state) || taken ? ["WRONG_STATE"] : "theirs";
}
