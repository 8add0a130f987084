import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DepartmentCode } from "../../src/database/client.js";
import { customerId } from "../../src/database/demo/id.js";
import { employeeId } from "../../src/database/demo/people.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { application, stepOn } from "../support/forms.js";
import { step } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const november = { from: "2026-11-01T00:00:00+08:00", to: "2026-12-01T00:00:00+08:00" };
const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);
const board = (account: string, period: object = november, now = testNow) =>
  server.executeAs(
    account,
    `query ($period: PeriodInput!) { serviceBoard(period: $period) {
      unfinished { machine form department state open overdue }
      loans { open overdue lent returnedLate lateShare }
      declarations { open overdue filed returnedLate lateShare }
      applications { implemented meanWorkingDays openOverTwoWorkingDays }
      accessChanges { grantsClosed meanLagHours formsLate orphanGrants }
      objections { filed upheld dismissed upheldShare open overdue complaints } } }`,
    { variables: { period }, now },
  );
const boardOf = async (account: string, now?: Date) =>
  (await board(account, november, now)).data.serviceBoard;
interface Row {
  form: string;
  department: string;
  state: string;
  open: number;
  overdue: number;
}

test("administration counts everybody's forms, as the tables hold them", async () => {
  const { data } = await board("adam");
  const rows = data.serviceBoard.unfinished as Row[];
  expect(rows).toContainEqual({
    machine: "B",
    form: "SensitiveUse",
    department: "CUSTOMER_SERVICE",
    state: "OVERDUE",
    open: 1,
    overdue: 1,
  });
  const { db } = server.database;
  const waiting = await db.grantApplication.count({
    where: { state: { in: ["DRAFT", "SUBMITTED", "RETURNED", "ESCALATED", "APPROVED"] } },
  });
  expect(
    rows.filter(({ form }) => form === "GrantApplication").reduce((sum, { open }) => sum + open, 0),
  ).toBe(waiting);
  expect(data.serviceBoard.declarations).toEqual({
    open: 1,
    overdue: 1,
    filed: 6,
    returnedLate: 1,
    lateShare: 1 / 6,
  });
  expect(data.serviceBoard.loans.open).toBe(
    await server.database.db.loan.count({ where: { state: { in: ["LENT", "OVERDUE"] } } }),
  );
  expect(data.serviceBoard.loans.overdue).toBeGreaterThan(0);
  expect(data.serviceBoard.accessChanges.orphanGrants).toBe(0);
});

test("a head counts the own department's", async () => {
  const { data } = await board("sue");
  expect(new Set((data.serviceBoard.unfinished as Row[]).map(({ department }) => department))).toEqual(
    new Set(["SALES"]),
  );
  expect(data.serviceBoard.declarations.filed).toBe(0);
});

