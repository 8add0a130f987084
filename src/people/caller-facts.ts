import { Prisma } from "../database/client.js";
import { hashCredential } from "./device-credential.js";
import type { DeviceProof, SignedProof } from "./device-proof.js";

// What the kernel knows of a person, as one SQL expression over a row `e` of `Employee`.

/** Days that a grant is still known after its end, so that it can be told that it has ended. */
const endedGrantDays = 90;

export interface Sources {
  readonly status: Prisma.Sql;
  readonly device: Prisma.Sql;
  readonly forms: Forms;
}

/** Where the rights of a person come from: which forms count, and in which state. */
interface Forms {
  readonly grants: Prisma.Sql;
  readonly grantState: Prisma.Sql;
  readonly declarations: Prisma.Sql;
  readonly declarationState: Prisma.Sql;
  readonly acknowledged: Prisma.Sql;
  readonly consultations: Prisma.Sql;
  readonly trainings: Prisma.Sql;
}

export const factsToSql = ({ status, device, forms }: Sources): Prisma.Sql => Prisma.sql`json_build_object(
  'id', e."id", 'staffNo', e."staffNo", 'name', e."name", 'kind', e."kind", 'status', ${status},
  'department', e."departmentCode", 'customerId', e."customerId",
  'contractEndsAt', ${endOfContract},
  'roles', ${roles},
  'device', (${device}),
  'trainings', ${trainings(forms)}, 'commitments', ${commitments},
  'grants', ${grants(forms)}, 'declarations', ${declarations(forms)}, 'consultations', ${consultations(forms)})`;

/** A training that was passed, at some time. */
const passed = (training: Prisma.Sql): Prisma.Sql => Prisma.sql`${training}."state" IN ('PASSED', 'EXPIRED')`;

export const formsNow = (now: Date): Forms => ({
  grants: Prisma.sql`g."state" = 'ACTIVE' OR (g."state" IN ('SUSPENDED', 'EXPIRED', 'REVOKED', 'SUPERSEDED')
    AND g."validTo" >= ${new Date(now.getTime() - endedGrantDays * 86_400_000)})`,
  grantState: Prisma.sql`g."state"`,
  declarations: Prisma.sql`u."state" IN ('FILED', 'OPEN', 'OVERDUE')`,
  declarationState: Prisma.sql`u."state"`,
  acknowledged: Prisma.sql`u."acknowledgedAt" IS NOT NULL`,
  consultations: Prisma.sql`n."state" = 'APPROVED'`,
  trainings: passed(Prisma.sql`t`),
});

export const formsAt = (at: Date): Forms => ({
  grants: Prisma.sql`g."validFrom" <= ${at}`,
  grantState: stateAt("g", at),
  declarations: Prisma.sql`u."filedAt" <= ${at}`,
  declarationState: stateAt("u", at),
  acknowledged: Prisma.sql`coalesce(u."acknowledgedAt" <= ${at}, FALSE)`,
  consultations: Prisma.sql`n."windowFrom" <= ${at} AND ${stateAt("n", at)} = 'APPROVED'`,
  trainings: Prisma.sql`${passed(Prisma.sql`t`)} AND t."evaluatedAt" <= ${at}`,
});

/** The state that a form had at an instant, by its history; one that is older than the histories counts as it stands now. */
function stateAt(form: "g" | "u" | "n" | "d", at: Date): Prisma.Sql {
  const row = { g: Prisma.sql`g`, u: Prisma.sql`u`, n: Prisma.sql`n`, d: Prisma.sql`d` }[form];
  return Prisma.sql`coalesce(
    (SELECT v."to" FROM "FormEvent" v WHERE v."recordId" = ${row}."id" AND v."at" <= ${at} ORDER BY v."seq" DESC LIMIT 1),
    CASE WHEN EXISTS (SELECT 1 FROM "FormEvent" v WHERE v."recordId" = ${row}."id") THEN 'NOT_YET' ELSE ${row}."state"::text END)`;
}

