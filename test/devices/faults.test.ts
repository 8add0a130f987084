import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FaultState } from "../../src/database/client.js";
import { testNow } from "../support/database.js";
import { freeDevice } from "../support/drivers/allocations.js";
import { deviceInUse, fault as driver } from "../support/drivers/faults.js";
import { type Asking, type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay, mutationNamed } from "../support/form-driver.js";
import { step } from "../support/steps.js";

// sam of SALES has the device, sue is the head of sales; tim and tess repair. testNow is a Sunday.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const minute = 60_000;
const minutes = (count: number): Date => new Date(testNow.getTime() + count * minute);
const days = (count: number): Date => minutes(count * 24 * 60);

type Input = Readonly<Record<string, unknown>>;
const take = (account: string, action: string, input: Input, asking: Asking & { selection?: string } = {}) =>
  step(server, account, mutationNamed("Fault", action), input, { form: "fault", ...asking });
const must = async (...asked: Parameters<typeof take>) => {
  const { form, code, needs, paths } = await take(...asked);
  if (code) throw new Error(`${asked[0]} ${asked[1]}: ${code}, ${needs}, ${paths}`);
  return form;
};
const takeDevice = (account: string, mutation: string, input: Input) =>
  step(server, account, mutation, input, { form: "device" });

const play = () => formPlay(server, "Fault");
const device = (custodian?: string) => deviceInUse(play(), custodian);
const standing = (state: FaultState) => driver.stand(play(), state);
const faultOf = (id: string) => server.database.db.fault.findUniqueOrThrow({ where: { id } });
const deviceOf = (id: string) => server.database.db.device.findUniqueOrThrow({ where: { id } });
const symptom = "It does not start.";
const report = (account: string, deviceId: string, more: Input = {}, asking: Asking = {}) =>
  take(account, "report", { deviceId, symptom, ...more }, asking);

/** What a form is repaired with, step by step. */
async function repaired(id: string, at: Date): Promise<void> {
  await must("tim", "acknowledge", { id }, { now: at });
  await must("tim", "diagnose", { id, diagnosis: "Worn out" }, { now: at });
  await must("tim", "startRepair", { id }, { now: at });
  await must("tim", "finish", { id, cost: "12.50", components: ["fan"] }, { now: at });
}

