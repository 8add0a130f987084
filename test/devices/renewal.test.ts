import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoId } from "../../src/database/demo/id.js";
import { employeeId } from "../../src/database/demo/people.js";
import { deviceWorkflow } from "../../src/devices/device.workflow.js";
import { endOfDay } from "../../src/workflow/calendar.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { allocation } from "../support/drivers/allocations.js";
import { bring, device } from "../support/drivers/devices.js";
import { deviceInUse } from "../support/drivers/faults.js";
import { reasonsFor, renewalPlan, successorOf } from "../support/drivers/reviews-and-renewals.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { withoutTrace } from "../support/forms.js";
import { step } from "../support/steps.js";

// What technology or business has left behind is replaced by a plan, and on its day is not used any more (S000-4.4c).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const hour = 3_600_000;
const day = 24 * hour;
const today = testNow.toISOString().slice(0, 10);

const take = (account: string, mutation: string, input: object, now = testNow) =>
  step(server, account, mutation, input, { form: "renewalPlan", now });
const plan = (account: string, deviceId: string | null, plannedFor: string | null, more: object = {}) =>
  take(account, "planDeviceRenewal", { deviceId, ...reasonsFor, plannedFor, ...more });
const must = (form: string) => formPlay(server, form).must;
const inUse = (custodian?: string) => deviceInUse({ server, now: testNow }, custodian);
const bringDevice = (id: string, action: string) => bring(formPlay(server, "Device"), id, action);
const planOf = (id: string) => server.database.db.renewalPlan.findUniqueOrThrow({ where: { id } });
const stateOfDevice = async (id: string) =>
  (await server.database.db.device.findUniqueOrThrow({ where: { id }, select: { state: true } })).state;

/** A plan in a state, and its device. */
async function planned(state = "PLANNED") {
  const id = await renewalPlan.stand(formPlay(server, "RenewalPlan"), state);
  return { id, deviceId: (await planOf(id)).deviceId };
}
const standing = async ({ id, deviceId }: { id: string; deviceId: string }) => [
  (await planOf(id)).state,
  await stateOfDevice(deviceId),
];

const said = async (id: string) =>
  (
    await server.database.db.notification.findMany({
      where: { recordId: id },
      orderBy: [{ at: "asc" }],
      select: { person: { select: { staffNo: true } }, says: true },
    })
  )
    .map(({ person, says }) => `${person.staffNo}: ${says}`)
    .sort();

test("whoever has it and administration hear of it a month and a week before; on its day it is out of use", async () => {
  const { db } = server.database;
  const deviceId = await inUse();
  const { form } = await plan("clerk", deviceId, "2027-02-01");
  const one = { id: form.id as string, deviceId };
  const { comesAt } = await planOf(one.id);
  expect(comesAt).toEqual(endOfDay("2027-01-31"));
  await keepTime(db, new Date(comesAt.getTime() - 31 * day));
  expect(await said(one.id)).toEqual([]);
  const month = "A device is to be replaced within 30 days.";
  await keepTime(db, new Date(comesAt.getTime() - 30 * day));
  expect(await said(one.id)).toEqual([`clerk: ${month}`, `sam: ${month}`]);
  const week = "A device is to be replaced within 7 days.";
  await keepTime(db, new Date(comesAt.getTime() - 7 * day));
  expect((await said(one.id)).filter((line) => line.endsWith(week))).toEqual([
    ...[`clerk: ${week}`, `sam: ${week}`, `sue: ${week}`],
  ]);
  expect(await standing(one)).toEqual(["PLANNED", "IN_USE"]);
  await keepTime(db, comesAt);
  expect(await standing(one)).toEqual(["DUE", "RENEWAL_PLANNED"]);
  const { dueAt } = await planOf(one.id);
  await keepTime(db, new Date(dueAt!.getTime() + hour));
  const overdue = "The renewal of a device is overdue.";
  expect((await said(one.id)).filter((line) => line.endsWith(overdue))).toEqual([
    `ada: ${overdue}`,
    `clerk: ${overdue}`,
  ]);
});

test("a plan for today takes the device out of use at once", async () => {
  const deviceId = await inUse();
  const { form } = await plan("ada", deviceId, today);
  expect(form.state).toBe("DUE");
  expect(await stateOfDevice(deviceId)).toBe("RENEWAL_PLANNED");
});

