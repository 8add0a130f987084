import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { openAllStockTakes } from "../../src/devices/stock-takes/open-all.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { testNow } from "../support/database.js";
import { allocation, nextAddress } from "../support/drivers/allocations.js";
import { deviceInUse } from "../support/drivers/faults.js";
import { asRegistered } from "../support/drivers/stock-takes.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { daysLater } from "../support/form-steps.js";
import { step } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const play = () => formPlay(server, "StockTake");
const db = () => server.database.db;
const take = (account: string, mutation: string, input: object, now = testNow) =>
  step(server, account, mutation, input, { form: "stockTake", now });
const deviceOf = (id: string) => db().device.findUniqueOrThrow({ where: { id } });
const linesOf = (stockTakeId: string) =>
  db().stockTakeLine.findMany({ where: { stockTakeId }, orderBy: { position: "asc" } });
const violationsOf = (deviceId: string) =>
  db().violation.findMany({ where: { deviceId }, orderBy: { formNo: "asc" } });

/** A device of a custodian's with a seal and an address, and a stock-take of it alone. */
async function counting(custodian = "sam") {
  const deviceId = await deviceInUse(play(), custodian);
  await db().device.update({
    where: { id: deviceId },
    data: { sealNo: "SEAL-7", ipAddress: nextAddress() },
  });
  const id = await play().must("tim", "open", { department: "SALES", deviceIds: [deviceId] });
  return { id, deviceId, asExpected: await asRegistered(play(), deviceId) };
}

/** Half a year after testNow the next round begins; ten working days are given for it. */
const nextOverdue = new Date("2027-06-04T16:00:00Z");

describe("what is as the register has it", () => {
  test("was found: the device is counted for half a year, and nothing is a violation", async () => {
    const { id, deviceId, asExpected } = await counting();
    expect(await linesOf(id)).toMatchObject([
      { position: 1, deviceId, custodianId: employeeId("sam"), expectedSealNo: "SEAL-7", matches: null },
    ]);
    expect((await take("tim", "countStockTake", { id, lines: [asExpected] })).form).toMatchObject({
      state: "COUNTED",
    });
    const [line] = await linesOf(id);
    expect(line).toMatchObject({ found: true, matches: true, deviations: [] });
    // Whatever writes to the database: what was found is not changed afterwards.
    const again = db().stockTakeLine.update({ where: { id: line!.id }, data: { remark: "After all" } });
    await expect(again).rejects.toThrow(/counted once/);
    expect(await deviceOf(deviceId)).toMatchObject({
      ...{ stockTakenAt: testNow, stockTakeDueAt: nextOverdue },
    });
    expect(await violationsOf(deviceId)).toEqual([]);
  });

  test("is what the register says when it is counted, in whatever order software is listed", async () => {
    const { id, deviceId, asExpected } = await counting();
    await db().device.update({
      where: { id: deviceId },
      data: { sealNo: "SEAL-8", software: ["UOS 20", "WPS Office"] },
    });
    const found = { ...asExpected, sealNo: "SEAL-8", software: ["wps  office", "uos 20"] };
    await take("tim", "countStockTake", { id, lines: [found] });
    expect(await linesOf(id)).toMatchObject([{ matches: true, expectedSealNo: "SEAL-8" }]);
  });
});