describe("a report", () => {
  test("is on record with what was found, and puts the device out of order", async () => {
    const deviceId = await device();
    const form = await must(
      "sam",
      "report",
      { deviceId, symptom, discoveredAt: minutes(-61).toISOString() },
      {
        selection:
          "{ id state formNo reportedLate reportedAt custodian { staffNo } reportedBy { staffNo } symptom }",
      },
    );
    expect(form).toMatchObject({
      ...{ state: "REPORTED", formNo: expect.stringMatching(/^F-2026-\d{4}$/), reportedLate: true, symptom },
      ...{
        reportedAt: "2026-11-22T07:00:00+00:00",
        custodian: { staffNo: "sam" },
        reportedBy: { staffNo: "sam" },
      },
    });
    expect((await deviceOf(deviceId)).state).toBe("FAULTY");
  });

  test.each<[string, number, boolean]>([
    ["at once", 0, false],
    ["an hour later", 60, false],
    ["later than an hour", 61, true],
  ])("%s after the discovery", async (_case, ago, late) => {
    const { form } = await report("sam", await device(), { discoveredAt: minutes(-ago).toISOString() });
    expect((await faultOf(form.id)).reportedLate).toBe(late);
  });

  test.each<[string, Input, string, string[]]>([
    ["without anything", { deviceId: null, symptom: null }, "FORM_INCOMPLETE", ["deviceId", "symptom"]],
    ["of nothing in words", { symptom: "  " }, "FORM_INCOMPLETE", ["symptom"]],
    ["of too much", { symptom: "x".repeat(2_001) }, "FORM_INCOMPLETE", ["symptom"]],
    [
      "of what is still to be discovered",
      { discoveredAt: minutes(1).toISOString() },
      "FORM_INCOMPLETE",
      ["discoveredAt"],
    ],
    ["of a device that there is not", { deviceId: "dev_none" }, "NOT_FOUND", ["deviceId"]],
  ])("%s is refused, and nothing is written", async (_case, input, code, paths) => {
    const deviceId = await device();
    const { db } = server.database;
    const before = [await db.fault.count(), await db.formEvent.count()];
    const refused = await report("sam", deviceId, input);
    expect(refused).toMatchObject({ code, paths: paths.map((path) => `input.${path}`) });
    expect([await db.fault.count(), await db.formEvent.count()]).toEqual(before);
    expect((await deviceOf(deviceId)).state).toBe("IN_USE");
  });

  test.each<[account: string, outcome: string]>([
    ["sam", "REPORTED"],
    ["sue", "REPORTED"],
    ["clerk", "REPORTED"],
    ["tim", "REPORTED"],
    ["fin", "NOT_YOUR_ROLE"],
    ["pat", "NOT_FOUND"],
    ["pia", "NOT_FOUND"],
    ["vic", "NOT_FOUND"],
    ["cu1", "NOT_FOUND"],
  ])("by %s: %s", async (account, outcome) => {
    const { form, code } = await report(account, await device());
    expect(code ?? form.state).toBe(outcome);
  });

  test("of a device with an open fault is a second one: DUPLICATE", async () => {
    const deviceId = await device();
    await report("sam", deviceId);
    expect(await report("sue", deviceId)).toMatchObject({ code: "DUPLICATE", paths: ["input.deviceId"] });
  });

  test("twice at once is one", async () => {
    const deviceId = await device();
    const both = await Promise.all(["sam", "sue"].map((account) => report(account, deviceId)));
    expect(both.map(({ code }) => code).sort()).toEqual(["DUPLICATE", undefined]);
    expect(await server.database.db.fault.count({ where: { deviceId } })).toBe(1);
  });

  test("of a device that is lost is refused", async () => {
    const deviceId = await device();
    await takeDevice("sam", "reportDeviceLost", { id: deviceId, note: "On the train" });
    expect(await report("sam", deviceId)).toMatchObject({ code: "WRONG_STATE", paths: ["input.deviceId"] });
  });

  test("has four working hours, and three working days overall", async () => {
    // Friday at four in the afternoon: two hours that day, and two on Monday.
    const now = new Date("2026-11-20T16:00:00+08:00");
    const { form } = await report("sam", await device(), {}, { now });
    expect(await faultOf(form.id)).toMatchObject({
      dueAt: new Date("2026-11-23T11:00:00+08:00"),
      confirmBy: new Date("2026-11-26T00:00:00+08:00"),
    });
  });
});

describe("the device along the way", () => {
  test.each<[FaultState, string]>([
    ["REPORTED", "FAULTY"],
    ["ACKNOWLEDGED", "FAULTY"],
    ["DIAGNOSED", "FAULTY"],
    ["IN_REPAIR", "IN_REPAIR"],
    ["SENT_OUT", "IN_REPAIR"],
    ["BACK", "IN_REPAIR"],
    ["REPAIRED", "IN_REPAIR"],
    ["CONFIRMED", "IN_USE"],
    ["UNREPAIRABLE", "UNREPAIRABLE"],
    ["WITHDRAWN", "IN_USE"],
    ["CLOSED", "LOST"],
  ])("of a fault that is %s is %s", async (state, expected) => {
    const { deviceId } = await faultOf(await standing(state));
    expect((await deviceOf(deviceId)).state).toBe(expected);
  });

  test("lets no customer data through from the report to the confirmation", async () => {
    const reads = async () => {
      const { data, errors } = await server.executeAs("sam", "{ customers(first: 1) { nodes { name } } }");
      return errors?.[0]?.extensions?.code ?? data.customers.nodes.length;
    };
    const { id: deviceId } = await server.database.db.device.findUniqueOrThrow({ where: { deviceNo: "D1" } });
    expect(await reads()).toBe(1);
    const { id } = (await report("sam", deviceId)).form;
    expect(await reads()).toBe("DEVICE_NOT_IN_USE");
    await repaired(id, testNow);
    expect(await reads()).toBe("DEVICE_NOT_IN_USE");
    await must("sam", "confirm", { id });
    expect(await reads()).toBe(1);
  });

  test("nobody has goes idle, and whoever answers for it confirms", async () => {
    const deviceId = await device();
    await server.database.db.device.update({
      where: { id: deviceId },
      data: { custodianId: null, departmentCode: null },
      select: { id: true },
    });
    const { id } = (await report("tim", deviceId)).form;
    await repaired(id, testNow);
    // Who has repaired it does not confirm it, though nobody else is at hand in the section.
    expect(await take("tim", "confirm", { id })).toMatchObject({ code: "NOT_YOUR_ROLE" });
    await must("clerk", "confirm", { id });
    expect(await deviceOf(deviceId)).toMatchObject({ state: "IDLE", idleSince: testNow });
  });
});

