import type { Caller } from "../access/caller.js";
import { type Database, Prisma } from "../database/client.js";
import { hashCredential } from "./device-credential.js";

/** What came with the request beside the name of who is asking. */
export interface Circumstances {
  /** The device's proof, as it was sent. */
  readonly credential: string | null;
  readonly purpose: string | null;
  readonly address: string | null;
  readonly now: Date;
}

/** Days that a grant is still known after its end, so that it can be told that it has ended. */
const endedGrantDays = 90;

/**
 * All facts about who is asking, in one statement; null if there is no such person. Words that the kernel does not
 * know come through as they are: it withholds.
 */
export async function loadCaller(
  db: Database,
  who: { staffNo: string } | { id: string },
  { credential, purpose, address, now }: Circumstances,
): Promise<Caller | null> {
  const person = "id" in who ? Prisma.sql`e."id" = ${who.id}` : Prisma.sql`e."staffNo" = ${who.staffNo}`;
  const endedSince = new Date(now.getTime() - endedGrantDays * 86_400_000);
  const [row] = await db.$queryRaw<{ facts: Stored<Facts> }[]>`
    SELECT json_build_object(
      'id', e."id", 'staffNo', e."staffNo", 'name', e."name", 'kind', e."kind", 'status', e."status",
      'department', e."departmentCode", 'customerId', e."customerId",
      'contractEndsAt', ${endOfContract},
      'roles', ${roles},
      'device', (${deviceOf(credential)}),
      'trainings', ${trainings}, 'commitments', ${commitments},
      'grants', ${grants(endedSince)}, 'declarations', ${declarations}, 'consultations', ${consultations}
    ) AS facts
    FROM "Employee" e WHERE ${person}`;
  return row ? { ...withInstants(row.facts), purpose, address, now } : null;
}

type Facts = Omit<Caller, "purpose" | "address" | "now">;

/** A value as JSON brings it: instants are texts. */
type Stored<Value> = Value extends Date
  ? string
  : Value extends string | number | boolean | null
    ? Value
    : { readonly [Key in keyof Value]: Stored<Value[Key]> };

/** Facts of one kind, by key. (List columns may be null in the database, which Prisma and we read as empty.) */
const list = (item: Prisma.Sql, key: Prisma.Sql, from: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT coalesce(json_agg(${item} ORDER BY ${key}), '[]') FROM ${from})`;

/** A contract holds through its last day, on the company's calendar (rulebook 0.2). */
const endOfContract = Prisma.sql`(e."contractEndsAt" + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'`;

const deviceOf = (credential: string | null): Prisma.Sql => Prisma.sql`
  SELECT json_build_object(
    'id', d."id", 'deviceNo', d."deviceNo", 'state', d."state", 'custodianId', d."custodianId",
    'isCustomerListDevice', d."isCustomerListDevice", 'ipAddress', d."ipAddress",
    'classified', d."classified", 'secretReviewedAt', d."secretReviewedAt")
  FROM "DeviceCredential" c JOIN "Device" d ON d."id" = c."deviceId"
  WHERE c."credentialHash" = ${credential && hashCredential(credential)} AND c."revokedAt" IS NULL`;

const roles = list(
  Prisma.sql`r."role"`,
  Prisma.sql`r."role"`,
  Prisma.sql`"EmployeeRole" r WHERE r."employeeId" = e."id"`,
);

const trainings = list(
  Prisma.sql`json_build_object(
    'kind', t."kind", 'topics', coalesce(t."topics", '{}'), 'passed', t."passed", 'expiresAt', t."expiresAt")`,
  Prisma.sql`t."id"`,
  Prisma.sql`"TrainingRecord" t WHERE t."employeeId" = e."id"`,
);

const commitments = list(
  Prisma.sql`json_build_object('kind', m."kind", 'signedAt', m."signedAt", 'validTo', m."validTo")`,
  Prisma.sql`m."id"`,
  Prisma.sql`"ConfidentialityCommitment" m WHERE m."employeeId" = e."id"`,
);

const grants = (endedSince: Date): Prisma.Sql =>
  list(
    Prisma.sql`json_build_object(
      'id', g."id", 'tier', g."tier", 'operations', coalesce(g."operations", '{}'), 'customerScope', g."customerScope",
      'purposes', coalesce(g."purposes", '{}'), 'secrecyClearance', g."secrecyClearance",
      'validFrom', g."validFrom", 'validTo', g."validTo", 'state', g."state",
      'classes', ${grantedClasses}, 'customerList', ${grantedCustomers})`,
    Prisma.sql`g."id"`,
    Prisma.sql`"Grant" g WHERE g."granteeId" = e."id" AND (g."state" = 'ACTIVE'
      OR (g."state" IN ('SUSPENDED', 'EXPIRED', 'REVOKED') AND g."validTo" >= ${endedSince}))`,
  );

const grantedClasses = list(
  Prisma.sql`json_build_object('fieldClass', k."fieldClass", 'cap', k."cap", 'onlyFields', coalesce(k."onlyFields", '{}'))`,
  Prisma.sql`k."fieldClass"`,
  Prisma.sql`"GrantClass" k WHERE k."grantId" = g."id"`,
);

const grantedCustomers = list(
  Prisma.sql`x."customerId"`,
  Prisma.sql`x."customerId"`,
  Prisma.sql`"GrantCustomer" x WHERE x."grantId" = g."id"`,
);

const declarations = list(
  Prisma.sql`json_build_object(
    'id', u."id", 'grantId', u."grantId", 'fields', coalesce(u."fields", '{}'), 'standing', u."standing",
    'plannedFrom', u."plannedFrom", 'plannedUntil', u."plannedUntil",
    'acknowledged', u."acknowledgedAt" IS NOT NULL, 'state', u."state",
    'customers', ${list(
      Prisma.sql`y."customerId"`,
      Prisma.sql`y."customerId"`,
      Prisma.sql`"SensitiveUseCustomer" y WHERE y."declarationId" = u."id"`,
    )})`,
  Prisma.sql`u."id"`,
  Prisma.sql`"SensitiveUse" u WHERE u."declaredById" = e."id" AND u."state" IN ('FILED', 'OPEN', 'OVERDUE')`,
);

const consultations = list(
  Prisma.sql`json_build_object('dossierId', n."dossierId", 'from', n."windowFrom", 'to', n."windowTo")`,
  Prisma.sql`n."id"`,
  Prisma.sql`"Consultation" n WHERE n."readerId" = e."id" AND n."state" = 'APPROVED'`,
);

const instant = (text: string): Date => new Date(text);
const instantOrNull = (text: string | null): Date | null => (text === null ? null : instant(text));

const withInstants = (facts: Stored<Facts>): Facts => ({
  ...facts,
  contractEndsAt: instantOrNull(facts.contractEndsAt),
  device: facts.device && { ...facts.device, secretReviewedAt: instantOrNull(facts.device.secretReviewedAt) },
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
