import { ceilingOf, clearanceOf, latestEnd, neverGranted } from "../access/grant-limits.js";
import type { GrantLimits } from "../access/policy.js";
import { atLeast, type Operation, secrecies, tiers } from "../access/vocabulary.js";
import type { GrantApplication as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { incomplete } from "../reading/form.js";
import type { Facts, Person } from "../workflow/facts.js";
import type { Step } from "../workflow/step.js";
import { moreOf } from "./application-facts.js";
import type { GrantScope } from "./scope.js";

// What an application can ask for at most (rulebook 3.2): when it is written, and again when it is approved and put into
// effect, by the policy that is in force then and by what the grantee is then.

interface Asked {
  readonly grantee: Person;
  readonly kind: string;
  readonly now: Date;
}

/** Throws TERM_TOO_LONG for an end beyond the latest that a grant can have which is given now. */
export function requireTerm(
  limits: GrantLimits,
  { grantee, kind, now }: Asked,
  validTo: GrantScope["validTo"],
  inputPath: string,
): void {
  const latest = latestEnd(limits, grantee, kind, now);
  const end = validTo === null ? latest : new Date(validTo);
  if (end > latest || end <= now)
    throw refusal("TERM_TOO_LONG", { inputPath, needs: `an end no later than ${latest.toISOString()}` });
}

/** The places of the operations that such a person is never granted. */
export const neverAt = (
  limits: GrantLimits,
  { grantee, kind }: Omit<Asked, "now">,
  operations: readonly Operation[],
): readonly number[] => {
  const never = neverGranted(limits, grantee, kind);
  return operations.flatMap((operation, at) => (never.includes(operation) ? [at] : []));
};

/**
 * Does an application still keep to the limits? Throws TERM_TOO_LONG, FORM_INCOMPLETE for operations that such a person
 * is never granted, and APPROVAL_MISSING for what lies above the ceiling and is not the group's decision.
 */
export function requireWithinLimits({ facts, by, now }: Step<Row, unknown>, scope: GrantScope): void {
  const { limits } = by!.decisions.policy;
  const asked = { grantee: facts.subject, kind: facts.row.kind, now };
  requireTerm(limits, asked, scope.validTo, "input.id");
  const never = neverAt(limits, asked, scope.operations).map((at) => scope.operations[at]);
  if (never.length > 0)
    throw incomplete([{ field: "id", reason: `Such a person is never granted ${never.join(", ")}.` }]);
  if (facts.row.decidedById === null && isAboveCeiling(facts, scope, limits))
    throw refusal("APPROVAL_MISSING", { needs: groupDecides, inputPath: "input.id" });
}

const groupDecides =
  "the decision of the information management group: escalate it, or narrow it to the ceiling";

/** Above what administration approves alone: the tier, or the clearance (rulebook 3.2). */
function isAboveCeiling(
  facts: Facts<Row>,
  { tier, secrecyClearance }: GrantScope,
  limits: GrantLimits,
): boolean {
  const { subject, row } = facts;
  const ceiling = ceilingOf(limits, subject, row.kind, moreOf(facts).ceiling);
  const clearance = clearanceOf(limits, subject, row.kind);
  return !atLeast(tiers, ceiling, tier) || !atLeast(secrecies, clearance, secrecyClearance);
}