describe("minutes out of order", () => {
  const confirmedAt = async (deviceId: string, from: Date, to: Date) => {
    const { id } = (await report("sam", deviceId, {}, { now: from })).form;
    await repaired(id, from);
    await must("sam", "confirm", { id }, { now: to });
    return id;
  };

  test.each<[string, number, number]>([
    ["whole ones", 90, 90],
    ["what has begun is not over", 90.99, 90],
    ["a day", 1_440, 1_440],
    ["none", 0, 0],
  ])("%s", async (_case, took, counted) => {
    const deviceId = await device();
    const id = await confirmedAt(deviceId, testNow, minutes(took));
    expect((await faultOf(id)).downtimeMinutes).toBe(counted);
    expect((await deviceOf(deviceId)).downtimeMinutes).toBe(counted);
  });

  test("of a fault that is opened again the time between does not count", async () => {
    const deviceId = await device();
    const id = await confirmedAt(deviceId, testNow, minutes(30));
    await must("sam", "reopen", { id, note: "Dark again" }, { now: minutes(1_000) });
    await repaired(id, minutes(1_010));
    await must("sam", "confirm", { id }, { now: minutes(1_045) });
    expect((await faultOf(id)).downtimeMinutes).toBe(30 + 45);
    expect((await deviceOf(deviceId)).downtimeMinutes).toBe(75);
  });

  test("of several faults are added", async () => {
    const deviceId = await device();
    await confirmedAt(deviceId, testNow, minutes(10));
    await confirmedAt(deviceId, minutes(20), minutes(35));
    expect((await deviceOf(deviceId)).downtimeMinutes).toBe(25);
  });

  test.each<[string, number, (id: string, deviceId: string, now: Date) => Promise<unknown>]>([
    ["given up", 50, (id, _device, now) => must("tim", "giveUp", { id, verdict: "DESTROYED" }, { now })],
    ["withdrawn", 0, (id, _device, now) => must("sam", "withdraw", { id }, { now })],
    [
      "lost",
      50,
      (_id, deviceId, now) =>
        step(server, "sam", "reportDeviceLost", { id: deviceId, note: "Gone" }, { form: "device", now }),
    ],
  ])("of what is %s: %i", async (what, counted, end) => {
    const deviceId = await device();
    const { id } = (await report("sam", deviceId)).form;
    if (what === "given up") {
      await must("tim", "acknowledge", { id });
      await must("tim", "diagnose", { id, diagnosis: "Burnt" });
    }
    await end(id, deviceId, minutes(50));
    expect((await faultOf(id)).downtimeMinutes).toBe(counted);
    expect((await deviceOf(deviceId)).downtimeMinutes).toBe(counted);
  });
});

