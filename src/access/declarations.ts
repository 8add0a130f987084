import type { Caller, CallerDeclaration, CallerGrant } from "./caller.js";
import { type Reason, reasons } from "./reasons.js";
import { type ClassifiedField, fullName } from "./record.js";
import type { Rows } from "./rows.js";
import { atLeast, secrecies } from "./vocabulary.js";

const names = (declaration: CallerDeclaration, grant: CallerGrant, field: ClassifiedField): boolean =>
  declaration.grantId === grant.id && declaration.fields.includes(fullName(field));

/** Does the grant's clearance reach the field's own secrecy? An unknown clearance is the lowest. */
export const isClearedFor = ({ secrecyClearance }: CallerGrant, { secrecy }: ClassifiedField): boolean =>
  secrecy === "ORDINARY" || atLeast(secrecies, secrecyClearance, secrecy);

/** Needs a clearance of its own, or an acknowledged declaration in its place (rulebook 2.4 B, 3.3). */
const acknowledgedFor = (
  declaration: CallerDeclaration,
  grant: CallerGrant,
  field: ClassifiedField,
): boolean => declaration.acknowledged || isClearedFor(grant, field);

const inForce = ({ state, plannedFrom, plannedUntil }: CallerDeclaration, now: Date): boolean =>
  state === "OPEN" && plannedFrom <= now && now < plannedUntil;

/** Of these rows the parts whose customers an open declaration of the grant names for the field. */
export function declaredRows(
  caller: Caller,
  grant: CallerGrant,
  field: ClassifiedField,
  rows: Rows,
): readonly { readonly rows: Rows; readonly declaration: string }[] {
  return caller.declarations
    .filter(
      (one) => names(one, grant, field) && inForce(one, caller.now) && acknowledgedFor(one, grant, field),
    )
    .map((one) => ({
      rows: one.standing ? rows : [...rows, { is: "customers", ids: one.customers } as const],
      declaration: one.id,
    }));
}

/** Why no declaration opens the field, or no more rows of it. */
export function whyNotDeclared(
  { declarations, now }: Caller,
  grant: CallerGrant,
  field: ClassifiedField,
): Reason {
  const naming = declarations.filter((one) => names(one, grant, field));
  if (naming.some((one) => inForce(one, now) && !acknowledgedFor(one, grant, field)))
    return reasons.acknowledgementRequired;
  const overdue = naming.some(
    ({ state, plannedUntil }) => state === "OVERDUE" || (state === "OPEN" && plannedUntil <= now),
  );
  return overdue ? reasons.declarationOverdue : reasons.declarationRequired;
}
