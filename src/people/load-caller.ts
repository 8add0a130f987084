import type { Caller } from "../access/caller.js";
import { type Database, Prisma } from "../database/client.js";
import type { Bearer } from "./access-token.js";
import {
  deviceOf,
  deviceWith,
  deviceWithAt,
  factsToSql,
  formsAt,
  formsNow,
  ownDevice,
  ownDeviceAt,
  spending,
  statusAt,
  usedBefore,
} from "./caller-facts.js";
import { badProof, type DeviceProof } from "./device-proof.js";

/** What came with the request beside the name of who is asking. */
export interface Circumstances {
  /** What proves the device, if anything does. */
  readonly proof: DeviceProof | null;
  readonly purpose: string | null;
  readonly address: string | null;
  readonly now: Date;
}

/**
 * All facts about who is asking, in one statement; null if there is no such person, or the session is over. Words that
 * the kernel does not know come through as they are: it withholds. A signed proof is used up by it: one that was used
 * before is refused, UNAUTHENTICATED.
 */
export async function loadCaller(
  db: Database,
  who: Bearer | { readonly id: string },
  { proof, purpose, address, now }: Circumstances,
): Promise<Caller | null> {
  const person = "id" in who ? Prisma.sql`e."id" = ${who.id}` : borneBy(who, now);
  const facts = factsToSql({
    status: Prisma.sql`e."status"`,
    device: deviceOf(proof),
    forms: formsNow(now),
  });
  const signed = typeof proof === "string" ? null : proof;
  const [row] = await db.$queryRaw<{ facts: Stored<Facts>; replayed: boolean }[]>`
    ${signed ? Prisma.sql`WITH ${spending(signed)}` : Prisma.empty}
    SELECT ${facts} AS facts, ${signed ? usedBefore(signed) : Prisma.sql`FALSE`} AS replayed
    FROM "Employee" e WHERE ${person}`;
  if (row?.replayed) throw badProof();
  return row ? { ...withInstants(row.facts), purpose, address, now } : null;
}

/** The person of a token, while the session that it was made for lasts: it ends with its first refresh token. */
const borneBy = ({ staffNo, session }: Bearer, now: Date): Prisma.Sql =>
  session === undefined
    ? Prisma.sql`e."staffNo" = ${staffNo}`
    : Prisma.sql`e."staffNo" = ${staffNo} AND EXISTS (
        SELECT 1 FROM "RefreshToken" f
        WHERE f."tokenHash" = ${session} AND f."employeeId" = e."id" AND f."expiresAt" > ${now})`;

/**
 * Uses up the signed proof of a request that comes without an access token. Refuses UNAUTHENTICATED, 401, one that was
 * used before.
 */
export async function spendProof(db: Pick<Database, "$queryRaw">, proof: DeviceProof | null): Promise<void> {
  if (proof === null || typeof proof === "string") return;
  const [used] = await db.$queryRaw<{ replayed: boolean }[]>`
    WITH ${spending(proof)} SELECT ${usedBefore(proof)} AS replayed`;
  if (used?.replayed) throw badProof();
}

/**
 * Which device somebody is taken to ask from: one by its id, or the customer-list device that is, or was, their own; and
 * from the address that is registered for it.
 */
export type AskedFrom = { readonly deviceId: string } | "ownDevice";

interface Wanted {
  readonly ids: readonly string[] | "everybody";
  readonly from: AskedFrom;
  readonly now: Date;
  /** At which instant; now where it is left out. */
  readonly at?: Date;
}

/**
 * Facts about people as they were at an instant: whether they were at work, which device they had been handed, and what
 * of their grants, declarations, consultations and trainings was in force then, by their forms. Posts and roles are kept
 * as they are now. One statement for all.
 */
export async function loadCallersAt(
  db: Pick<Database, "$queryRaw">,
  { ids, from, now, at = now }: Wanted,
): Promise<Caller[]> {
  const past = at < now;
  const facts = factsToSql({
    status: past ? statusAt(at) : Prisma.sql`e."status"`,
    device: past ? deviceAt(from, at) : deviceNow(from),
    forms: formsAt(at),
  });
  const people = ids === "everybody" ? Prisma.sql`TRUE` : Prisma.sql`e."id" = ANY(${[...ids]}::text[])`;
  const rows = await db.$queryRaw<{ facts: Stored<Facts> }[]>`
    SELECT ${facts} AS facts FROM "Employee" e WHERE ${people} ORDER BY e."staffNo"`;
  return rows.map((row) => {
    const known = withInstants(row.facts);
    return { ...known, purpose: null, address: known.device?.ipAddress ?? null, now: at };
  });
}

const deviceNow = (from: AskedFrom): Prisma.Sql =>
  from === "ownDevice" ? ownDevice : deviceWith(from.deviceId);

const deviceAt = (from: AskedFrom, at: Date): Prisma.Sql =>
  from === "ownDevice" ? ownDeviceAt(at) : deviceWithAt(from.deviceId, at);

type Facts = Omit<Caller, "purpose" | "address" | "now">;

/** A value as JSON brings it: instants are texts. */
type Stored<Value> = Value extends Date
  ? string
  : Value extends string | number | boolean | null
    ? Value
    : { readonly [Key in keyof Value]: Stored<Value[Key]> };

const instant = (text: string): Date => new Date(text);
const instantOrNull = (text: string | null): Date | null => (text === null ? null : instant(text));

const withInstants = (facts: Stored<Facts>): Facts => ({
  ...facts,
  contractEndsAt: instantOrNull(facts.contractEndsAt),
  device: facts.device && {
    ...facts.device,
    custodianSecretPostUntil: instantOrNull(facts.device.custodianSecretPostUntil),
    secretReviewedAt: instantOrNull(facts.device.secretReviewedAt),
    stockTakeDueAt: instantOrNull(facts.device.stockTakeDueAt),
    nextMaintenanceAt: instantOrNull(facts.device.nextMaintenanceAt),
    lastSeenAt: instantOrNull(facts.device.lastSeenAt),
  },
  trainings: facts.trainings.map((training) => ({ ...training, expiresAt: instant(training.expiresAt) })),
  commitments: facts.commitments.map((commitment) => ({
    ...commitment,
    signedAt: instant(commitment.signedAt),
    validTo: instantOrNull(commitment.validTo),
  })),
  grants: facts.grants.map((grant) => ({
    ...grant,
    validFrom: instant(grant.validFrom),
    validTo: instant(grant.validTo),
  })),
  declarations: facts.declarations.map((declaration) => ({
    ...declaration,
    plannedFrom: instant(declaration.plannedFrom),
    plannedUntil: instant(declaration.plannedUntil),
  })),
  consultations: facts.consultations.map(({ dossierId, from, to }) => ({
    dossierId,
    from: instant(from),
    to: instant(to),
  })),
});