describe("whose step it is", () => {
  test.each<[action: string, from: FaultState, account: string, outcome: string, input?: Input]>([
    ["acknowledge", "REPORTED", "tess", "ACKNOWLEDGED"],
    ["acknowledge", "REPORTED", "sam", "NOT_YOUR_ROLE"],
    ["acknowledge", "REPORTED", "clerk", "NOT_YOUR_ROLE"],
    ["diagnose", "ACKNOWLEDGED", "tess", "DIAGNOSED", { diagnosis: "Burnt" }],
    ["diagnose", "ACKNOWLEDGED", "tim", "FORM_INCOMPLETE"],
    ["sendOut", "IN_REPAIR", "tim", "SENT_OUT", { centre: "A centre", dataProtected: true }],
    ["sendOut", "BACK", "tim", "SENT_OUT", { centre: "Another", dataProtected: true }],
    ["sendOut", "IN_REPAIR", "tim", "FORM_INCOMPLETE", { centre: "A centre" }],
    ["sendOut", "IN_REPAIR", "tim", "FORM_INCOMPLETE", { centre: "A centre", dataProtected: false }],
    ["sendOut", "IN_REPAIR", "tim", "FORM_INCOMPLETE", { dataProtected: true }],
    ["sendOut", "IN_REPAIR", "sam", "NOT_YOUR_ROLE", { centre: "A centre", dataProtected: true }],
    ["sendOut", "IN_REPAIR", "sue", "NOT_YOUR_ROLE", { centre: "A centre", dataProtected: true }],
    ["sendOut", "IN_REPAIR", "clerk", "NOT_YOUR_ROLE", { centre: "A centre", dataProtected: true }],
    ["sendOut", "IN_REPAIR", "fin", "NOT_YOUR_ROLE", { centre: "A centre", dataProtected: true }],
    ["finish", "IN_REPAIR", "tim", "REPAIRED", { cost: "0" }],
    ["finish", "IN_REPAIR", "tim", "FORM_INCOMPLETE"],
    ["finish", "IN_REPAIR", "tim", "FORM_INCOMPLETE", { cost: "1.005" }],
    ["finish", "IN_REPAIR", "tim", "FORM_INCOMPLETE", { cost: "1", verdict: "DESTROYED" }],
    ["finish", "IN_REPAIR", "tim", "FORM_INCOMPLETE", { cost: "1", components: [" "] }],
    ["giveUp", "DIAGNOSED", "tim", "UNREPAIRABLE", { verdict: "NO_PARTS" }],
    ["giveUp", "BACK", "tim", "UNREPAIRABLE", { verdict: "NO_PARTS" }],
    ["giveUp", "IN_REPAIR", "tim", "FORM_INCOMPLETE"],
    ["giveUp", "IN_REPAIR", "tim", "FORM_INCOMPLETE", { verdict: "REPAIRED" }],
    ["giveUp", "ACKNOWLEDGED", "tim", "WRONG_STATE", { verdict: "NO_PARTS" }],
    ["confirm", "REPAIRED", "sam", "CONFIRMED"],
    ["confirm", "REPAIRED", "sue", "NOT_YOUR_ROLE"],
    ["confirm", "REPAIRED", "tim", "NOT_YOUR_ROLE"],
    ["rejectRepair", "REPAIRED", "sam", "IN_REPAIR", { note: "Still dark" }],
    ["rejectRepair", "REPAIRED", "sam", "FORM_INCOMPLETE"],
    ["withdraw", "REPORTED", "sam", "WITHDRAWN"],
    ["withdraw", "REPORTED", "sue", "NOT_YOUR_ROLE"],
    ["withdraw", "ACKNOWLEDGED", "sam", "WRONG_STATE"],
  ])("%s from %s by %s: %s", async (action, from, account, outcome, input = {}) => {
    const id = await standing(from);
    const { form, code } = await take(account, action, { id, ...input });
    expect(code ?? form.state).toBe(outcome);
    expect((await faultOf(id)).state).toBe(code ? from : outcome);
  });

  test("a repairer does not repair what is in their own custody; another one does", async () => {
    const { id } = (await report("tim", await device("tim"))).form;
    expect(await take("tim", "acknowledge", { id })).toMatchObject({ code: "SELF_DECISION" });
    await must("tess", "acknowledge", { id });
    expect(await take("tim", "diagnose", { id, diagnosis: "Burnt" })).toMatchObject({
      code: "SELF_DECISION",
    });
  });

  test("what has been sent out is not reviewed for classified records any more", async () => {
    const id = await standing("IN_REPAIR");
    const { deviceId } = await faultOf(id);
    expect((await deviceOf(deviceId)).secretReviewedAt).toEqual(testNow);
    await must("tim", "sendOut", { id, centre: "A centre", dataProtected: true });
    expect((await deviceOf(deviceId)).secretReviewedAt).toBeNull();
  });

  test("what holds no customer data is sent out as it is", async () => {
    const id = await standing("IN_REPAIR");
    const { deviceId } = await faultOf(id);
    await server.database.db.device.update({
      where: { id: deviceId },
      data: { isCustomerListDevice: false },
      select: { id: true },
    });
    await must("tim", "sendOut", { id, centre: "A centre" });
    expect(await faultOf(id)).toMatchObject({ state: "SENT_OUT", dataProtected: false, sentAt: testNow });
  });
});

