import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Prisma } from "../../src/database/client.js";
import { loadCaller } from "../../src/people/load-caller.js";
import { testDatabase } from "../support/database.js";
import { writeUnhindered } from "../support/write-unhindered.js";
import { addCustomer, addDepartment, addDevice, addPerson } from "./organisation.js";

const now = new Date("2026-11-22T07:00:00Z");
const { db, sql, asOwner, close } = await testDatabase();
afterAll(close);

const load = (staffNo: string, credential: string | null = null) =>
  loadCaller(db, { staffNo }, { proof: credential, purpose: "ORDER_HANDLING", address: "10.0.0.1", now });

const grant = (id: string, more: Partial<Prisma.GrantUncheckedCreateInput> = {}) =>
  db.grant.create({
    data: {
      id: `gra_${id}`,
      granteeId: "emp_sam",
      kind: "CASE",
      tier: "POST",
      operations: ["SEE_CLEAR", "FILTER"],
      customerScope: "CASE_LIST",
      purposes: ["ORDER_HANDLING"],
      validFrom: new Date("2026-01-01T00:00:00Z"),
      validTo: new Date("2027-01-01T00:00:00Z"),
      state: "ACTIVE",
      policyVersion: 1,
      ...more,
    },
  });

const declaration = (id: string, more: Partial<Prisma.SensitiveUseUncheckedCreateInput> = {}) =>
  db.sensitiveUse.create({
    data: {
      id: `use_${id}`,
      declaredById: "emp_sam",
      grantId: "gra_case",
      purpose: "ORDER_HANDLING",
      fields: ["Customer.idNumber"],
      plannedFrom: new Date("2026-11-22T06:00:00Z"),
      plannedUntil: new Date("2026-11-22T10:00:00Z"),
      state: "OPEN",
      ...more,
    },
  });

/** One in any state; those that were decided each have a window of another day. */
const consultation = (
  position: number,
  state: "DRAFT" | "SUBMITTED" | "APPROVED" | "CLOSED",
): Prisma.ConsultationUncheckedCreateInput => ({
  id: `con_${position}`,
  formNo: `C-${position}`,
  readerId: "emp_sam",
  dossierId: "dos_1",
  purpose: "A complaint",
  reason: "It is in the file only",
  readerProfile: "Seller",
  ...(state !== "DRAFT" && { signedById: "emp_neo", signedAt: now }),
  ...((state === "APPROVED" || state === "CLOSED") && {
    decidedById: "emp_ann",
    decidedAt: now,
    windowFrom: new Date(`2026-11-2${position}T00:00:00Z`),
    windowTo: new Date(`2026-11-2${position}T12:00:00Z`),
  }),
  state,
});

beforeAll(async () => {
  await addDepartment(db);
  await addPerson(db, "sam", { contractEndsAt: "2026-12-31" });
  await addPerson(db, "neo");
  await addPerson(db, "ann");
  await Promise.all([addCustomer(db, "C1"), addCustomer(db, "C2")]);
  await addDevice(db, "D1", "sam", "credential of D1");
  await addDevice(db, "D2", "sam", "credential of D2", { revoked: true });
  await db.employeeRole.createMany({
    data: [
      { employeeId: "emp_sam", role: "SELLER" },
      { employeeId: "emp_sam", role: "DEPT_HEAD" },
    ],
  });
  const training = {
    ...{ employeeId: "emp_sam", heldAt: new Date("2026-01-01T00:00:00Z"), attendedHours: 3 },
    evaluatedAt: new Date("2026-01-01T00:00:00Z"),
  };
  await db.trainingRecord.createMany({
    data: [
      {
        ...{ ...training, id: "trn_1", kind: "DEVICE", state: "PASSED" },
        topics: ["FUNCTIONS", "DATA_PROTECTION"],
        expiresAt: new Date("2027-01-01T00:00:00Z"),
      },
      {
        ...{ ...training, id: "trn_2", kind: "SECRET_POST", state: "PASSED" },
        expiresAt: new Date("2027-03-01T00:00:00Z"),
      },
      { ...training, id: "trn_3", kind: "SECRET_POST", state: "FAILED" },
    ],
  });
  await db.confidentialityCommitment.create({
    data: { id: "com_1", employeeId: "emp_sam", kind: "STAFF", signedAt: new Date("2020-01-01T00:00:00Z") },
  });
  await grant("case", {
    classes: {
      create: [
        { id: "gcl_1", fieldClass: "ORDER", cap: "CLEAR", onlyFields: ["Order.quantity"] },
        { id: "gcl_2", fieldClass: "BASIC", cap: "MASKED", onlyFields: [] },
      ],
    },
    customerList: {
      create: [
        { id: "gcu_1", customerId: "cus_C1" },
        { id: "gcu_2", customerId: "cus_C2" },
      ],
    },
  });
  await grant("superseded", { state: "SUPERSEDED" });
  await grant("suspended", { state: "SUSPENDED", suspendedById: "emp_neo", suspendedAt: now });
  await grant("ended", { state: "EXPIRED", validTo: new Date("2026-08-25T00:00:00Z") });
  await grant("longEnded", { state: "REVOKED", validTo: new Date("2026-08-23T00:00:00Z") });
  await grant("neos", { granteeId: "emp_neo" });
  await declaration("open", {
    customers: { create: [{ customerId: "cus_C2" }, { customerId: "cus_C1" }] },
    acknowledgedById: "emp_neo",
    acknowledgedAt: now,
  });
  await declaration("overdue", { state: "OVERDUE", standing: true });
  await declaration("filed", { state: "FILED" });
  await declaration("returned", { state: "RETURNED", returnedAt: now });
  await declaration("revoked", { state: "REVOKED" });
  await db.dossier.create({
    data: { id: "dos_1", code: "D1", customerId: "cus_C1", title: "File", medium: "PAPER" },
  });
  for (const [position, state] of (["DRAFT", "SUBMITTED", "APPROVED", "CLOSED"] as const).entries())
    await db.consultation.create({ data: consultation(position, state) });
});