describe("what is not", () => {
  test.each([
    [
      "NOT_FOUND",
      "S004-P4-8",
      { found: false, complete: null, sealNo: null, ipAddress: null, software: null },
    ],
    ["INCOMPLETE", "S004-P4-11", { complete: false, missing: "One memory bar", remark: "Seal SEAL-9" }],
    ["SEAL_BROKEN", "S001-P1-3.2.1", { sealNo: "SEAL-9" }],
    ["SEAL_BROKEN", "S001-P1-3.2.1", { sealNo: null }],
    ["IP_CHANGED", "S001-P1-3.2.5", { ipAddress: "10.99.0.1" }],
    ["SOFTWARE_DEVIATION", "S001-P1-3.2.3", { software: ["UOS 20", "QQ 9.7"] }],
    ["SOFTWARE_DEVIATION", "S001-P1-3.2.3", { software: [] }],
  ])("%s is a violation of %s, once: %o", async (rule, clause, differs) => {
    const { id, deviceId, asExpected } = await counting();
    const before = await deviceOf(deviceId);
    const input = { id, lines: [{ ...asExpected, ...differs }] };
    const both = await Promise.all([1, 2].map(() => take("tim", "countStockTake", input)));
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
    expect(await linesOf(id)).toMatchObject([{ matches: false, deviations: [rule] }]);
    const [violation, ...more] = await violationsOf(deviceId);
    expect(more).toEqual([]);
    expect(violation).toMatchObject({
      ...{ rule, clause, state: "FOUND", personId: employeeId("sam"), notifiedDept: "ADMINISTRATION" },
      ...{ departmentCode: "SALES", foundById: employeeId("tim") },
    });
    const { stockTakenAt, stockTakeDueAt } = await deviceOf(deviceId);
    expect({ stockTakenAt, stockTakeDueAt }).toEqual({
      stockTakenAt: before.stockTakenAt,
      stockTakeDueAt: before.stockTakeDueAt,
    });
    const told = await db().notification.findMany({ where: { recordId: violation!.id } });
    expect(told.map(({ personId }) => personId).sort()).toEqual(
      [employeeId("sam"), employeeId("sue"), employeeId("adam")].sort(),
    );
  });

  test("in several ways is as many violations; what only technology reads stands in none of them", async () => {
    const { id, deviceId, asExpected } = await counting();
    const found = {
      ...{
        ...asExpected,
        complete: false,
        missing: "One memory bar",
        remark: "Seal is SEAL-9, at 10.99.0.2",
      },
      ...{ sealNo: "SEAL-9", ipAddress: "10.99.0.2", software: ["QQ 9.7"] },
    };
    await take("tim", "countStockTake", { id, lines: [found] });
    const violations = await violationsOf(deviceId);
    expect(violations.map(({ rule, details }) => [rule, details])).toEqual([
      ["INCOMPLETE", "One memory bar"],
      ["SEAL_BROKEN", null],
      ["IP_CHANGED", null],
      ["SOFTWARE_DEVIATION", "Forbidden: QQ 9.7. Not in the register: QQ 9.7. Not on the device: UOS 20"],
    ]);
    expect(JSON.stringify(violations)).not.toMatch(/SEAL-9|SEAL-7|10\.99/);
  });

  test("a device that is in no register is a violation of whom it was found with", async () => {
    const { id } = await counting();
    const surplus = [
      { surplus: "A portable disk", custodianId: employeeId("sam") },
      { surplus: "A laptop", labelNo: "X1" },
    ];
    expect((await take("tim", "countStockTake", { id, surplus })).form).toMatchObject({ state: "OPEN" });
    const lines = (await linesOf(id)).slice(1);
    expect(lines).toMatchObject([
      { surplus: "A portable disk", deviations: ["UNREGISTERED"], matches: false, position: 2 },
      { surplus: "A laptop", labelNo: "X1", custodianId: null, position: 3 },
    ]);
    const found = await db().violation.findMany({
      where: { stockTakeLineId: { in: lines.map((line) => line.id) } },
      orderBy: { formNo: "asc" },
    });
    expect(found).toMatchObject([
      { rule: "UNREGISTERED", clause: "S004-P4-10", personId: employeeId("sam"), details: "A portable disk" },
      { rule: "UNREGISTERED", personId: null, departmentCode: "SALES" },
    ]);
  });
});

