import { ceilingOf, latestEnd, neverGranted } from "../access/grant-limits.js";
import type { GrantLimits, Policy } from "../access/policy.js";
import { atLeast, tiers } from "../access/vocabulary.js";
import type { Database } from "../database/client.js";

/** How many grants in force go beyond the limits of a version that they are within under another one. */
export interface GrantsBeyond {
  /** Above the tier that administration approves alone. */
  readonly ceiling: number;
  /** Longer than they could be. */
  readonly term: number;
  /** With an operation that their holders are never granted. */
  readonly operations: number;
}

/** They stay as they are until they end; what follows them is given within the limits. */
export async function grantsBeyond(
  db: Pick<Database, "grant">,
  { before, after, now }: { readonly before: Policy; readonly after: Policy; readonly now: Date },
): Promise<GrantsBeyond> {
  const grants = await inForce(db, now);
  const count = (isBeyond: (grant: GrantInForce, limits: GrantLimits) => boolean): number =>
    grants.filter((grant) => isBeyond(grant, after.limits) && !isBeyond(grant, before.limits)).length;
  return { ceiling: count(isAboveCeiling), term: count(isTooLong), operations: count(isNeverGranted) };
}

type GrantInForce = Awaited<ReturnType<typeof inForce>>[number];

async function inForce(db: Pick<Database, "grant">, now: Date) {
  const grants = await db.grant.findMany({
    where: { state: "ACTIVE", validFrom: { lte: now }, validTo: { gt: now } },
    select: {
      ...{ kind: true, tier: true, operations: true, validFrom: true, validTo: true },
      grantee: {
        select: {
          ...{ kind: true, departmentCode: true, department: { select: { tierCeiling: true } } },
          roles: { select: { role: true } },
        },
      },
    },
  });
  return grants.map(({ grantee, ...grant }) => ({
    ...grant,
    ceiling: grantee.department.tierCeiling,
    // Whatever a version says, a grant ends with the contract.
    grantee: {
      ...{ kind: grantee.kind, department: grantee.departmentCode, contractEndsAt: null },
      roles: grantee.roles.map(({ role }) => role),
    },
  }));
}

const isAboveCeiling = ({ tier, kind, grantee, ceiling }: GrantInForce, limits: GrantLimits): boolean =>
  !atLeast(tiers, ceilingOf(limits, grantee, kind, ceiling), tier);

const isTooLong = ({ kind, grantee, validFrom, validTo }: GrantInForce, limits: GrantLimits): boolean =>
  validTo > latestEnd(limits, grantee, kind, validFrom);

const isNeverGranted = ({ kind, grantee, operations }: GrantInForce, limits: GrantLimits): boolean =>
  neverGranted(limits, grantee, kind).some((operation) => operations.includes(operation));