describe("the facts about sam", () => {
  test("are these", async () => {
    expect(await load("sam", "credential of D1")).toEqual({
      id: "emp_sam",
      staffNo: "sam",
      name: "sam",
      kind: "FORMAL",
      status: "ACTIVE",
      department: "SALES",
      customerId: null,
      roles: ["DEPT_HEAD", "SELLER"],
      contractEndsAt: new Date("2027-01-01T00:00:00+08:00"),
      device: {
        id: "dev_D1",
        deviceNo: "D1",
        state: "IN_USE",
        custodianId: "emp_sam",
        custodianDepartment: "SALES",
        custodianSecretPostUntil: new Date("2027-03-01T00:00:00Z"),
        isCustomerListDevice: true,
        ipAddress: "10.0.0.1",
        classified: false,
        secretReviewedAt: new Date("2026-11-01T00:00:00Z"),
        provedBy: "BEARER",
        stockTakeDueAt: new Date("2027-01-01T00:00:00Z"),
        nextMaintenanceAt: new Date("2027-02-01T00:00:00Z"),
        lastSeenAt: new Date("2026-11-22T00:00:00Z"),
      },
      address: "10.0.0.1",
      purpose: "ORDER_HANDLING",
      now,
      trainings: [
        {
          kind: "DEVICE",
          topics: ["FUNCTIONS", "DATA_PROTECTION"],
          passed: true,
          expiresAt: new Date("2027-01-01T00:00:00Z"),
        },
        { kind: "SECRET_POST", topics: [], passed: true, expiresAt: new Date("2027-03-01T00:00:00Z") },
      ],
      commitments: [{ kind: "STAFF", signedAt: new Date("2020-01-01T00:00:00Z"), validTo: null }],
      grants: expect.arrayContaining([
        {
          id: "gra_case",
          tier: "POST",
          classes: [
            { fieldClass: "BASIC", cap: "MASKED", onlyFields: [] },
            { fieldClass: "ORDER", cap: "CLEAR", onlyFields: ["Order.quantity"] },
          ],
          operations: ["SEE_CLEAR", "FILTER"],
          customerScope: "CASE_LIST",
          customerList: ["cus_C1", "cus_C2"],
          purposes: ["ORDER_HANDLING"],
          secrecyClearance: "ORDINARY",
          validFrom: new Date("2026-01-01T00:00:00Z"),
          validTo: new Date("2027-01-01T00:00:00Z"),
          state: "ACTIVE",
        },
      ]),
      declarations: expect.arrayContaining([
        {
          id: "use_open",
          grantId: "gra_case",
          customers: ["cus_C1", "cus_C2"],
          fields: ["Customer.idNumber"],
          standing: false,
          plannedFrom: new Date("2026-11-22T06:00:00Z"),
          plannedUntil: new Date("2026-11-22T10:00:00Z"),
          acknowledged: true,
          state: "OPEN",
        },
      ]),
      consultations: [
        {
          dossierId: "dos_1",
          from: new Date("2026-11-22T00:00:00Z"),
          to: new Date("2026-11-22T12:00:00Z"),
        },
      ],
    });
  });

  test("hold the grants in force and those that ended in the last 90 days, and nobody else's", async () => {
    const caller = await load("sam");
    expect(caller?.grants.map(({ id }) => id).sort()).toEqual([
      ...["gra_case", "gra_ended", "gra_superseded", "gra_suspended"],
    ]);
  });

  test("hold the declarations that are neither drafts nor over", async () => {
    const caller = await load("sam");
    expect(caller?.declarations.map(({ id }) => id).sort()).toEqual(["use_filed", "use_open", "use_overdue"]);
  });

  test("are the same by id", async () => {
    const circumstances = { proof: null, purpose: "ORDER_HANDLING", address: "10.0.0.1", now };
    expect(await loadCaller(db, { id: "emp_sam" }, circumstances)).toEqual(await load("sam"));
  });
});

