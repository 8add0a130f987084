import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planAllMaintenance } from "../../src/devices/maintenance/plan-all.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { deviceInUse, maintenanceTask as driver } from "../support/drivers/faults.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { step } from "../support/steps.js";

// testNow is three in the afternoon of 22 November 2026 in Shanghai: 90 days later is 20 February 2027.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const kinds = ["HARDWARE", "SOFTWARE", "TUNING"];
const inDays = (count: number): Date => new Date(testNow.getTime() + count * 86_400_000);
const endOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+08:00`) + 86_400_000);
const dayOf = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

const take = (account: string, mutation: string, input: object, now = testNow) =>
  step(server, account, mutation, input, { form: "maintenanceTask", now });
const play = () => formPlay(server, "MaintenanceTask");
const device = () => deviceInUse(play());
const deviceOf = (id: string) => server.database.db.device.findUniqueOrThrow({ where: { id } });
const tasksOf = async (deviceId: string) =>
  (
    await server.database.db.maintenanceTask.findMany({
      where: { deviceId },
      orderBy: [{ dueOn: "asc" }, { kind: "asc" }],
    })
  ).map(({ id, kind, state, dueOn }) => ({ id, kind, state, dueOn: dueOn.toISOString().slice(0, 10) }));
const scheduled = (dueOn: string) =>
  kinds.map((kind) => expect.objectContaining({ kind, state: "SCHEDULED", dueOn }));

describe("the plan of a device", () => {
  test("begins with its registration: every kind, after its interval", async () => {
    const deviceId = await device();
    const dueOn = dayOf(inDays(90));
    expect(await tasksOf(deviceId)).toEqual(scheduled(dueOn));
    expect((await deviceOf(deviceId)).nextMaintenanceAt).toEqual(endOf(dueOn));
  });

  test("goes on with what is done: the next one counts from then", async () => {
    const deviceId = await device();
    await server.database.db.device.update({
      where: { id: deviceId },
      data: { maintenanceIntervalDays: 30 },
      select: { id: true },
    });
    const first = (await tasksOf(deviceId))[0]!;
    const { code } = await take(
      "tim",
      "completeMaintenance",
      { id: first.id, result: "Cleaned" },
      inDays(10),
    );
    expect(code).toBeUndefined();
    const [next, ...others] = await tasksOf(deviceId);
    expect(next).toMatchObject({ kind: first.kind, state: "SCHEDULED", dueOn: dayOf(inDays(40)) });
    expect(others.map(({ state }) => state)).toEqual(["DONE", "SCHEDULED", "SCHEDULED"]);
    expect(await deviceOf(deviceId)).toMatchObject({
      lastMaintainedAt: inDays(10),
      nextMaintenanceAt: endOf(dayOf(inDays(40))),
      ...{ state: "IN_USE", downtimeMinutes: 0 },
    });
  });

  test("takes nothing on of a device that is lost while somebody plans it", async () => {
    const deviceId = await device();
    const before = await tasksOf(deviceId);
    const plan = { deviceId, kind: "TUNING", dueOn: dayOf(inDays(7)) };
    const [refused] = await atOnce(
      server.database,
      { table: "Device", id: deviceId },
      [() => take("tim", "planMaintenance", plan)],
      `UPDATE "Device" SET "state" = 'LOST' WHERE "id" = '${deviceId}'`,
    );
    expect(refused).toMatchObject({ code: "WRONG_STATE", paths: ["input.deviceId"] });
    expect(await tasksOf(deviceId)).toEqual(before);
  });

  test("goes on although somebody has planned one of the same kind for later", async () => {
    const deviceId = await device();
    const first = (await tasksOf(deviceId))[0]!;
    const later = { deviceId, kind: first.kind, dueOn: dayOf(inDays(400)) };
    expect((await take("tim", "planMaintenance", later)).code).toBeUndefined();
    await take("tim", "completeMaintenance", { id: first.id, result: "Cleaned" }, inDays(10));
    const scheduled = (await tasksOf(deviceId)).filter(
      ({ kind, state }) => kind === first.kind && state === "SCHEDULED",
    );
    expect(scheduled.map(({ dueOn }) => dueOn).sort()).toEqual([dayOf(inDays(100)), dayOf(inDays(400))]);
  });

  test("goes on with what is left out, and nothing was maintained", async () => {
    const deviceId = await device();
    const { id } = (await tasksOf(deviceId))[0]!;
    await take("tim", "skipMaintenance", { id, note: "On a journey" }, inDays(90));
    expect((await tasksOf(deviceId)).map(({ state }) => state).sort()).toEqual([
      ...["SCHEDULED", "SCHEDULED", "SCHEDULED", "SKIPPED"],
    ]);
    expect((await deviceOf(deviceId)).lastMaintainedAt).toBeNull();
  });

  test("ends with the device", async () => {
    const deviceId = await device();
    const note = "Gone";
    await step(server, "sam", "reportDeviceLost", { id: deviceId, note }, { form: "device" });
    const { id } = (await tasksOf(deviceId))[0]!;
    expect(await take("tim", "completeMaintenance", { id, result: "Cleaned" })).toMatchObject({
      code: "WRONG_STATE",
    });
    await step(server, "fin", "writeOffDevice", { id: deviceId, note }, { form: "device" });
    expect((await tasksOf(deviceId)).map(({ state }) => state)).toEqual(kinds.map(() => "DROPPED"));
  });

  test("is made by the clock for what has none, once, whoever looks", async () => {
    const { db } = server.database;
    await planAllMaintenance(db, testNow);
    const [bare, known] = [await device(), await device()];
    await db.maintenanceTask.deleteMany({ where: { deviceId: { in: [bare, known] } } });
    const nextMaintenanceAt = new Date("2026-11-30T12:00:00+08:00");
    await db.device.updateMany({ where: { id: bare }, data: { nextMaintenanceAt: null } });
    await db.device.updateMany({ where: { id: known }, data: { nextMaintenanceAt } });
    await Promise.all([1, 2].map(() => planAllMaintenance(db, testNow)));
    expect(await tasksOf(bare)).toEqual(scheduled(dayOf(inDays(90))));
    expect(await tasksOf(known)).toEqual(scheduled("2026-11-30"));
    expect(await planAllMaintenance(db, testNow)).toBe(0);
  });

  test("of the demo organisation is whole", async () => {
    const fresh = await demoServer();
    try {
      expect(await planAllMaintenance(fresh.database.db, testNow)).toBe(0);
    } finally {
      await fresh.close();
    }
  });
});

describe("planned by hand", () => {
  const today = dayOf(testNow);

  test.each(["tim", "clerk"])("by %s, beside what comes round", async (account) => {
    const deviceId = await device();
    const input = { deviceId, kind: "SOFTWARE", dueOn: today };
    const { form, code } = await take(account, "planMaintenance", input);
    expect(code ?? form.state).toBe("SCHEDULED");
    expect(await tasksOf(deviceId)).toHaveLength(4);
    expect((await deviceOf(deviceId)).nextMaintenanceAt).toEqual(endOf(today));
    await take("tim", "completeMaintenance", { id: form.id, result: "Updated" });
    expect((await tasksOf(deviceId)).filter(({ state }) => state === "SCHEDULED")).toHaveLength(3);
    expect(await take(account, "planMaintenance", input)).not.toHaveProperty("code");
  });

  test("twice at once for one day is once", async () => {
    const input = { deviceId: await device(), kind: "SOFTWARE", dueOn: today };
    const both = await Promise.all([1, 2].map(() => take("tim", "planMaintenance", input)));
    expect(both.map(({ code }) => code).sort()).toEqual(["DUPLICATE", undefined]);
  });

  test.each<[string, string, object, string, string[]]>([
    [
      "without anything",
      "tim",
      { deviceId: null, kind: null, dueOn: null },
      "FORM_INCOMPLETE",
      ["deviceId", "kind", "dueOn"],
    ],
    ["for yesterday", "tim", { dueOn: dayOf(inDays(-1)) }, "FORM_INCOMPLETE", ["dueOn"]],
    ["for the next century", "tim", { dueOn: "2100-01-01" }, "FORM_INCOMPLETE", ["dueOn"]],
    ["of a device that there is not", "tim", { deviceId: "dev_none" }, "NOT_FOUND", ["deviceId"]],
    ["by its user", "sam", {}, "NOT_YOUR_ROLE", []],
    ["by finance", "fin", {}, "NOT_YOUR_ROLE", []],
  ])("%s is refused, and nothing is written", async (_case, account, input, code, paths) => {
    const deviceId = await device();
    const taken = await take(account, "planMaintenance", {
      ...{ deviceId, kind: "TUNING", dueOn: today },
      ...input,
    });
    expect(taken).toMatchObject({ code, paths: paths.map((path) => `input.${path}`) });
    expect(await tasksOf(deviceId)).toHaveLength(3);
  });

  test("of a device that is gone is refused", async () => {
    const deviceId = await device();
    await step(server, "sam", "reportDeviceLost", { id: deviceId, note: "Gone" }, { form: "device" });
    expect(await take("tim", "planMaintenance", { deviceId, kind: "TUNING", dueOn: today })).toMatchObject({
      code: "WRONG_STATE",
      paths: ["input.deviceId"],
    });
  });
});

test("nobody maintains what they have themselves", async () => {
  const deviceId = await deviceInUse(play(), "tim");
  const { id } = (await tasksOf(deviceId))[0]!;
  const input = { id, result: "Cleaned" };
  expect(await take("tim", "completeMaintenance", input)).toMatchObject({ code: "SELF_DECISION" });
  expect((await take("tess", "completeMaintenance", input)).form).toMatchObject({ state: "DONE" });
});

test("what is due within a week, and what is overdue, is said to technology, once each", async () => {
  const deviceId = await device();
  const { id } = (await tasksOf(deviceId))[0]!;
  const { db } = server.database;
  const told = async () =>
    (
      await db.notification.findMany({
        where: { recordId: id },
        select: { says: true, person: { select: { staffNo: true } } },
        orderBy: [{ says: "asc" }, { person: { staffNo: "asc" } }],
      })
    ).map(({ says, person }) => [says, person.staffNo]);
  const due = (await db.maintenanceTask.findUniqueOrThrow({ where: { id } })).dueAt!;
  await db.maintenanceTask.deleteMany({ where: { id: { not: id }, doneAt: null } });
  const soon = ["tess", "tim"].map((account) => [
    "The maintenance of a device is due within 7 days.",
    account,
  ]);
  const late = ["tess", "tim"].map((account) => ["The maintenance of a device is overdue.", account]);
  const before = (milliseconds: number) => new Date(due.getTime() - milliseconds);
  const week = 7 * 86_400_000;
  for (const [at, expected] of [
    [before(week + 1), []],
    [before(week), soon],
    [before(1), soon],
    [due, [...soon, ...late]],
    [inDays(120), [...soon, ...late]],
  ] as const) {
    await keepTime(db, at);
    expect(await told()).toEqual(expected);
  }
});

describe("who sees which part", () => {
  test.each<[string, object | null]>([
    ["sam", { kind: null, result: null, state: "DONE" }],
    ["sue", { kind: null, result: null, state: "DONE" }],
    ["clerk", { kind: null, result: null, state: "DONE" }],
    ["tess", { kind: "TUNING", result: "Done.", state: "DONE" }],
    ["fin", { kind: null, result: null, state: "DONE" }],
    ["pat", null],
  ])("%s", async (account, seen) => {
    const id = await driver.stand(play(), "DONE");
    const { data } = await server.executeAs(
      account,
      "query ($id: ID!) { maintenanceTask(id: $id) { kind result state } }",
      { variables: { id } },
    );
    expect(data.maintenanceTask).toEqual(seen);
  });

  test("lists are filtered by what is over its time, and are an edge of the device", async () => {
    const deviceId = await device();
    const { data } = await server.executeAs(
      "tim",
      "query ($id: ID!, $where: MaintenanceTaskWhere) { device(id: $id) { maintenance(where: $where) { totalCount } } }",
      { variables: { id: deviceId, where: { dueAt: { lt: inDays(92).toISOString() } } } },
    );
    expect(data.device.maintenance.totalCount).toBe(3);
  });
});
