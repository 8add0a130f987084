import type { Caller, CallerGrant } from "./caller.js";
import { failedBaseCondition, failedForAnybody, failedForClassified, isVisitor } from "./conditions.js";
import { consultedRows } from "./consultations.js";
import { type Closing, clearOn, type Decision, type Opening, type Reach } from "./decision.js";
import { looks, openedBy } from "./grant-opening.js";
import { clearance, usable } from "./grant-scope.js";
import type { Policy } from "./policy.js";
import { type Reason, reasons } from "./reasons.js";
import type { ClassifiedField, RecordType } from "./record.js";
import { type Rows, unclassified, union } from "./rows.js";
import { isCustomerClass, type Use } from "./vocabulary.js";

/** The rows of one customer: what people read of themselves. */
const selfRows = ({ customerId }: Caller): Rows => [{ is: "customers", ids: customerId ? [customerId] : [] }];

/** Visitors have none, whatever somebody wrote: their consultations are all that opens anything to them. */
const grantsOf = (caller: Caller): readonly CallerGrant[] => (isVisitor(caller) ? [] : caller.grants);
const withoutGrant = (caller: Caller): Reason => (isVisitor(caller) ? reasons.consultOnly : reasons.noGrant);

/** The rows that a caller's grants and consultations, or their being a customer, reach. */
export function reachByGrants(caller: Caller, record: RecordType, policy: Policy): Reach {
  if (caller.kind === "CUSTOMER") {
    const failed = failedForAnybody(caller, policy);
    const self = !failed && caller.customerId ? [selfRows(caller)] : [];
    return { rows: self, candidates: self, otherwise: failed ?? reasons.noGrant };
  }
  const failed = failedBaseCondition(caller, policy);
  if (failed) return { rows: [], candidates: [], otherwise: failed };
  const notHere = failedForClassified(caller, policy);
  const consulted = consultedRows(caller, record);
  const rows = record.catalogue ? [...consulted] : consulted.map((one) => readableHere(caller, one, notHere));
  const candidates: Rows[] = [];
  let otherwise: Reason = withoutGrant(caller);
  for (const grant of grantsOf(caller)) {
    const use = usable(caller, grant, policy);
    if ("failed" in use) {
      otherwise = later(otherwise, use.failed);
      continue;
    }
    const cleared = readableHere(caller, [...use.scope, clearance(caller, grant)], notHere);
    const closed = opensNothing(caller, grant, record, policy, cleared);
    otherwise = later(otherwise, closed ?? reasons.rowNotInScope);
    if (closed) continue;
    rows.push(record.catalogue ? use.scope : cleared);
    candidates.push(cleared);
  }
  return { rows: union(rows), candidates: union(candidates), otherwise };
}

/** What is left of some rows where something keeps the caller from all that is classified. */
const readableHere = (caller: Caller, rows: Rows, notHere: Reason | null): Rows =>
  notHere ? [...rows.filter(({ is }) => is !== "secrecy"), unclassified(caller)] : rows;

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
    const { openings, refused } = openedBy({ caller, grant, field, rows }, "SEE", policy);
    if (openings.length > 0) return null;
    closed ??= refused ?? reasons.classNotGranted;
  }
  return closed;
}

/**
 * One single grant must satisfy every condition of an opening; the openings of several grants add up, and what is
 * consulted is read besides.
 */
export function decideByGrants(caller: Caller, field: ClassifiedField, use: Use, policy: Policy): Decision {
  if (caller.kind === "CUSTOMER") return decideForSelf(caller, field, use, policy);
  const failed = failedBaseCondition(caller, policy);
  if (failed) return closed(failed);
  const looking = looks(use);
  const notHere = failedForClassified(caller, policy);
  const openings: Opening[] = [];
  const closings: Closing[] = [];
  /** What is told of rows that no grant is cleared for. */
  const above: Closing[] = [];
  let otherwise: Reason = withoutGrant(caller);
  for (const grant of grantsOf(caller)) {
    const basis = usable(caller, grant, policy);
    if ("failed" in basis) {
      otherwise = later(otherwise, basis.failed);
      continue;
    }
    otherwise = later(otherwise, reasons.rowNotInScope);
    const clearedFor = clearance(caller, grant);
    const within = [...basis.scope, clearedFor];
    const cleared = readableHere(caller, within, notHere);
    const granted = openedBy({ caller, grant, field, rows: cleared }, use, policy);
    openings.push(...granted.openings.map((opening) => ({ ...opening, grant: grant.id })));
    if (granted.refused) closings.push({ rows: cleared, reason: granted.refused });
    if (field.catalogue && looking) openings.push({ rows: basis.scope, outcome: "CLEAR", grant: grant.id });
    else {
      if (notHere && clearedFor.upTo !== "ORDINARY") closings.push({ rows: within, reason: notHere });
      above.push({ rows: basis.scope, reason: reasons.clearanceRequired });
    }
  }
  if (use === "SEE" && field.fieldClass === "META")
    for (const rows of consultedRows(caller, field.record)) {
      openings.push(clearOn(field.catalogue ? rows : readableHere(caller, rows, notHere)));
      if (notHere) closings.push({ rows, reason: notHere });
    }
  return { openings: openings.sort(clearFirst), closings: [...closings, ...above], otherwise };
}

function decideForSelf(caller: Caller, field: ClassifiedField, use: Use, policy: Policy): Decision {
  const failed = failedForAnybody(caller, policy);
  if (failed) return closed(failed);
  const readable = policy.self.includes(field.fieldClass) && (looks(use) || use === "SEE_CLEAR");
  if (!readable || !caller.customerId) return closed(reasons.notForCustomers);
  return {
    openings: [{ rows: selfRows(caller), outcome: "CLEAR" }],
    closings: [],
    otherwise: reasons.notForCustomers,
  };
}

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
