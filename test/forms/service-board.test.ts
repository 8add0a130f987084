import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { step } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const november = { from: "2026-11-01T00:00:00+08:00", to: "2026-12-01T00:00:00+08:00" };
const board = (account: string, period: object = november) =>
  server.executeAs(
    account,
    `query ($period: PeriodInput!) { serviceBoard(period: $period) {
      unfinished { machine form department state open overdue }
      loans { open overdue lent returnedLate lateShare }
      declarations { open overdue filed returnedLate lateShare }
      applications { implemented meanWorkingDays openOverTwoWorkingDays }
      accessChanges { grantsClosed meanLagHours formsLate orphanGrants } } }`,
    { variables: { period } },
  );
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
