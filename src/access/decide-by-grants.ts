import type { Caller, CallerDeclaration, CallerGrant } from "./caller.js";
import { failedBaseCondition } from "./conditions.js";
import type { Closing, Decision, Opening, Reach } from "./decision.js";
import type { Policy, Requirement } from "./policy.js";
import { type Reason, reasons } from "./reasons.js";
import { type ClassifiedField, fullName, type RecordType } from "./record.js";
import { everyRow, type RowCondition, type Rows, union } from "./rows.js";
import {
  atLeast,
  type CustomerClass,
  caps,
  customerClasses,
  type Operation,
  secrecies,
  tiers,
  type Use,
} from "./vocabulary.js";

/** The rows of one customer: what people read of themselves. */
const selfRows = ({ customerId }: Caller): Rows => [{ is: "customers", ids: customerId ? [customerId] : [] }];

/** The rows in a grant's scope, or null where the scope is not one of the vocabulary. */
function scopeRows(caller: Caller, grant: CallerGrant): Rows | null {
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

const clearance = (caller: Caller, grant: CallerGrant): RowCondition => ({
  is: "secrecy",
  upTo: secrecies.includes(grant.secrecyClearance) ? grant.secrecyClearance : "ORDINARY",
  reader: caller.id,
});

/** The conditions of a grant that hold or fail for all fields alike: in force, a tier, a scope, the purpose. */
function usable(caller: Caller, grant: CallerGrant, policy: Policy): { scope: Rows } | { failed: Reason } {
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

/** The rows that a caller's grants, or their being a customer, reach. */
export function reachByGrants(caller: Caller, record: RecordType, policy: Policy): Reach {
  if (caller.kind === "CUSTOMER") {
    const self = caller.status === "ACTIVE" && caller.customerId ? [selfRows(caller)] : [];
    return { rows: self, candidates: self, otherwise: reasons.noGrant };
  }
  const failed = failedBaseCondition(caller, policy);
  if (failed) return { rows: [], candidates: [], otherwise: failed };
  const rows: Rows[] = [];
  const candidates: Rows[] = [];
  let otherwise: Reason = reasons.noGrant;
  for (const grant of caller.grants) {
    const use = usable(caller, grant, policy);
    if ("failed" in use) {
      otherwise = later(otherwise, use.failed);
      continue;
    }
    const cleared = [...use.scope, clearance(caller, grant)];
    const closed = opensNothing(caller, grant, record, policy, cleared);
    otherwise = later(otherwise, closed ?? reasons.rowNotInScope);
    if (closed) continue;
    rows.push(record.catalogue ? use.scope : cleared);
    candidates.push(cleared);
  }
  return { rows: union(rows), candidates: union(candidates), otherwise };
}

/**
 * Why a grant opens no field of a record type: then it does not reach the type's rows either, whose number and edges
 * would tell of the class. A type without classes of its own is reached through what it is about.
 */
function opensNothing(
  caller: Caller,
  grant: CallerGrant,
  record: RecordType,
  policy: Policy,
  rows: Rows,
): Reason | null {
  let closed: Reason | null = null;
  for (const field of record.fields.values()) {
    if (!isCustomerClass(field.fieldClass)) continue;
    const { openings, refused } = openedBy(caller, grant, field, "SEE", policy, rows);
    if (openings.length > 0) return null;
    closed ??= refused ?? reasons.classNotGranted;
  }
  return closed;
}

/** One single grant must satisfy every condition of an opening; the openings of several grants add up. */
export function decideByGrants(caller: Caller, field: ClassifiedField, use: Use, policy: Policy): Decision {
  if (caller.kind === "CUSTOMER") return decideForSelf(caller, field, use, policy);
  const failed = failedBaseCondition(caller, policy);
  if (failed) return closed(failed);
  const looking = looks(use);
  const openings: Opening[] = [];
  const closings: Closing[] = [];
  let otherwise: Reason = reasons.noGrant;
  for (const grant of caller.grants) {
    const basis = usable(caller, grant, policy);
    if ("failed" in basis) {
      otherwise = later(otherwise, basis.failed);
      continue;
    }
    otherwise = later(otherwise, reasons.rowNotInScope);
    const cleared = [...basis.scope, clearance(caller, grant)];
    const granted = openedBy(caller, grant, field, use, policy, cleared);
    openings.push(...granted.openings);
    if (granted.refused) closings.push({ rows: cleared, reason: granted.refused });
    if (field.catalogue && looking) openings.push({ rows: basis.scope, outcome: "CLEAR" });
    else closings.push({ rows: basis.scope, reason: reasons.clearanceRequired });
  }
  return { openings: openings.sort(clearFirst), closings, otherwise };
}

function decideForSelf(caller: Caller, field: ClassifiedField, use: Use, policy: Policy): Decision {
  if (caller.status !== "ACTIVE") return closed(reasons.notActive);
  const readable = policy.self.includes(field.fieldClass) && looks(use);
  if (!readable || !caller.customerId) return closed(reasons.notForCustomers);
  return {
    openings: [{ rows: selfRows(caller), outcome: "CLEAR" }],
    closings: [],
    otherwise: reasons.notForCustomers,
  };
}

interface Granted {
  readonly openings: readonly Opening[];
  /** Why the grant opens nothing of the field. */
  readonly refused?: Reason;
}

/** What one usable grant opens of a field on the rows inside its scope and clearance. */
function openedBy(
  caller: Caller,
  grant: CallerGrant,
  field: ClassifiedField,
  use: Use,
  policy: Policy,
  rows: Rows,
): Granted {
  if (field.fieldClass === "META")
    return looks(use)
      ? { openings: [{ rows, outcome: "CLEAR" }] }
      : { openings: [], refused: reasons.operationNotGranted };
  if (!isCustomerClass(field.fieldClass)) return { openings: [], refused: reasons.classNotGranted };
  const granted = grant.classes.find(({ fieldClass }) => fieldClass === field.fieldClass);
  if (!granted) return { openings: [], refused: reasons.classNotGranted };
  if (granted.onlyFields.length > 0 && !granted.onlyFields.includes(fullName(field)))
    return { openings: [], refused: reasons.fieldNotGranted };
  const matrix = policy.customers[field.fieldClass];
  if (use !== "SEE") return usedBy(caller, grant, field, use, granted.cap, matrix[use], rows);

  const clear = failedRequirement(grant, "SEE_CLEAR", matrix.SEE_CLEAR);
  const capped = atLeast(caps, granted.cap, "CLEAR") ? null : reasons.capTooLow;
  const masked =
    clear && failedRequirement(grant, "SEE_MASKED", matrix.SEE_MASKED)
      ? clear
      : matrix.SEE_MASKED === null && capped
        ? capped
        : null;
  if (!atLeast(caps, granted.cap, "MASKED")) return { openings: [], refused: reasons.writeOnly };
  if (masked) return { openings: [], refused: masked };
  const opened = clear ?? capped;
  if (opened) return { openings: [maskedForm(field, rows, opened)] };
  if (!matrix.SEE_CLEAR?.extra.includes("DECLARATION")) return { openings: [{ rows, outcome: "CLEAR" }] };
  const declared = declaredRows(caller, grant, field, rows);
  return {
    openings: [
      ...declared.map((part): Opening => ({ rows: part, outcome: "CLEAR" })),
      maskedForm(field, rows, whyNotDeclared(caller, grant, field)),
    ],
  };
}

/** Filtering, sorting, writing: all or nothing on the rows. */
function usedBy(
  caller: Caller,
  grant: CallerGrant,
  field: ClassifiedField,
  use: Exclude<Use, "SEE">,
  cap: string,
  requirement: Requirement | null,
  rows: Rows,
): Granted {
  const failed = failedRequirement(grant, use, requirement);
  if (failed) return { openings: [], refused: failed };
  // Intake fills in what its writer may not read back: any cap does.
  if (use === "CREATE") return { openings: [{ rows, outcome: "CLEAR" }] };
  if (cap !== "CLEAR") return { openings: [], refused: reasons.capTooLow };
  if (!requirement?.extra.includes("DECLARATION")) return { openings: [{ rows, outcome: "CLEAR" }] };
  const declared = declaredRows(caller, grant, field, rows);
  return declared.length > 0
    ? { openings: declared.map((part) => ({ rows: part, outcome: "CLEAR" })) }
    : { openings: [], refused: whyNotDeclared(caller, grant, field) };
}

function failedRequirement(
  grant: CallerGrant,
  operation: Operation,
  requirement: Requirement | null,
): Reason | null {
  if (!requirement || !atLeast(tiers, grant.tier, requirement.tier)) return reasons.tierTooLow;
  return grant.operations.includes(operation) ? null : reasons.operationNotGranted;
}

/** A field whose mask hides nothing is clear in its masked form. */
const maskedForm = ({ mask }: ClassifiedField, rows: Rows, because: Reason): Opening =>
  mask === "shown" ? { rows, outcome: "CLEAR" } : { rows, outcome: "MASKED", because };

const names = (declaration: CallerDeclaration, grant: CallerGrant, field: ClassifiedField): boolean =>
  declaration.grantId === grant.id && declaration.fields.includes(fullName(field));

/** Needs a clearance of its own, or an acknowledged declaration in its place (rulebook 2.4 B, 3.3). */
const acknowledgedFor = (
  declaration: CallerDeclaration,
  grant: CallerGrant,
  field: ClassifiedField,
): boolean => declaration.acknowledged || atLeast(secrecies, grant.secrecyClearance, field.secrecy);

const inForce = ({ state, plannedFrom, plannedUntil }: CallerDeclaration, now: Date): boolean =>
  state === "OPEN" && plannedFrom <= now && now < plannedUntil;

function declaredRows(
  caller: Caller,
  grant: CallerGrant,
  field: ClassifiedField,
  rows: Rows,
): readonly Rows[] {
  return caller.declarations
    .filter(
      (one) => names(one, grant, field) && inForce(one, caller.now) && acknowledgedFor(one, grant, field),
    )
    .map((one) => (one.standing ? rows : [...rows, { is: "customers", ids: one.customers } as const]));
}

function whyNotDeclared({ declarations, now }: Caller, grant: CallerGrant, field: ClassifiedField): Reason {
  const naming = declarations.filter((one) => names(one, grant, field));
  if (naming.some((one) => inForce(one, now) && !acknowledgedFor(one, grant, field)))
    return reasons.acknowledgementRequired;
  const overdue = naming.some(
    ({ state, plannedUntil }) => state === "OVERDUE" || (state === "OPEN" && plannedUntil <= now),
  );
  return overdue ? reasons.declarationOverdue : reasons.declarationRequired;
}

const looks = (use: Use): boolean => use === "SEE" || use === "FILTER" || use === "SORT";
const isCustomerClass = (word: string): word is CustomerClass =>
  (customerClasses as readonly string[]).includes(word);
const closed = (otherwise: Reason): Decision => ({ openings: [], closings: [], otherwise });
const clearFirst = (a: Opening, b: Opening): number =>
  Number(a.outcome !== "CLEAR") - Number(b.outcome !== "CLEAR");

/** Of several grants the one that got furthest says what is missing. */
const progress: readonly Reason[] = [
  reasons.noGrant,
  reasons.grantEnded,
  reasons.tierTooLow,
  reasons.purposeRequired,
  reasons.rowNotInScope,
];
const furthest = progress.length;
const stepOf = (reason: Reason): number => {
  const step = progress.indexOf(reason);
  return step < 0 ? furthest : step;
};
const later = (a: Reason, b: Reason): Reason => (stepOf(b) > stepOf(a) ? b : a);