/** Facts of one kind, by key. (List columns may be null in the database, which Prisma and we read as empty.) */
const list = (item: Prisma.Sql, key: Prisma.Sql, from: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(SELECT coalesce(json_agg(${item} ORDER BY ${key}), '[]') FROM ${from})`;

/** A contract holds through its last day, on the company's calendar (rulebook 0.2). */
const endOfContract = Prisma.sql`(e."contractEndsAt" + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'`;

/** Until when somebody is trained for a secret post; null: they are not. */
const secretPostUntil = (person: Prisma.Sql): Prisma.Sql => Prisma.sql`(
  SELECT max(p."expiresAt") FROM "TrainingRecord" p
  WHERE p."employeeId" = ${person} AND p."kind" = 'SECRET_POST' AND ${passed(Prisma.sql`p`)})`;

/** A device that is only spoken of proves itself by the best that it has. */
const bestProof = Prisma.sql`coalesce((SELECT max(b."kind")::text FROM "DeviceCredential" b
  WHERE b."deviceId" = d."id" AND b."revokedAt" IS NULL), 'BEARER')`;

const factsOfDevice = (provedBy: Prisma.Sql): Prisma.Sql => Prisma.sql`json_build_object(
  'id', d."id", 'deviceNo', d."deviceNo", 'state', d."state", 'custodianId', d."custodianId",
  'custodianDepartment', (SELECT h."departmentCode" FROM "Employee" h WHERE h."id" = d."custodianId" AND h."status" = 'ACTIVE'),
  'custodianSecretPostUntil', ${secretPostUntil(Prisma.sql`d."custodianId"`)},
  'isCustomerListDevice', d."isCustomerListDevice", 'ipAddress', d."ipAddress",
  'classified', d."classified", 'secretReviewedAt', d."secretReviewedAt", 'provedBy', ${provedBy},
  'stockTakeDueAt', d."stockTakeDueAt", 'nextMaintenanceAt', d."nextMaintenanceAt",
  'lastSeenAt', d."lastSeenAt")`;

const deviceFacts = factsOfDevice(bestProof);

export const deviceWith = (id: string): Prisma.Sql =>
  Prisma.sql`SELECT ${deviceFacts} FROM "Device" d WHERE d."id" = ${id}`;

export const ownDevice = Prisma.sql`
  SELECT ${deviceFacts} FROM "Device" d WHERE d."custodianId" = e."id" AND d."isCustomerListDevice"
  ORDER BY d."state" <> 'IN_USE', d."deviceNo" LIMIT 1`;

/** An allocation `a` that held at an instant: whoever had accepted the device had it then, in use or not. */
const held = (at: Date): Prisma.Sql =>
  Prisma.sql`a."acceptedAt" <= ${at} AND (a."endedAt" IS NULL OR a."endedAt" > ${at})`;

const usedBy = (person: Prisma.Sql, at: Date): Prisma.Sql => Prisma.sql`jsonb_build_object(
  'state', ${stateAt("d", at)}, 'custodianId', ${person},
  'custodianDepartment', (SELECT h."departmentCode" FROM "Employee" h WHERE h."id" = ${person}),
  'custodianSecretPostUntil', ${secretPostUntil(person)})`;

/** A device as it was at an instant that has passed: with whoever it was allocated to; else as it is now. */
export const deviceWithAt = (id: string, at: Date): Prisma.Sql => Prisma.sql`
  SELECT (${deviceFacts})::jsonb || coalesce(
    (SELECT ${usedBy(Prisma.sql`a."userId"`, at)} FROM "Allocation" a WHERE a."deviceId" = d."id" AND ${held(at)}
      ORDER BY a."acceptedAt" DESC LIMIT 1), '{}')
  FROM "Device" d WHERE d."id" = ${id}`;

/** The customer-list device that was allocated to somebody at an instant that has passed. */
export const ownDeviceAt = (at: Date): Prisma.Sql => Prisma.sql`
  SELECT (${deviceFacts})::jsonb || ${usedBy(Prisma.sql`e."id"`, at)}
  FROM "Allocation" a JOIN "Device" d ON d."id" = a."deviceId"
  WHERE a."userId" = e."id" AND d."isCustomerListDevice" AND ${held(at)}
  ORDER BY ${stateAt("d", at)} <> 'IN_USE', a."acceptedAt" DESC LIMIT 1`;

/**
 * Whether somebody was at work at an instant that has passed, or gone from their post or the company, by the forms that
 * say so. (Who joined later had no grant; other states are kept as they are now.)
 */
export const statusAt = (at: Date): Prisma.Sql => Prisma.sql`CASE
  WHEN e."leftAt" <= ${at} THEN 'LEFT'
  ELSE coalesce(
    (SELECT CASE o."kind" WHEN 'LEAVE' THEN 'LEAVING' ELSE 'TRANSFERRING' END FROM "Offboarding" o
      WHERE o."employeeId" = e."id" AND o."effectiveAt" <= ${at} AND o."state" <> 'CANCELLED'
        AND (o."closedAt" IS NULL OR o."closedAt" > ${at}) LIMIT 1),
    CASE WHEN e."status" IN ('LEAVING', 'TRANSFERRING', 'LEFT') THEN 'ACTIVE' ELSE e."status"::text END)
END`;

/**
 * The device that a proof proves. One that is gone for good, or lost, is told by whatever ever proved it: that it is gone
 * is what there is to say.
 */
export const deviceOf = (proof: DeviceProof | null): Prisma.Sql => Prisma.sql`
  SELECT ${factsOfDevice(Prisma.sql`c."kind"`)}
  FROM "DeviceCredential" c JOIN "Device" d ON d."id" = c."deviceId"
  WHERE ${isProvedBy(proof)} AND (c."revokedAt" IS NULL OR d."state" IN ('LOST', 'SCRAPPED', 'WRITTEN_OFF'))`;

/** Is a credential `c` what a proof proves? A secret is never taken for a key, nor what is public of a key for a secret. */
const isProvedBy = (proof: DeviceProof | null): Prisma.Sql =>
  typeof proof === "string" || proof === null
    ? Prisma.sql`c."kind" = 'BEARER' AND c."credentialHash" = ${proof && hashCredential(proof)}`
    : Prisma.sql`c."kind" = 'KEY' AND c."credentialHash" = ${proof.keyHash}`;

/**
 * The device of a proof that has been read, for whom it is enough which one it is; null: none that is known. Waits for
 * whoever is taking it from the device.
 */
export const idOfDevice = (proof: DeviceProof | null): Prisma.Sql => Prisma.sql`
  SELECT c."deviceId" FROM "DeviceCredential" c WHERE ${isProvedBy(proof)} AND c."revokedAt" IS NULL FOR SHARE OF c`;

/**
 * Uses up a signed proof: of two uses at once, on whatever servers, one wins. Those of keys that nobody knows leave no
 * trace.
 */
export const spending = (proof: SignedProof): Prisma.Sql => Prisma.sql`spent AS (
  INSERT INTO "SpentProof" ("id", "expiresAt")
  SELECT ${proof.id}, ${proof.until} FROM "DeviceCredential" c WHERE ${isProvedBy(proof)}
  ON CONFLICT DO NOTHING RETURNING "id")`;

/** Was the proof that is being spent used before? */
export const usedBefore = (proof: SignedProof): Prisma.Sql => Prisma.sql`(
  NOT EXISTS (SELECT 1 FROM spent) AND EXISTS (SELECT 1 FROM "DeviceCredential" c WHERE ${isProvedBy(proof)}))`;

const roles = list(
  Prisma.sql`r."role"`,
  Prisma.sql`r."role"`,
  Prisma.sql`"EmployeeRole" r WHERE r."employeeId" = e."id"`,
);

/** How long they count is said by their dates, whether or not the clock has looked. */
const trainings = ({ trainings: counted }: Forms): Prisma.Sql =>
  list(
    Prisma.sql`json_build_object(
      'kind', t."kind", 'topics', coalesce(t."topics", '{}'), 'passed', TRUE, 'expiresAt', t."expiresAt")`,
    Prisma.sql`t."id"`,
    Prisma.sql`"TrainingRecord" t WHERE t."employeeId" = e."id" AND ${counted}`,
  );

const commitments = list(
  Prisma.sql`json_build_object('kind', m."kind", 'signedAt', m."signedAt", 'validTo', m."validTo")`,
  Prisma.sql`m."id"`,
  Prisma.sql`"ConfidentialityCommitment" m WHERE m."employeeId" = e."id"`,
);

/**
 * When what somebody was given ends: at its end, or before that at the instant from which they are gone from the post
 * that it was given for (rulebook 6-21). By date: whether or not the clock has looked.
 */
const endsAt = (end: Prisma.Sql, given: Prisma.Sql): Prisma.Sql => Prisma.sql`LEAST(${end}, (
  SELECT min(o."effectiveAt") FROM "Offboarding" o
  WHERE o."employeeId" = e."id" AND o."effectiveAt" > ${given} AND o."state" <> 'CANCELLED'))`;

const grants = (forms: Forms): Prisma.Sql =>
  list(
    Prisma.sql`json_build_object(
      'id', g."id", 'tier', g."tier", 'operations', coalesce(g."operations", '{}'), 'customerScope', g."customerScope",
      'purposes', coalesce(g."purposes", '{}'), 'secrecyClearance', g."secrecyClearance",
      'validFrom', g."validFrom", 'validTo', ${endsAt(Prisma.sql`g."validTo"`, Prisma.sql`g."validFrom"`)},
      'state', ${forms.grantState},
      'classes', ${grantedClasses}, 'customerList', ${grantedCustomers})`,
    Prisma.sql`g."id"`,
    Prisma.sql`"Grant" g WHERE g."granteeId" = e."id" AND (${forms.grants})`,
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

const declarations = (forms: Forms): Prisma.Sql =>
  list(
    Prisma.sql`json_build_object(
      'id', u."id", 'grantId', u."grantId", 'fields', coalesce(u."fields", '{}'), 'standing', u."standing",
      'plannedFrom', u."plannedFrom", 'plannedUntil', u."plannedUntil",
      'acknowledged', ${forms.acknowledged}, 'state', ${forms.declarationState},
      'customers', ${list(
        Prisma.sql`y."customerId"`,
        Prisma.sql`y."customerId"`,
        Prisma.sql`"SensitiveUseCustomer" y WHERE y."declarationId" = u."id"`,
      )})`,
    Prisma.sql`u."id"`,
    Prisma.sql`"SensitiveUse" u WHERE u."declaredById" = e."id" AND (${forms.declarations})`,
  );

const consultations = (forms: Forms): Prisma.Sql =>
  list(
    Prisma.sql`json_build_object('dossierId', n."dossierId", 'from', n."windowFrom",
      'to', ${endsAt(Prisma.sql`n."windowTo"`, Prisma.sql`n."decidedAt"`)})`,
    Prisma.sql`n."id"`,
    Prisma.sql`"Consultation" n WHERE n."readerId" = e."id" AND ${forms.consultations}`,
  );