describe("counting", () => {
  test("is not done by whoever has the device, or had it when it was to be counted", async () => {
    const { id, deviceId, asExpected } = await counting("tim");
    const refused = { code: "SELF_DECISION", paths: ["input.lines.0.deviceId"] };
    const input = { id, lines: [asExpected] };
    expect(await take("tim", "countStockTake", input)).toMatchObject({ code: refused.code });
    await db().device.update({ where: { id: deviceId }, data: { custodianId: employeeId("sam") } });
    expect(await take("tim", "countStockTake", input)).toMatchObject({ code: refused.code });
    const own = { id, surplus: [{ surplus: "A disk", custodianId: employeeId("tim") }] };
    expect(await take("tim", "countStockTake", own)).toMatchObject({ code: "SELF_DECISION" });
    expect(await db().violation.count({ where: { stockTakeLine: { stockTakeId: id } } })).toBe(0);
    expect((await take("tess", "countStockTake", input)).form).toMatchObject({ state: "COUNTED" });
  });

  test("is whole or not at all, and says all that is missing", async () => {
    const { id, deviceId, asExpected } = await counting();
    const lines = [{ deviceId }, { deviceId, found: true }, { deviceId: "dev_x", found: false, sealNo: "S" }];
    const refused = await take("tim", "countStockTake", { id, lines, surplus: [{}] });
    expect(refused.code).toBe("FORM_INCOMPLETE");
    expect(refused.paths).toEqual([
      ...["input.lines.0.found", "input.surplus.0.surplus", "input.lines.1.deviceId"],
      ...["input.lines.1.complete", "input.lines.1.software", "input.lines.2.sealNo"],
    ]);
    const unknown = [asExpected, { deviceId: "dev_x", found: false }];
    expect(await take("tim", "countStockTake", { id, lines: unknown })).toMatchObject({ code: "NOT_FOUND" });
    expect(await linesOf(id)).toMatchObject([{ countedAt: null }]);
    expect(await take("tim", "countStockTake", { id })).toMatchObject({ code: "FORM_INCOMPLETE" });
  });

  test("of several goes on until every line is counted; what is lost meanwhile is not looked for", async () => {
    const [one, two, three] = [await counting(), await counting(), await counting()];
    const deviceIds = [one, two, three].map(({ deviceId }) => deviceId);
    const id = await play().must("tess", "open", { department: "SALES", deviceIds });
    expect((await take("tim", "countStockTake", { id, lines: [one.asExpected] })).form).toMatchObject({
      state: "OPEN",
    });
    expect(await take("tim", "countStockTake", { id, lines: [one.asExpected] })).toMatchObject({
      code: "WRONG_STATE",
    });
    expect(await take("tim", "closeStockTake", { id })).toMatchObject({ code: "OPEN_ITEMS" });
    await step(server, "sam", "reportDeviceLost", { id: two.deviceId, note: "Gone" }, { form: "device" });
    const lost = { deviceId: two.deviceId, found: false };
    expect(await take("tim", "countStockTake", { id, lines: [lost] })).toMatchObject({ code: "WRONG_STATE" });
    expect((await take("tim", "countStockTake", { id, lines: [three.asExpected] })).form).toMatchObject({
      state: "COUNTED",
    });
    expect((await take("tess", "closeStockTake", { id })).form).toMatchObject({ state: "CLOSED" });
  });

  test("is technology's", async () => {
    const { id, asExpected } = await counting();
    for (const account of ["sam", "sue", "adam", "clerk"])
      expect((await take(account, "countStockTake", { id, lines: [asExpected] })).code).toMatch(
        /NOT_YOUR_ROLE|NOT_FOUND/,
      );
  });
});