describe("opened again", () => {
  const why = { note: "Dark again" };

  test.each<[string, Date, string]>([
    ["at once", testNow, "REPORTED"],
    ["after seven days", days(7), "REPORTED"],
    ["after seven days and a millisecond", new Date(days(7).getTime() + 1), "WRONG_STATE"],
  ])("%s: %s", async (_case, now, outcome) => {
    const id = await standing("CONFIRMED");
    const { form, code } = await take("sam", "reopen", { id, ...why }, { now });
    expect(code ?? form.state).toBe(outcome);
    const { deviceId } = await faultOf(id);
    expect((await deviceOf(deviceId)).state).toBe(code ? "IN_USE" : "FAULTY");
  });

  test("is not withdrawn: a repairer had it", async () => {
    const id = await standing("CONFIRMED");
    await must("sam", "reopen", { id, ...why });
    expect(await take("sam", "withdraw", { id })).toMatchObject({ code: "WRONG_STATE" });
  });

  test("not beside another fault, nor in other hands", async () => {
    const id = await standing("CONFIRMED");
    const { deviceId } = await faultOf(id);
    const other = (await report("sam", deviceId)).form.id;
    expect(await take("sam", "reopen", { id, ...why })).toMatchObject({ code: "DUPLICATE" });
    await must("sam", "withdraw", { id: other });
    const { id: custodianId } = await server.callerOf("sue");
    await server.database.db.device.update({
      where: { id: deviceId },
      data: { custodianId },
      select: { id: true },
    });
    expect(await take("sam", "reopen", { id, ...why })).toMatchObject({ code: "WRONG_STATE" });
  });
});

