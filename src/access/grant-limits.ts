import type { Grantees, GrantLimits } from "./policy.js";
import type { Operation, Secrecy, Tier } from "./vocabulary.js";

/** What of somebody a grant's limits depend on. */
export interface Grantee {
  readonly kind: string;
  readonly department: string;
  readonly roles: readonly string[];
  readonly contractEndsAt: Date | null;
}

const fits = ({ kinds, departments, roles, grants }: Grantees, grantee: Grantee, kind: string): boolean =>
  (!kinds || kinds.includes(grantee.kind)) &&
  (!departments || departments.includes(grantee.department)) &&
  (!roles || roles.some((role) => grantee.roles.includes(role))) &&
  (!grants || grants.includes(kind));

/** The highest tier that administration approves alone. */
export const ceilingOf = (
  { ceilings }: GrantLimits,
  grantee: Grantee,
  kind: string,
  departments: Tier,
): Tier => ceilings.find((line) => fits(line, grantee, kind))?.tier ?? departments;

/** Up to which clearance administration approves alone. */
export const clearanceOf = ({ clearances }: GrantLimits, grantee: Grantee, kind: string): Secrecy =>
  clearances.find((line) => fits(line, grantee, kind))?.secrecy ?? "ORDINARY";

/** The latest instant at which a grant that is given now can end. */
export function latestEnd({ terms }: GrantLimits, grantee: Grantee, kind: string, now: Date): Date {
  const hours = terms.find((line) => fits(line, grantee, kind))?.hours ?? 0;
  const latest = new Date(now.getTime() + hours * 3_600_000);
  const { contractEndsAt } = grantee;
  return contractEndsAt && contractEndsAt < latest ? contractEndsAt : latest;
}

/** Operations that are never granted to such a person. */
export const neverGranted = ({ never }: GrantLimits, grantee: Grantee, kind: string): readonly Operation[] =>
  never.filter((line) => fits(line, grantee, kind)).flatMap(({ operations }) => operations);

/** May such a person declare sensitive use of a whole scope? */
export const mayDeclareStanding = ({ standingDeclarations }: GrantLimits, grantee: Grantee): boolean =>
  standingDeclarations.some((line) => fits(line, grantee, "STANDING"));