test("somebody of whom nothing is known has empty facts", async () => {
  await db.grant.deleteMany({ where: { granteeId: "emp_neo" } });
  expect(await load("neo")).toMatchObject({
    roles: [],
    trainings: [],
    commitments: [],
    grants: [],
    declarations: [],
    consultations: [],
    device: null,
    contractEndsAt: null,
  });
});

test.each([
  { credential: "credential of D1", device: "D1" },
  { credential: "credential of D2", device: null },
  { credential: "credential of D3", device: null },
  { credential: "", device: null },
  { credential: null, device: null },
  { credential: "' OR true --", device: null },
  { credential: "\u0000", device: null },
])("with $credential the request comes from $device", async ({ credential, device }) => {
  expect((await load("sam", credential))?.device?.deviceNo ?? null).toBe(device);
});

test("somebody else's device is known as theirs", async () => {
  expect((await load("neo", "credential of D1"))?.device?.custodianId).toBe("emp_sam");
});

test.each(["nobody", "SAM", "", "sam'--", "%"])("there is no %s", async (staffNo) => {
  expect(await load(staffNo)).toBeNull();
});

test.each([
  ["sam", "credential of D1"],
  ["sam", "no such credential"],
  ["sam", null],
  ["nobody", "credential of D1"],
  ["nobody", null],
])("%s with %s takes one statement, without the credential in it", async (staffNo, credential) => {
  sql.length = 0;
  await load(staffNo, credential);
  expect(sql).toHaveLength(1);
  expect(sql[0]).not.toContain("credential of");
});

test("words that nobody knows come through as they are", async () => {
  // Types and words cannot be parameters; these are constants of this test.
  await asOwner(`ALTER TYPE "Tier" ADD VALUE 'WIZARD'`);
  await asOwner(`ALTER TYPE "FieldClass" ADD VALUE 'AURA'`);
  await asOwner(`ALTER TYPE "CustomerScope" ADD VALUE 'GALAXY'`);
  await asOwner(`ALTER TYPE "DeviceState" ADD VALUE 'HAUNTED'`);
  await asOwner(`ALTER TYPE "EmploymentStatus" ADD VALUE 'ASLEEP'`);
  await db.$executeRaw`UPDATE "Grant" SET "tier" = 'WIZARD', "customerScope" = 'GALAXY' WHERE "id" = 'gra_case'`;
  await db.$executeRaw`UPDATE "GrantClass" SET "fieldClass" = 'AURA' WHERE "id" = 'gcl_1'`;
  await writeUnhindered(
    db,
    (tx) => tx.$executeRaw`UPDATE "Device" SET "state" = 'HAUNTED' WHERE "id" = 'dev_D1'`,
  );
  await db.$executeRaw`UPDATE "Employee" SET "status" = 'ASLEEP' WHERE "id" = 'emp_sam'`;
  expect(await load("sam", "credential of D1")).toMatchObject({
    status: "ASLEEP",
    device: { state: "HAUNTED" },
    grants: expect.arrayContaining([
      expect.objectContaining({
        tier: "WIZARD",
        customerScope: "GALAXY",
        classes: expect.arrayContaining([expect.objectContaining({ fieldClass: "AURA" })]),
      }),
    ]),
  });
});