describe("a stock-take", () => {
  test("follows every allocation, within five working days, and ends with it", async () => {
    const id = await allocation.stand(formPlay(server, "Allocation"), "ACCEPTED");
    const { deviceId, userId } = await db().allocation.findUniqueOrThrow({ where: { id } });
    const stockTake = await db().stockTake.findFirstOrThrow({ where: { allocationId: id } });
    // Sunday: the fifth working day is Friday, which ends at four in the afternoon in UTC.
    const dueAt = new Date("2026-11-27T16:00:00Z");
    expect(stockTake).toMatchObject({ trigger: "ALLOCATION", state: "OPEN", custodianId: userId, dueAt });
    expect((await deviceOf(deviceId!)).stockTakeDueAt).toEqual(dueAt);
    expect(await linesOf(stockTake.id)).toMatchObject([{ deviceId, custodianId: userId }]);
    await take("tim", "countStockTake", {
      id: stockTake.id,
      lines: [await asRegistered(play(), deviceId!)],
    });
    expect(await deviceOf(deviceId!)).toMatchObject({
      ...{ stockTakenAt: testNow, stockTakeDueAt: nextOverdue },
    });
    const returned = await allocation.stand(formPlay(server, "Allocation"), "RETURNED");
    expect(await db().stockTake.findFirstOrThrow({ where: { allocationId: returned } })).toMatchObject({
      state: "DROPPED",
    });
  });

  test("that is overdue is said to technology, day by day", async () => {
    const { id } = await counting();
    await keepTime(db(), daysLater(20));
    const says = async () =>
      (
        await db().notification.findMany({
          where: { recordId: id, personId: employeeId("tess") },
          orderBy: { at: "asc" },
        })
      ).map((one) => one.says);
    expect(await says()).toEqual(["A stock-take is overdue."]);
    await keepTime(db(), daysLater(21));
    expect(await says()).toHaveLength(2);
  });

  test("of a whole department is open once at a time", async () => {
    const open = () => take("tim", "openStockTake", { department: "QUALITY" });
    const other = await deviceInUse(play());
    await db().device.update({ where: { id: other }, data: { departmentCode: "QUALITY" } });
    const both = await Promise.all([open(), open()]);
    expect(both.map(({ code }) => code).sort()).toEqual(["DUPLICATE", undefined]);
    expect(await take("tim", "openStockTake", { department: "GENERAL_OFFICE" })).toMatchObject({
      code: "FORM_INCOMPLETE",
    });
    expect(await take("tim", "openStockTake", { department: "SALES", deviceIds: [other] })).toMatchObject({
      code: "NOT_FOUND",
    });
  });

  // Half a year after the demo's were opened, and late.
  test.each([131, 140])(
    "comes round half-yearly for every department with devices, once, whoever looks; after %s days",
    async (days) => {
      const fresh = await demoServer();
      try {
        const { db } = fresh.database;
        expect(await openAllStockTakes(db, testNow)).toBe(0);
        const later = daysLater(days);
        const allocated = await db.stockTake.findMany({
          where: { trigger: "ALLOCATION", state: "OPEN" },
          include: { lines: true },
        });
        const soon = allocated.flatMap(({ lines }) => lines.map(({ deviceId }) => deviceId!));
        await db.device.updateMany({
          where: { id: { in: soon } },
          data: { stockTakeDueAt: daysLater(days + 1) },
        });
        const opened = await Promise.all([1, 2].map(() => openAllStockTakes(db, later)));
        const made = await db.stockTake.findMany({
          where: { openedAt: later },
          include: { lines: { include: { device: true } } },
        });
        expect(opened[0]! + opened[1]!).toBe(made.length);
        const departments = made.map(({ departmentCode }) => departmentCode);
        expect(departments).toEqual([...new Set(departments)]);
        expect(departments).toEqual(expect.arrayContaining(["SALES", "TECHNOLOGY", "TRAINING"]));
        const there = await db.device.count({
          where: {
            state: { notIn: ["ACCEPTED", "STOCKED", "CONFIGURED", "SCRAPPED", "LOST", "WRITTEN_OFF"] },
          },
        });
        expect(made.flatMap(({ lines }) => lines)).toHaveLength(there);
        expect(made.every(({ whole, trigger }) => whole && trigger === "PERIODIC")).toBe(true);
        const inTime = made.flatMap(({ dueAt, lines }) =>
          lines.flatMap(({ device }) =>
            device?.stockTakenAt && !soon.includes(device.id) ? [device.stockTakeDueAt! >= dueAt!] : [],
          ),
        );
        // What an allocation has to have counted is to be counted as soon as before.
        const sooner = await db.device.findMany({ where: { id: { in: soon } } });
        expect(sooner.length).toBeGreaterThan(0);
        for (const { stockTakeDueAt } of sooner) expect(stockTakeDueAt).toEqual(daysLater(days + 1));
        expect(inTime.length).toBeGreaterThan(0);
        expect(inTime).not.toContain(false);
        expect(await openAllStockTakes(db, daysLater(days + 10))).toBe(0);
      } finally {
        await fresh.close();
      }
    },
  );
});