test.each(["sam", "cara", "tim", "cu1"])("%s counts nothing", async (account) => {
  expect((await board(account)).errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
});

test.each([
  ["an empty period", { from: november.from, to: november.from }],
  ["one that ends before it begins", { from: november.to, to: november.from }],
  ["three years", { from: "2024-01-01T00:00:00Z", to: "2027-01-01T00:00:00Z" }],
])("%s is refused", async (_, period) => {
  expect((await board("adam", period)).errors?.[0]?.extensions).toMatchObject({
    code: "BAD_USER_INPUT",
    inputPath: "period",
  });
});

test("an application's time is counted in working days from signature to implementation", async () => {
  const before = (await board("adam")).data.serviceBoard.applications;
  const { id } = await server.database.db.grantApplication.findFirstOrThrow({
    where: { state: "APPROVED", employee: { staffNo: "bo" } },
  });
  await step(server, "tim", "implementGrantApplication", { id });
  const after = (await board("adam")).data.serviceBoard.applications;
  expect(after.implemented).toBe(before.implemented + 1);
  expect(after.meanWorkingDays).toBeGreaterThan(0);
});

test("who leaves: the grants are closed in that instant, and the form is late after three days", async () => {
  const { id: employeeId } = await server.database.db.employee.findUniqueOrThrow({
    where: { staffNo: "sam" },
  });
  const before = (await board("sue")).data.serviceBoard.accessChanges;
  await step(server, "sue", "confirmOffboarding", { employeeId, kind: "LEAVE", reason: "Gave notice" });
  const after = (await board("sue")).data.serviceBoard.accessChanges;
  expect(after).toMatchObject({
    grantsClosed: before.grantsClosed + 1,
    meanLagHours: 0,
    formsLate: before.formsLate,
  });
});

describe("in figures", () => {
  beforeEach(async () => {
    await server.close();
    server = await demoServer();
  });
  const move = (staffNo: string, departmentCode: DepartmentCode) =>
    server.database.db.employee.update({ where: { staffNo }, data: { departmentCode } });

  // Signed for in November: cara (the 3rd, back in time), carl (the 7th, back too late), sue (the 14th, lost), fin (the
  // 17th, three days, overdue) and sven (the 21st).
  test.each<[string, object]>([
    ["adam", { open: 2, overdue: 1, lent: 5, returnedLate: 1, lateShare: 1 / 5 }],
    ["mona", { open: 1, overdue: 0, lent: 3, returnedLate: 1, lateShare: 1 / 3 }],
    ["sue", { open: 0, overdue: 0, lent: 1, returnedLate: 0, lateShare: 0 }],
    ["pia", { open: 0, overdue: 0, lent: 0, returnedLate: 0, lateShare: null }],
  ])("K13 as %s sees it", async (account, loans) => {
    expect((await boardOf(account)).loans).toEqual(loans);
  });

  // Filed in November: by cu1 on the 6th against sam (upheld), on the 8th against technology (upheld), on the 17th against
  // carl and on the 21st; by customer service on the 11th against sales (upheld), on the 13th against production
  // (dismissed) and on the 20th against sales. One of October is open again.
  test.each<[string, number, object]>([
    ["adam", 0, { filed: 7, upheld: 3, dismissed: 1, upheldShare: 3 / 4, open: 8, overdue: 0 }],
    ["adam", 4, { filed: 7, upheld: 3, dismissed: 1, upheldShare: 3 / 4, open: 8, overdue: 3 }],
    // By the 4th of December technology should have rectified it.
    ["tess", 13, { filed: 1, upheld: 1, dismissed: 0, upheldShare: 1, open: 1, overdue: 1 }],
    ["sue", 0, { filed: 3, upheld: 2, dismissed: 0, upheldShare: 1, open: 3, overdue: 0 }],
    ["mona", 0, { filed: 1, upheld: 0, dismissed: 0, upheldShare: null, open: 2, overdue: 0 }],
  ])("K26 as %s sees it %i days later", async (account, later, objections) => {
    expect((await boardOf(account, days(later))).objections).toMatchObject(objections);
  });

  test("K26: complaints of the period, and of those a head's against the own people", async () => {
    const complaints = async (account: string) => (await boardOf(account)).objections.complaints;
    const before = [await complaints("adam"), await complaints("sue"), await complaints("pia")];
    const against = {
      kind: "COMPLAINT",
      channel: "HOTLINE",
      content: "Too late",
      receivedAt: days(-1),
    } as const;
    await server.database.db.serviceCase.create({
      data: { ...against, id: "svc_k26", customerId: customerId("C1"), againstEmployeeId: employeeId("sam") },
    });
    const after = [await complaints("adam"), await complaints("sue"), await complaints("pia")];
    expect(after).toEqual([before[0]! + 1, before[1]! + 1, before[2]]);
  });

  // S104 left on the 21st, the form is due on the 24th; P101's was filed in time; P102 left in October.
  test.each<[string, number, number]>([
    ["adam", 2, 0],
    ["adam", 3, 1],
    ["sue", 3, 1],
    ["pia", 3, 0],
  ])("K16 as %s sees it %i days later: forms that are late", async (account, later, formsLate) => {
    expect((await boardOf(account, days(later))).accessChanges.formsLate).toBe(formsLate);
  });

  test("K16: a form that was filed too late stays late", async () => {
    const { id } = await server.database.db.offboarding.findFirstOrThrow({
      where: { employee: { staffNo: "S104" } },
    });
    await stepOn(server, "sue", "filePermissionForm", { id }, { now: days(2.5) });
    expect((await boardOf("adam", days(3))).accessChanges.formsLate).toBe(1);
  });

  test("K16: whoever has left and holds a grant stands out", async () => {
    const { db } = server.database;
    await db.employee.update({ where: { staffNo: "sam" }, data: { status: "LEFT", leftAt: testNow } });
    const orphans = async (account: string, now?: Date) =>
      (await boardOf(account, now)).accessChanges.orphanGrants;
    expect([await orphans("adam"), await orphans("sue"), await orphans("pia")]).toEqual([1, 1, 0]);
    const { validTo } = await db.grant.findFirstOrThrow({ where: { granteeId: employeeId("sam") } });
    expect(await orphans("sue", validTo)).toBe(0);
  });

  test("K16: a grant is counted with the change that closed it, of two of one person", async () => {
    const { db } = server.database;
    const leave = { employeeId: employeeId("sam"), kind: "LEAVE", reason: "Gave notice" };
    // An earlier one, which came to nothing: it has closed no grant.
    await db.offboarding.create({
      data: {
        ...{ id: "off_earlier", formNo: "O-EARLIER", kind: "LEAVE", reason: "Gave notice", state: "CLOSED" },
        ...{ employeeId: employeeId("sam"), successorId: employeeId("dora") },
        ...{ effectiveAt: days(-10), permissionFormDueAt: days(-7), permissionFormAt: days(-9) },
        ...{ confirmedById: employeeId("sue"), confirmedAt: days(-12), commitmentUntil: days(700) },
        ...{ headClearedById: employeeId("gina"), headClearedAt: days(-9) },
        ...{ technologyClearedById: employeeId("tim"), technologyClearedAt: days(-9) },
        ...{ specialistClearedById: employeeId("spec"), specialistClearedAt: days(-9) },
        ...{ closedById: employeeId("adam"), closedAt: days(-8) },
      },
    });
    await db.formEvent.create({
      data: {
        ...{ id: "evt_earlier", form: "Offboarding", recordId: "off_earlier", department: "SALES" },
        ...{ action: "confirm", to: "CONFIRMED", changes: [], at: days(-12), byId: employeeId("sue") },
      },
    });
    await stepOn(server, "sue", "confirmOffboarding", leave);
    expect((await boardOf("sue")).accessChanges).toMatchObject({ grantsClosed: 1, meanLagHours: 0 });
  });

  // The 22nd is a Sunday: the working days after it are the 23rd, the 24th, the 25th.
  test("K17: signed on a Sunday, it has waited for more than two working days from Wednesday on", async () => {
    const id = await application(server, "APPROVED", { employee: "pat" });
    const applications = async (now: Date) => (await boardOf("pia", now)).applications;
    const waiting = async (at: string) => (await applications(new Date(at))).openOverTwoWorkingDays;
    expect(await waiting("2026-11-24T23:59:59+08:00")).toBe(0);
    expect(await waiting("2026-11-25T00:00:00+08:00")).toBe(1);
    const wednesday = new Date("2026-11-25T09:00:00+08:00");
    await stepOn(server, "tim", "implementGrantApplication", { id }, { now: wednesday });
    expect(await applications(wednesday)).toEqual({
      implemented: 1,
      meanWorkingDays: 3,
      openOverTwoWorkingDays: 0,
    });
  });

  test("K17: a holiday in between is no working day", async () => {
    await application(server, "SUBMITTED", { employee: "pat" });
    const holiday = { day: new Date("2026-11-24"), working: false, name: "Founding day" };
    await server.database.db.companyDay.create({ data: holiday });
    const waiting = async (at: string) =>
      (await boardOf("pia", new Date(at))).applications.openOverTwoWorkingDays;
    expect(await waiting("2026-11-25T23:59:59+08:00")).toBe(0);
    expect(await waiting("2026-11-26T00:00:00+08:00")).toBe(1);
  });

  test("K30: what waits, of every form, by department and state", async () => {
    const rows: (Row & { machine: string })[] = (await boardOf("adam", days(4))).unfinished;
    expect(
      rows.map(
        ({ machine, form, department, state, open, overdue }) =>
          `${machine} ${form} ${department} ${state}: ${open}, overdue ${overdue}`,
      ),
    ).toEqual([
      "A GrantApplication CHANNEL_MGMT APPROVED: 1, overdue 1",
      "A GrantApplication PRODUCTION DRAFT: 1, overdue 0",
      "A GrantApplication SALES APPROVED: 1, overdue 1",
      "A GrantApplication SALES ESCALATED: 1, overdue 1",
      "A GrantApplication SALES RETURNED: 1, overdue 0",
      "A GrantApplication SALES SUBMITTED: 1, overdue 1",
      "A2 Grant SALES SUSPENDED: 1, overdue 0",
      "A3 Recertification PRODUCTION OPEN: 1, overdue 0",
      "A4 EmergencyAccess SALES ENDED: 1, overdue 1",
      "A5 TierPolicy TECHNOLOGY PROPOSED: 1, overdue 0",
      "B SensitiveUse CUSTOMER_SERVICE FILED: 1, overdue 1",
      "B SensitiveUse CUSTOMER_SERVICE OVERDUE: 1, overdue 1",
      "B SensitiveUse FINANCE OPEN: 1, overdue 0",
      "C Consultation QUALITY DRAFT: 1, overdue 0",
      "C Consultation SALES SUBMITTED: 1, overdue 1",
      "C2 Loan CUSTOMER_SERVICE APPROVED: 1, overdue 0",
      "C2 Loan CUSTOMER_SERVICE LENT: 1, overdue 1",
      "C2 Loan CUSTOMER_SERVICE SIGNED: 1, overdue 1",
      "C2 Loan FINANCE OVERDUE: 1, overdue 1",
      "C2 Loan SALES REGISTERED: 1, overdue 0",
      "C2 Loan SALES REQUESTED: 1, overdue 0",
      "D Procurement CUSTOMER_SERVICE REQUESTED: 1, overdue 0",
      "D Procurement CUSTOMER_SERVICE RETURNED_TO_SUPPLIER: 1, overdue 0",
      "D Procurement FINANCE DELIVERED: 1, overdue 1",
      "D Procurement FINANCE NEED_ASSESSED: 1, overdue 0",
      "D Procurement PRODUCTION NEED_ASSESSED: 1, overdue 0",
      "D Procurement SALES APPROVED: 1, overdue 0",
      "D Procurement SALES ORDERED: 1, overdue 0",
      "D Procurement SALES WISHED: 1, overdue 0",
      "D0 NeedAssessment PRODUCTION DUE: 1, overdue 0",
      "D2 Device TECHNOLOGY ACCEPTED: 1, overdue 0",
      "D2 Device TECHNOLOGY CONFIGURED: 1, overdue 0",
      "D2 Device TECHNOLOGY LOST: 2, overdue 0",
      "D2 Device TECHNOLOGY STOCKED: 1, overdue 0",
      "D2 Device TRAINING LOST: 1, overdue 0",
      "D4 ScrapSheet ADMINISTRATION APPROVED: 1, overdue 0",
      "D4 ScrapSheet ADMINISTRATION REQUESTED: 1, overdue 0",
      "D4 ScrapSheet ADMINISTRATION WIPED: 1, overdue 0",
      "D5 SecretReview TRAINING OPEN: 1, overdue 1",
      "D6 RenewalPlan TECHNOLOGY DUE: 1, overdue 0",
      "E Fault TECHNOLOGY ACKNOWLEDGED: 1, overdue 1",
      "E Fault TECHNOLOGY BACK: 1, overdue 1",
      "E Fault TECHNOLOGY DIAGNOSED: 1, overdue 1",
      "E Fault TECHNOLOGY IN_REPAIR: 1, overdue 1",
      "E Fault TECHNOLOGY REPAIRED: 1, overdue 1",
      "E Fault TECHNOLOGY REPORTED: 1, overdue 1",
      "E Fault TECHNOLOGY SENT_OUT: 1, overdue 1",
      "F Allocation SALES ALLOCATED: 1, overdue 1",
      "F Allocation SALES ISSUED: 1, overdue 0",
      "F Allocation SALES REQUESTED: 2, overdue 2",
      "F Allocation TRAINING CHECKED_DEPT: 1, overdue 1",
      "F Allocation TRAINING CHECKED_IT: 1, overdue 1",
      "F Allocation TRAINING IDLE_REPORTED: 1, overdue 1",
      "F Allocation TRAINING TRANSFER_REQUESTED: 1, overdue 1",
      "F2 DeviceShare SALES ASKED: 1, overdue 1",
      "F3 StockTake CUSTOMER_SERVICE OPEN: 1, overdue 0",
      "F3 StockTake SALES OPEN: 1, overdue 0",
      "F3 StockTake TRAINING COUNTED: 1, overdue 1",
      "F4 InstallRequest CUSTOMER_SERVICE CONFIRMED: 1, overdue 1",
      "F4 InstallRequest PRODUCTION ASKED: 1, overdue 1",
      "G2 CopyRequest CUSTOMER_SERVICE APPROVED: 1, overdue 0",
      "G2 CopyRequest SALES REQUESTED: 1, overdue 0",
      "G3 ExternalDisclosure CUSTOMER_SERVICE APPROVED: 1, overdue 0",
      "G3 ExternalDisclosure SALES REQUESTED: 1, overdue 0",
      "G4 DeviceCopy SALES RECALLED: 1, overdue 1",
      "H2 CorrectionRequest CUSTOMER_SERVICE PROPOSED: 2, overdue 2",
      "H2 CorrectionRequest EXTERNAL PROPOSED: 1, overdue 1",
      "H2 CorrectionRequest SALES PROPOSED: 1, overdue 1",
      "H3 Disposal CUSTOMER_SERVICE APPROVED: 1, overdue 1",
      "H3 Disposal CUSTOMER_SERVICE PROPOSED: 1, overdue 1",
      "H3 Disposal CUSTOMER_SERVICE WITNESSED: 1, overdue 1",
      "I Incident ADMINISTRATION INVESTIGATING: 1, overdue 0",
      "I Incident ADMINISTRATION REVIEWED: 1, overdue 0",
      "I Incident CUSTOMER_SERVICE PLAN_ACTIVATED: 1, overdue 0",
      "I Incident CUSTOMER_SERVICE REPORTED: 1, overdue 0",
      "I Incident PRODUCTION CONTAINED: 1, overdue 0",
      "I Incident SALES RESOLVED: 1, overdue 0",
      "I2 Violation TRAINING FOUND: 1, overdue 1",
      "I2 Violation TRAINING UNDER_REVIEW: 1, overdue 1",
      "J Objection CUSTOMER_SERVICE ACKNOWLEDGED: 2, overdue 0",
      "J Objection CUSTOMER_SERVICE DISMISSED: 1, overdue 1",
      "J Objection CUSTOMER_SERVICE UPHELD: 1, overdue 0",
      "J Objection EXTERNAL FILED: 1, overdue 1",
      "J Objection EXTERNAL INVESTIGATING: 1, overdue 0",
      "J Objection EXTERNAL RECTIFIED: 1, overdue 1",
      "J Objection EXTERNAL RECTIFYING: 1, overdue 0",
      "K Appeal CUSTOMER_SERVICE ESCALATED: 1, overdue 0",
      "K Appeal CUSTOMER_SERVICE FORWARDED: 1, overdue 1",
      "K Appeal SALES FILED: 1, overdue 1",
      "K Appeal SALES REVIEWED: 1, overdue 1",
      "M TrainingSession TRAINING HELD: 1, overdue 1",
      "M TrainingSession TRAINING SCHEDULED: 1, overdue 1",
      "M2 TrainingRecord SALES ATTENDED: 1, overdue 0",
      "M2 TrainingRecord SALES ENROLLED: 1, overdue 0",
      "O Offboarding PRODUCTION ITEMS_CLEARED: 1, overdue 1",
      "O Offboarding SALES ITEMS_OPEN: 1, overdue 1",
      "O2 StaffRequest CUSTOMER_SERVICE IMPROVEMENT_PROPOSED: 1, overdue 1",
      "O2 StaffRequest FINANCE SUPPORT_ASKED: 1, overdue 1",
      "O2 StaffRequest SALES TRAINING_DEMANDED: 1, overdue 1",
    ]);
  });

  test("a transfer moves what waits, and nothing that has been counted", async () => {
    const { db } = server.database;
    const counted = async (now?: Date) => {
      const each = await Promise.all(["adam", "mona", "sue", "pia"].map((account) => boardOf(account, now)));
      return each.map((one) => ({ ...one, unfinished: null }));
    };
    const waits = async (account: string, form: string) =>
      ((await boardOf(account)).unfinished as Row[])
        .filter((row) => row.form === form)
        .map(({ state }) => state);
    const before = [await counted(), await counted(days(4))];
    expect(await waits("mona", "Loan")).toEqual(["APPROVED", "LENT", "SIGNED"]);
    // carl's loan was late, and so was a declaration of sven's; neo applies; S104 goes without a form.
    for (const staffNo of ["carl", "sven", "neo", "S104", "fin"]) await move(staffNo, "PRODUCTION");
    expect([await counted(), await counted(days(4))]).toEqual(before);
    expect(await waits("mona", "Loan")).toEqual(["SIGNED"]);
    expect(await waits("pia", "Loan")).toEqual(["APPROVED", "LENT", "OVERDUE"]);
    const { id } = await db.loan.findFirstOrThrow({
      where: { borrowerId: employeeId("carl"), state: "APPROVED" },
    });
    await stepOn(server, "carl", "withdrawLoan", { id }, { form: "loan" });
    const events = await db.formEvent.findMany({ where: { recordId: id }, orderBy: { seq: "asc" } });
    expect(events.map(({ action, department }) => `${action}: ${department}`)).toEqual([
      "request: CUSTOMER_SERVICE",
      "seal: CUSTOMER_SERVICE",
      "approve: CUSTOMER_SERVICE",
      "withdraw: PRODUCTION",
    ]);
  });
});
