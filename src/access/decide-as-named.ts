import type { Caller } from "./caller.js";
import { decideByGrants } from "./decide-by-grants.js";
import type { Closing, Decision, Opening } from "./decision.js";
import type { Policy } from "./policy.js";
import { reasons } from "./reasons.js";
import { type ClassifiedField, fullName, nameableFields } from "./record.js";
import type { RowCondition } from "./rows.js";
import type { Use } from "./vocabulary.js";

/**
 * A value of a field that the row itself names: it is open where that field is clear on the same customer, and nowhere
 * else. A masked form would be made of another row than its own, so there is none. Nobody filters by such a value or
 * writes it: it is no one class.
 */
export function decideAsNamed(caller: Caller, field: ClassifiedField, use: Use, policy: Policy): Decision {
  const openings: Opening[] = [];
  const closings: Closing[] = [];
  let otherwise: Decision["otherwise"] = reasons.classNotGranted;
  if (use !== "SEE" || !field.named) return { openings, closings, otherwise };
  for (const [decision, fields] of decidedAlike(caller, nameableFields(field.named()), policy)) {
    const naming: RowCondition = { is: "naming", fields };
    for (const { rows, outcome, because } of decision.openings)
      if (outcome === "CLEAR") openings.push({ rows: [naming, ...rows], outcome });
      else closings.push({ rows: [naming, ...rows], reason: because ?? decision.otherwise });
    closings.push(...decision.closings.map(({ rows, reason }) => ({ rows: [naming, ...rows], reason })));
    otherwise = decision.otherwise;
  }
  return { openings, closings, otherwise };
}

/** Fields of one class are decided alike, as a rule: one test for all of them. */
function decidedAlike(
  caller: Caller,
  fields: readonly ClassifiedField[],
  policy: Policy,
): Iterable<readonly [Decision, readonly string[]]> {
  const alike = new Map<string, [Decision, string[]]>();
  for (const field of fields) {
    const decision = decideByGrants(caller, field, "SEE", policy);
    const key = JSON.stringify(decision);
    const known = alike.get(key) ?? [decision, []];
    known[1].push(fullName(field));
    alike.set(key, known);
  }
  return alike.values();
}
