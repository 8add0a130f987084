import type { Caller, CallerGrant, GrantedClass } from "./caller.js";
import { clearOn, type Opening } from "./decision.js";
import { declaredRows, isClearedFor, whyNotDeclared } from "./declarations.js";
import { shownByMask } from "./masks.js";
import { type ClassRow, type Policy, type Requirement, tierFor } from "./policy.js";
import { type Reason, reasons } from "./reasons.js";
import { type ClassifiedField, fullName } from "./record.js";
import type { Rows } from "./rows.js";
import { atLeast, caps, isCustomerClass, type Operation, tiers, type Use } from "./vocabulary.js";

/** What one grant opens of a field, and why not more. */
export interface Granted {
  readonly openings: readonly Opening[];
  /** Why it opens nothing. */
  readonly refused?: Reason;
}

const refused = (reason: Reason): Granted => ({ openings: [], refused: reason });
const declaredOn = ({ rows, declaration }: { rows: Rows; declaration: string }): Opening => ({
  ...clearOn(rows),
  declaration,
});

/** Uses that only look: what META is open to. */
export const looks = (use: Use): boolean => use === "SEE" || use === "FILTER" || use === "SORT";

/** One usable grant and one field, on the rows inside the grant's scope and clearance. */
interface Asked {
  readonly caller: Caller;
  readonly grant: CallerGrant;
  readonly field: ClassifiedField;
  readonly rows: Rows;
}

/** What one usable grant opens of a field: class, cap × tier, operation, declaration, in this order (rulebook 3.4). */
export function openedBy(asked: Asked, use: Use, policy: Policy): Granted {
  const { grant, field } = asked;
  if (field.fieldClass === "META") return usedAsMeta(asked, use, policy);
  if (!isCustomerClass(field.fieldClass)) return refused(reasons.classNotGranted);
  const granted = grant.classes.find(({ fieldClass }) => fieldClass === field.fieldClass);
  if (!granted) return refused(reasons.classNotGranted);
  if (!namesField(granted, fullName(field))) return refused(reasons.fieldNotGranted);
  const matrix = policy.customers[field.fieldClass];
  return use === "SEE" ? seenBy(asked, granted, matrix) : usedBy(asked, granted, use, matrix[use]);
}

/** META is open to whoever looks; a record is borrowed as a whole, which takes what its least class takes. */
function usedAsMeta({ caller, grant, rows }: Asked, use: Use, { customers }: Policy): Granted {
  if (looks(use)) return { openings: [clearOn(rows)] };
  if (use !== "BORROW") return refused(reasons.operationNotGranted);
  const failure = failedRequirement(caller, grant, use, customers.BASIC[use]);
  return failure ? refused(failure) : { openings: [clearOn(rows)] };
}

const namesField = ({ onlyFields }: GrantedClass, name: string): boolean =>
  onlyFields.length === 0 || onlyFields.includes(name);

/** Reading: clear as far as tier, cap and declarations go; below that the masked form, where the tier opens one. */
function seenBy(asked: Asked, granted: GrantedClass, matrix: ClassRow): Granted {
  const { caller, grant, field, rows } = asked;
  if (!atLeast(caps, granted.cap, "MASKED")) return refused(reasons.writeOnly);
  const notClear =
    failed(caller, grant, "SEE_CLEAR", matrix) ?? (granted.cap === "CLEAR" ? null : reasons.capTooLow);
  const notAtOnce = notClear ?? notUndeclared(asked, matrix.SEE_CLEAR);
  if (!notAtOnce) return { openings: [clearOn(rows)] };
  const declared = notClear ? [] : declaredRows(caller, grant, field, rows).map(declaredOn);
  const notMasked = failed(caller, grant, "SEE_MASKED", matrix) ? notAtOnce : failedMask(field, granted);
  if (!notMasked) return { openings: [...declared, maskedForm(field, rows, notAtOnce)] };
  return { openings: declared, refused: notMasked };
}

/** Why a use takes a declaration: its cell of the matrix asks for one, or the field's own secrecy does. */
function notUndeclared({ caller, grant, field }: Asked, requirement: Requirement | null): Reason | null {
  if (requirement?.extra.includes("DECLARATION")) return whyNotDeclared(caller, grant, field);
  return isClearedFor(grant, field) ? null : reasons.acknowledgementRequired;
}

/** A mask that shows another field takes a grant that names that field too. */
function failedMask({ record, mask }: ClassifiedField, granted: GrantedClass): Reason | null {
  const shown = shownByMask[mask];
  return shown && !namesField(granted, `${record.name}.${shown}`) ? reasons.fieldNotGranted : null;
}

/** A field whose mask hides nothing is clear in its masked form. */
const maskedForm = ({ mask }: ClassifiedField, rows: Rows, because: Reason): Opening =>
  mask === "shown" ? clearOn(rows) : { rows, outcome: "MASKED", because };

/** Filtering, sorting, grouping and writing: all or nothing on the rows. */
function usedBy(
  asked: Asked,
  granted: GrantedClass,
  use: Exclude<Use, "SEE">,
  requirement: Requirement | null,
): Granted {
  const { caller, grant, field, rows } = asked;
  const failure = failedRequirement(caller, grant, use, requirement);
  if (failure) return refused(failure);
  // Intake fills in what its writer may not read back: any cap does.
  if (use === "CREATE") return { openings: [clearOn(rows)] };
  if (granted.cap !== "CLEAR") return refused(reasons.capTooLow);
  const notAtOnce = notUndeclared(asked, requirement);
  if (!notAtOnce) return { openings: [clearOn(rows)] };
  const declared = declaredRows(caller, grant, field, rows).map(declaredOn);
  return declared.length > 0 ? { openings: declared } : refused(notAtOnce);
}

const failed = (caller: Caller, grant: CallerGrant, operation: Operation, matrix: ClassRow): Reason | null =>
  failedRequirement(caller, grant, operation, matrix[operation]);

function failedRequirement(
  { department }: Caller,
  grant: CallerGrant,
  operation: Operation,
  requirement: Requirement | null,
): Reason | null {
  if (!requirement || !atLeast(tiers, grant.tier, tierFor(requirement, department)))
    return reasons.tierTooLow;
  return grant.operations.includes(operation) ? null : reasons.operationNotGranted;
}