describe("who sees which part", () => {
  const query = `query ($id: ID!) { fault(id: $id) {
    state device { id } symptom diagnosis repairer { staffNo } centre cost history { action } } }`;

  test.each<[string, object | null]>([
    ["sam", { symptom, diagnosis: null, repairer: { staffNo: "tim" }, centre: null, cost: null }],
    ["sue", { symptom: null, diagnosis: null, repairer: null, centre: null, cost: null }],
    ["clerk", { symptom: null, diagnosis: null, repairer: null, centre: null, cost: "10.00" }],
    ["fin", { symptom: null, diagnosis: null, repairer: null, centre: null, cost: "10.00" }],
    [
      "tess",
      {
        symptom,
        diagnosis: "The power supply is broken.",
        repairer: { staffNo: "tim" },
        centre: null,
        cost: null,
      },
    ],
    ["pat", null],
    ["vic", null],
  ])("%s", async (account, seen) => {
    const id = await standing("REPAIRED");
    const { deviceId } = await faultOf(id);
    const { data } = await server.executeAs(account, query, { variables: { id } });
    const steps = ["report", "acknowledge", "diagnose", "startRepair", "finish"];
    expect(data.fault).toEqual(
      seen && {
        ...{ ...seen, state: "REPAIRED", device: { id: deviceId } },
        history: steps.map((action) => ({ action })),
      },
    );
  });

  test("lists are filtered, by device and by what is over its time", async () => {
    const id = await standing("REPORTED");
    const { deviceId } = await faultOf(id);
    const list = async (account: string, where: object) => {
      const { data, errors } = await server.executeAs(
        account,
        "query ($where: FaultWhere) { faults(where: $where) { nodes { id } } }",
        { variables: { where } },
      );
      return errors?.[0]?.extensions?.code ?? data.faults.nodes.map((one: { id: string }) => one.id);
    };
    const over = { dueAt: { lt: days(30).toISOString() }, state: { in: ["REPORTED"] } };
    expect(await list("sam", over)).toContain(id);
    expect(await list("sam", { dueAt: { lt: testNow.toISOString() } })).not.toContain(id);
    expect(await list("tim", { cost: { gt: "1" } })).toBe("FILTER_FORBIDDEN");
    const { data } = await server.executeAs(
      "sam",
      "query ($id: ID!) { device(id: $id) { faults { nodes { id } } } }",
      { variables: { id: deviceId } },
    );
    expect(data.device.faults.nodes).toEqual([{ id }]);
  });
});

describe("a repair", () => {
  test("brings the device's file up to date, and what was reviewed of it is void", async () => {
    const deviceId = await device();
    await server.database.db.device.update({
      where: { id: deviceId },
      data: { secretReviewedAt: testNow, sealNo: "SEAL-1", components: ["disk", "fan"] },
    });
    const { form } = await report("sam", deviceId);
    await must("tim", "acknowledge", { id: form.id });
    await must("tim", "diagnose", { id: form.id, diagnosis: "Worn out" });
    await must("tim", "startRepair", { id: form.id });
    const { version } = await deviceOf(deviceId);
    await must("tim", "finish", {
      ...{ id: form.id, cost: "10.00", components: ["fan"] },
      ...{ deviceComponents: ["disk", "fan, silent"], sealNo: "SEAL-2" },
    });
    expect(await deviceOf(deviceId)).toMatchObject({
      ...{ sealNo: "SEAL-2", components: ["disk", "fan, silent"], secretReviewedAt: null },
      version: version + 1,
    });
  });

  test("that left everything as it was leaves the file, too", async () => {
    const deviceId = await device();
    const before = await deviceOf(deviceId);
    const { form } = await report("sam", deviceId);
    await must("tim", "acknowledge", { id: form.id });
    await must("tim", "diagnose", { id: form.id, diagnosis: "A loose plug" });
    await must("tim", "startRepair", { id: form.id });
    await must("tim", "finish", { id: form.id, verdict: "NOTHING_FOUND", cost: "0" });
    const { sealNo, components, version } = before;
    expect(await deviceOf(deviceId)).toMatchObject({ sealNo, components, version });
  });
});

test.each([
  ["nobody", null],
  ["somebody by the register alone", "sam"],
] as const)("what %s used yet is what it was when its fault is over", async (_whose, account) => {
  const { id: deviceId } = await freeDevice({ server });
  const custodianId = account && (await server.callerOf(account)).id;
  await server.database.db.device.update({ where: { id: deviceId }, data: { custodianId } });
  for (const over of ["withdraw", "confirm"] as const) {
    const { form } = await report("clerk", deviceId);
    if (over === "withdraw") await must("clerk", "withdraw", { id: form.id });
    else {
      await repaired(form.id, testNow);
      await must(account ?? "clerk", "confirm", { id: form.id });
    }
    expect([over, (await deviceOf(deviceId)).state]).toEqual([over, "REGISTERED"]);
  }
});