describe("a violation", () => {
  const found = async () => {
    const { id, deviceId } = await counting();
    await take("tim", "countStockTake", { id, lines: [{ deviceId, found: false }] });
    return (await violationsOf(deviceId))[0]!;
  };
  const seen = async (account: string, id: string) => {
    const query = `query ($id: ID!) { violation(id: $id) {
      state rule clause statement reason sanction amount person { name } stockTakeLine { matches } } }`;
    return (await server.executeAs(account, query, { variables: { id } })).data.violation;
  };

  test("is decided by administration, never by whom it is about; that person reads why", async () => {
    const { id } = await found();
    const decide = (account: string, mutation: string, input: object = {}) =>
      step(server, account, mutation, { id, ...input }, { form: "violation" });
    expect((await decide("sam", "reviewViolation")).code).toMatch(/SELF_DECISION|NOT_YOUR_ROLE/);
    expect((await decide("tim", "reviewViolation")).code).toMatch(/NOT_FOUND|NOT_YOUR_ROLE/);
    await decide("adam", "reviewViolation");
    expect(await decide("adam", "upholdViolation", { reason: "It was there in June" })).toMatchObject({
      ...{ code: "FORM_INCOMPLETE", paths: ["input.sanction"] },
    });
    const verdict = { reason: "It was there in June", sanction: "A warning", amount: "100.50" };
    expect((await decide("adam", "upholdViolation", verdict)).form).toMatchObject({ state: "UPHELD" });
    expect(await seen("sam", id)).toMatchObject({ ...verdict, state: "UPHELD", rule: "NOT_FOUND" });
    expect(await seen("sue", id)).toMatchObject({ state: "UPHELD", clause: "S004-P4-8" });
    // A line is technology's and its custodian's to see; what was found of it, technology's alone.
    expect(await seen("adam", id)).toMatchObject({ ...verdict, stockTakeLine: { matches: null } });
    for (const account of ["pat", "tim", "cara", "fin"]) expect(await seen(account, id)).toBeNull();
  });

  test("is not decided before that person could speak: once, on paper, and until it is decided", async () => {
    const { id } = await found();
    const take = (account: string, mutation: string, input: object = {}) =>
      step(server, account, mutation, { id, ...input }, { form: "violation" });
    const statement = "It was with tim, for repair";
    expect((await take("sue", "respondToViolation", { statement })).code).toBe("NOT_YOUR_ROLE");
    expect(await take("sam", "respondToViolation", { statement: " " })).toMatchObject({
      ...{ code: "FORM_INCOMPLETE", paths: ["input.statement"] },
    });
    expect((await take("sam", "respondToViolation", { statement })).form).toMatchObject({ state: "FOUND" });
    expect((await take("sam", "respondToViolation", { statement: "Or not" })).code).toBe("WRONG_STATE");
    for (const account of ["sam", "sue", "adam"])
      expect(await seen(account, id)).toMatchObject({ statement });
    await take("adam", "reviewViolation");
    await take("adam", "dismissViolation", { reason: "It was with tim" });
    const late = (await found()).id;
    await step(server, "adam", "reviewViolation", { id: late }, { form: "violation" });
    const verdict = { reason: "It was there in June", sanction: "A warning" };
    await step(server, "adam", "upholdViolation", { id: late, ...verdict }, { form: "violation" });
    expect(
      await step(server, "sam", "respondToViolation", { id: late, statement }, { form: "violation" }),
    ).toMatchObject({ code: "WRONG_STATE" });
  });

  test("of a reviewer is another section's or the general manager's to decide on", async () => {
    const { id, deviceId } = await counting("adam");
    await take("tim", "countStockTake", { id, lines: [{ deviceId, found: false }] });
    const [violation] = await violationsOf(deviceId);
    expect(violation).toMatchObject({ personId: employeeId("adam"), departmentCode: "ADMINISTRATION" });
    const review = (account: string) =>
      step(server, account, "reviewViolation", { id: violation!.id }, { form: "violation" });
    expect(await review("adam")).toMatchObject({ code: "SELF_DECISION" });
    expect((await review("gina")).form).toMatchObject({ state: "UNDER_REVIEW" });
  });
});