describe("a plan is made", () => {
  test("by administration, and not by whoever has the device", async () => {
    const deviceId = await inUse("clerk");
    await withoutTrace(server, async () => {
      expect(await plan("clerk", deviceId, "2027-02-01")).toMatchObject({ code: "SELF_DECISION" });
      for (const account of ["sue", "tim", "gina", "fin", "adam"])
        expect([account, (await plan(account, deviceId, "2027-02-01")).code]).toEqual([
          account,
          "NOT_YOUR_ROLE",
        ]);
    });
    expect((await plan("ada", deviceId, "2027-02-01")).form.state).toBe("PLANNED");
  });

  test.each<[string, object, readonly string[]]>([
    [
      "nothing",
      { deviceId: null, necessity: null, feasibility: null, plannedFor: null },
      ["input.deviceId", "input.feasibility", "input.necessity", "input.plannedFor"],
    ],
    ["empty reasons", { necessity: " ", feasibility: "" }, ["input.feasibility", "input.necessity"]],
    ["a day that has passed", { plannedFor: "2026-01-01" }, ["input.plannedFor"]],
    ["a day too far away", { plannedFor: "2100-01-01" }, ["input.plannedFor"]],
  ])("not with %s", async (_case, more, paths) => {
    const deviceId = await inUse();
    await withoutTrace(server, async () => {
      const refused = await plan("clerk", deviceId, "2027-02-01", more);
      expect(refused.code).toBe("FORM_INCOMPLETE");
      expect([...refused.paths].sort()).toEqual(paths);
    });
  });

  test("not of a device that there is not, or that is not there", async () => {
    expect(await plan("clerk", "dev_none", "2027-02-01")).toMatchObject({ code: "NOT_FOUND" });
    for (const state of ["STOCKED", "UNREPAIRABLE", "SCRAP_REQUESTED", "LOST", "SCRAPPED", "WRITTEN_OFF"]) {
      const id = await device.stand(formPlay(server, "Device"), state);
      expect([state, (await plan("clerk", id, "2027-02-01")).code]).toEqual([state, "WRONG_STATE"]);
    }
  });

  test("once at a time: of two at once one is", async () => {
    const id = await inUse();
    const both = await atOnce(server.database, { table: "Device", id }, [
      () => plan("clerk", id, "2027-02-01"),
      () => plan("ada", id, "2027-03-01"),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(["DUPLICATE", undefined]);
    expect(await plan("clerk", id, "2027-04-01")).toMatchObject({
      code: "DUPLICATE",
      paths: ["input.deviceId"],
    });
  });
});

test("a device that is being repaired on its day is out of use once it works again", async () => {
  const one = await planned();
  await bringDevice(one.deviceId, "breakDown");
  await bringDevice(one.deviceId, "goToRepair");
  const { comesAt } = await planOf(one.id);
  await keepTime(server.database.db, comesAt);
  expect(await standing(one)).toEqual(["DUE", "IN_REPAIR"]);
  await bringDevice(one.deviceId, "restore");
  expect(await standing(one)).toEqual(["DUE", "RENEWAL_PLANNED"]);
  const history = await server.database.db.formEvent.findMany({
    where: { recordId: one.deviceId },
    orderBy: { seq: "desc" },
    take: 2,
    select: { action: true, byId: true },
  });
  expect(history).toEqual([
    { action: "planRenewal", byId: null },
    { action: "restore", byId: null },
  ]);
});

test("a device that is repaired before its day goes on being used", async () => {
  const one = await planned();
  await bringDevice(one.deviceId, "breakDown");
  await bringDevice(one.deviceId, "restore");
  expect(await standing(one)).toEqual(["PLANNED", "IN_USE"]);
});

describe("another device takes its place", () => {
  test("and it lies idle", async () => {
    const one = await planned("DUE");
    const successorId = await successorOf({ server, now: testNow });
    expect((await take("clerk", "replaceDevice", { id: one.id, successorId })).form.state).toBe("EXECUTED");
    expect(await standing(one)).toEqual(["EXECUTED", "IDLE"]);
    expect(await planOf(one.id)).toMatchObject({ successorId, executedAt: testNow });
  });

  test("which is there, and another one", async () => {
    const one = await planned("DUE");
    const scrapped = await device.stand(formPlay(server, "Device"), "SCRAPPED");
    await withoutTrace(server, async () => {
      const replace = async (successorId: string | null) => {
        const { code, paths } = await take("clerk", "replaceDevice", { id: one.id, successorId });
        return [code, paths];
      };
      expect(await replace(null)).toEqual(["FORM_INCOMPLETE", ["input.successorId"]]);
      expect(await replace(one.deviceId)).toEqual(["FORM_INCOMPLETE", ["input.successorId"]]);
      expect(await replace("dev_none")).toEqual(["NOT_FOUND", ["input.successorId"]]);
      expect(await replace(scrapped)).toEqual(["WRONG_STATE", ["input.successorId"]]);
    });
  });

  test("two plans that name each other's devices do not wait for one another for ever", async () => {
    const [one, other] = [await planned("DUE"), await planned("DUE")];
    for (const { deviceId } of [one, other])
      await server.database.db.device.update({
        where: { id: deviceId },
        data: { state: "IDLE" },
        select: { id: true },
      });
    const both = await Promise.all([
      take("clerk", "replaceDevice", { id: one.id, successorId: other.deviceId }),
      take("ada", "replaceDevice", { id: other.id, successorId: one.deviceId }),
    ]);
    expect(both.map(({ code }) => code)).toEqual([undefined, undefined]);
  });
});

describe("a device that is let go", () => {
  const scrap = (account: string, mutation: string, input: object) =>
    step(server, account, mutation, input, { form: "scrapSheet" });

  test("carries out its plan with finance's word, and can be planned for anew should it stay", async () => {
    const one = await planned("DUE");
    const sheet = await scrap("clerk", "requestScrap", { deviceId: one.deviceId, verdict: "Old" });
    expect(await standing(one)).toEqual(["DUE", "SCRAP_REQUESTED"]);
    await withoutTrace(server, async () => {
      expect(await take("clerk", "dropDeviceRenewal", { id: one.id, note: "No." })).toMatchObject({
        code: "WRONG_STATE",
        needs: "a device that is not proposed for scrapping",
      });
      const successorId = demoId("dev", 5);
      expect(await take("clerk", "replaceDevice", { id: one.id, successorId })).toMatchObject({
        code: "WRONG_STATE",
      });
    });
    await scrap("fin", "approveScrap", { id: sheet.form.id });
    expect(await standing(one)).toEqual(["EXECUTED", "SCRAP_APPROVED"]);
    expect((await planOf(one.id)).executedAt).toEqual(testNow);
    await scrap("clerk", "withdrawScrap", { id: sheet.form.id });
    expect(await standing(one)).toEqual(["EXECUTED", "RENEWAL_PLANNED"]);
    const anew = await plan("clerk", one.deviceId, "2027-02-01");
    await take("clerk", "dropDeviceRenewal", { id: anew.form.id, note: "It is kept." });
    expect(await standing({ ...one, id: anew.form.id })).toEqual(["DROPPED", "IDLE"]);
  });

  test("before its day by another way ends its plan", async () => {
    const one = await planned();
    for (const action of ["breakDown", "giveUp", "requestScrap", "approveScrap"])
      await bringDevice(one.deviceId, action);
    expect(await standing(one)).toEqual(["PLANNED", "SCRAP_APPROVED"]);
    await bringDevice(one.deviceId, "scrap");
    expect(await standing(one)).toEqual(["DROPPED", "SCRAPPED"]);
  });
});

describe("a plan is dropped", () => {
  test("with a reason; the device goes on, or lies idle where its day had come", async () => {
    const [before, after] = [await planned(), await planned("DUE")];
    expect(await take("clerk", "dropDeviceRenewal", { id: before.id })).toMatchObject({
      code: "FORM_INCOMPLETE",
      paths: ["input.note"],
    });
    for (const { id } of [before, after])
      expect((await take("clerk", "dropDeviceRenewal", { id, note: "Enough memory." })).code).toBeUndefined();
    expect(await standing(before)).toEqual(["DROPPED", "IN_USE"]);
    expect(await standing(after)).toEqual(["DROPPED", "IDLE"]);
    expect(await said(after.id)).toContain("sam: A device is not replaced after all.");
  });

  test.each(["PLANNED", "DUE"])("by itself when the device is lost: %s", async (state) => {
    const one = await planned(state);
    await must("Device")("sam", "lose", { id: one.deviceId, note: "On the train." });
    expect(await standing(one)).toEqual(["DROPPED", "LOST"]);
    await must("Device")("tim", "recover", { id: one.deviceId, note: "Found.", sealNo: "SEAL-9" });
    expect((await plan("clerk", one.deviceId, "2027-02-01")).code).toBeUndefined();
  });
});

test("whoever takes the device up meanwhile hears of it in place of who had it", async () => {
  const one = await planned();
  await bringDevice(one.deviceId, "fallIdle");
  await bringDevice(one.deviceId, "takeUp");
  const events = () => server.database.db.formEvent.count({ where: { recordId: one.id } });
  const before = await events();
  await bringDevice(one.deviceId, "fallIdle");
  await server.database.db.device.update({
    where: { id: one.deviceId },
    data: { custodianId: employeeId("pat") },
    select: { id: true },
  });
  await bringDevice(one.deviceId, "takeUp");
  expect((await planOf(one.id)).custodianId).toBe(employeeId("pat"));
  expect(await events()).toBe(before + 1);
  const query = "query ($id: ID!) { renewalPlan(id: $id) { necessity } }";
  const sees = async (account: string) =>
    (await server.executeAs(account, query, { variables: { id: one.id } })).data?.renewalPlan ?? null;
  for (const account of ["pat", "clerk", "tim", "fin"])
    expect([account, await sees(account)]).toEqual([account, { necessity: reasonsFor.necessity }]);
  for (const account of ["sam", "pia", "cara", "cu1"])
    expect([account, await sees(account)]).toEqual([account, null]);
});

test("nobody takes a device out of use for its renewal, or back, but the plan", () => {
  const { planRenewal, dropRenewal } = deviceWorkflow.actions;
  expect([planRenewal.who, dropRenewal.who]).toEqual([[{ is: "system" }], [{ is: "system" }]]);
});

test.each([
  ["replaceDevice", async () => ({ successorId: await successorOf({ server, now: testNow }) })],
  ["dropDeviceRenewal", async () => ({ note: "Kept" })],
] as const)("%s: what was being repaired on its day lies idle after its repair", async (mutation, input) => {
  const deviceId = await inUse();
  const fault = await must("Fault")("sam", "report", { deviceId, symptom: "Dark" });
  const { form } = await plan("clerk", deviceId, today);
  expect([form.state, await stateOfDevice(deviceId)]).toEqual(["DUE", "FAULTY"]);
  expect((await take("clerk", mutation, { id: form.id, ...(await input()) })).code).toBeUndefined();
  for (const [action, more] of [
    ["acknowledge", {}],
    ["diagnose", { diagnosis: "Worn out" }],
    ["startRepair", {}],
    ["finish", { cost: "1.00" }],
  ] as const)
    await must("Fault")("tim", action, { id: fault, ...more });
  await must("Fault")("sam", "confirm", { id: fault });
  expect(await stateOfDevice(deviceId)).toBe("IDLE");
});

test("a plan is about whoever has the device, also when it was given back", async () => {
  const id = await allocation.stand(formPlay(server, "Allocation"), "CHECKED_IT");
  const { deviceId, userId } = await server.database.db.allocation.findUniqueOrThrow({ where: { id } });
  const { form } = await plan("clerk", deviceId, "2027-02-01");
  expect(await planOf(form.id)).toMatchObject({ custodianId: userId });
  await must("Allocation")("tim", "return", { id });
  expect(await planOf(form.id)).toMatchObject({ custodianId: null });
});

test("nobody drops the renewal of what they have come to have by the register", async () => {
  const { id, deviceId } = await planned();
  const clerk = employeeId("clerk");
  await server.database.db.device.update({ where: { id: deviceId }, data: { custodianId: clerk } });
  expect(await take("clerk", "dropDeviceRenewal", { id, note: "Kept" })).toMatchObject({
    code: "SELF_DECISION",
  });
  expect((await take("ada", "dropDeviceRenewal", { id, note: "Kept" })).form.state).toBe("DROPPED");
});
