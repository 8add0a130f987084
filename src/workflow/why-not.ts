import type { Caller } from "../access/caller.js";
import { type Reason, reasons } from "../access/reasons.js";
import { whenDueIsDone } from "./due-step.js";
import type { Actor, Facts } from "./facts.js";
import { type Action, mutationOf, statesAfter, type Who, type Workflow } from "./workflow.js";

// Who may take which step of a form now: the only place that says so. Pure.

/** Why a person may not take a step of a form now; null: they may. */
export function whyNot(
  workflow: Workflow,
  action: string,
  facts: Facts<unknown>,
  actor: Actor,
): Reason | null {
  const { from, requires } = workflow.actions[action]!;
  return (
    notTheirs(workflow, action, facts, actor) ??
    (from.includes(facts.state) ? null : wrongState(from)) ??
    (isTaken(workflow.actions[action]!, facts) ? taken : null) ??
    requires?.(facts, actor) ??
    null
  );
}

/** The part of it that does not depend on where the form stands. */
export function notTheirs(
  workflow: Workflow,
  action: string,
  { subject, seats, more = {} }: Pick<Facts<unknown>, "subject" | "seats"> & Partial<Facts<unknown>>,
  actor: Actor,
): Reason | null {
  const { who, seat, alsoBy = [] } = workflow.actions[action]!;
  if (actor.status === "LEFT") return reasons.notActive;
  // Who is about to leave still settles what is their own.
  if (subject.id === actor.id) {
    if (who.some((one) => isSubject(one, actor))) return null;
    return who.some((one) => mayEver(one, actor)) ? selfDecision : notYourRole(who);
  }
  if (!who.some((one) => fits(one, { subject, more }, actor)))
    return { ...notYourRole(who), ...(isOfOwnSection(who, subject, actor) && { code: "SELF_DECISION" }) };
  if (!isAtWork(actor)) return reasons.notActive;
  const elsewhere = Object.entries(seats).some(
    ([other, person]) => person === actor.id && other !== seat && !alsoBy.includes(other),
  );
  return elsewhere ? selfDecision : null;
}

type Known = Pick<Actor, "roles" | "kind">;

/** Who is about to go does nothing for others any more. */
export const isAtWork = ({ status, contractEndsAt, now }: Actor): boolean =>
  status === "ACTIVE" && (contractEndsAt === null || contractEndsAt > now);

export const isSubject = (who: Who, { roles, kind }: Known): boolean =>
  who.is === "subject" &&
  (!who.roles || who.roles.some((name) => roles.includes(name))) &&
  (!who.kinds || who.kinds.some((name) => name === kind));

function fits(who: Who, { subject, more }: Pick<Facts<unknown>, "subject" | "more">, actor: Actor): boolean {
  switch (who.is) {
    case "subject":
    case "system":
      return false;
    case "head":
      return subject.heads.includes(actor.id);
    case "named":
      return [more[who.fact]].flat().includes(actor.id);
    case "standIn":
      return actor.roles.includes(who.role) && subject.department === who.forDepartment;
    case "role":
      return (
        actor.roles.includes(who.role) &&
        (!who.where || (who.where === "sameDepartment") === (subject.department === actor.department))
      );
  }
}

/** Does somebody decide for people of their own section, where it takes somebody of another one (rulebook 6-32)? */
const isOfOwnSection = (
  who: readonly Who[],
  { department }: Facts<unknown>["subject"],
  actor: Actor,
): boolean =>
  department === actor.department &&
  who.some((one) => one.is === "role" && one.where === "otherDepartment" && actor.roles.includes(one.role));

const leading = ["DEPT_HEAD", "GENERAL_MANAGER", "ADMIN_HEAD"];

/** Could a person with these roles take a step like this of any form? Known before a form is looked at. */
function mayEver(who: Who, actor: Known): boolean {
  const { roles } = actor;
  switch (who.is) {
    case "system":
      return false;
    case "subject":
      return isSubject(who, actor);
    case "head":
      return leading.some((name) => roles.includes(name));
    case "named":
      return true;
    default:
      return roles.includes(who.role);
  }
}

/** Why a person with these roles can never take this step; null: there may be forms of which they can. */
export const whyNever = (
  { who }: Pick<Action<unknown, string, string>, "who">,
  caller: Pick<Caller, "roles" | "kind">,
): Reason | null => (who.some((one) => mayEver(one, caller)) ? null : notYourRole(who));

/** Who may take a step, for people to read. */
export const whoInWords = (who: readonly Who[]): string => who.map(oneInWords).join(", or ");

function oneInWords(who: Who): string {
  switch (who.is) {
    case "subject": {
      const words = who.roles ?? who.kinds;
      return words ? `whoever it is about, as ${words.join(" or ")}` : "whoever it is about";
    }
    case "head":
      return "the head of the department (for heads the general manager)";
    case "standIn":
      return `${who.role} for people of ${who.forDepartment}`;
    case "role":
      if (!who.where) return who.role;
      return `${who.role} of ${who.where === "sameDepartment" ? "the same" : "another"} department`;
    case "named":
      return who.inWords;
    case "system":
      return "the clock";
  }
}

const notYourRole = (who: readonly Who[]): Reason => ({ code: "NOT_YOUR_ROLE", needs: whoInWords(who) });

/** Where the form stays in its state, what says that the step has been taken is its seat. */
const isTaken = (action: Action<unknown, string, string>, { state, seats }: Facts<unknown>): boolean =>
  action.seat !== undefined && seats[action.seat] !== null && statesAfter(action, state).includes(state);

const taken: Reason = { code: "WRONG_STATE", needs: "a form of which this step has not been taken" };

const selfDecision: Reason = {
  code: "SELF_DECISION",
  needs: "somebody whom the form is not about and who has not acted on it in another seat",
};

export const wrongState = (from: readonly (string | null)[]): Reason => ({
  code: "WRONG_STATE",
  needs: `a form in the state ${from.join(" or ")}`,
});

/** What a person can do with a form now, and why not the rest: every step that is not the clock's. */
export interface AvailableAction {
  readonly action: string;
  readonly mutation: string;
  readonly allowed: boolean;
  readonly reason: string | null;
  readonly needs: string | null;
}

export function availableActions(
  workflow: Workflow,
  stored: Facts<unknown>,
  actor: Actor,
): readonly AvailableAction[] {
  const facts = whenDueIsDone(workflow, stored, actor.now);
  return Object.entries(workflow.actions)
    .filter(
      ([, { who, from }]) => from.some((state) => state !== null) && who.some(({ is }) => is !== "system"),
    )
    .map(([action]) => {
      const reason = whyNot(workflow, action, facts, actor);
      return {
        action,
        mutation: mutationOf(workflow, action),
        allowed: reason === null,
        reason: reason?.code ?? null,
        needs: reason?.needs ?? null,
      };
    });
}
