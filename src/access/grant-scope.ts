import type { Caller, CallerGrant } from "./caller.js";
import type { Policy } from "./policy.js";
import { type Reason, reasons } from "./reasons.js";
import { everyRow, type RowCondition, type Rows } from "./rows.js";
import { atLeast, secrecies, tiers } from "./vocabulary.js";

/** The rows in a grant's scope, or null where the scope is not one of the vocabulary. */
export function scopeRows(caller: Caller, grant: CallerGrant): Rows | null {
  switch (grant.customerScope) {
    case "ALL":
      return everyRow;
    case "OWN":
      return [{ is: "own", person: caller.id }];
    case "DEPARTMENT":
      return [{ is: "department", department: caller.department }];
    case "CASE_LIST":
      return [{ is: "customers", ids: grant.customerList }];
    case "OPEN_ORDERS":
      return [{ is: "openOrders" }];
    case "TRANSACTIONS":
      return [{ is: "transactions" }];
    default:
      return null;
  }
}

/** What a grant lets its holder see of classified records; an unknown clearance is the lowest. */
export const clearance = (caller: Caller, grant: CallerGrant): RowCondition & { is: "secrecy" } => ({
  is: "secrecy",
  upTo: secrecies.includes(grant.secrecyClearance) ? grant.secrecyClearance : "ORDINARY",
  reader: caller.id,
});

/** The conditions of a grant that hold or fail for all fields alike: in force, a tier, a scope, the purpose. */
export function usable(
  caller: Caller,
  grant: CallerGrant,
  policy: Policy,
): { scope: Rows } | { failed: Reason } {
  const { now, purpose } = caller;
  if (grant.state !== "ACTIVE" || !(grant.validFrom <= now && now < grant.validTo))
    return { failed: reasons.grantEnded };
  if (!atLeast(tiers, grant.tier, "MASKED")) return { failed: reasons.tierTooLow };
  const scope = scopeRows(caller, grant);
  if (!scope) return { failed: reasons.rowNotInScope };
  const stated = purpose !== null && grant.purposes.includes(purpose);
  if (policy.conditions.purpose && grant.purposes.length > 0 && !stated)
    return { failed: reasons.purposeRequired };
  return { scope };
}
