import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoCredential, hashCredential } from "../../src/people/device-credential.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { testNow, testSecret } from "../support/database.js";
import { freeDevice, issued, newUser, nextAddress, signed, sound } from "../support/drivers/allocations.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { daysLater } from "../support/form-steps.js";
import { step } from "../support/steps.js";

// How a device comes into somebody's hands and leaves them, and what can be read on it meanwhile (rulebook 2.4 F).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const take = (account: string, mutation: string, input: object, now = testNow) =>
  step(server, account, mutation, input, { form: "allocation", now });

async function must(account: string, mutation: string, input: object, now = testNow): Promise<string> {
  const { code, needs, paths, form } = await take(account, mutation, input, now);
  expect([mutation, code, needs, paths]).toEqual([mutation, undefined, undefined, []]);
  return (input as { id?: string }).id ?? form.id;
}

const device = (id: string) => server.database.db.device.findUniqueOrThrow({ where: { id } });
const form = (id: string) => server.database.db.allocation.findUniqueOrThrow({ where: { id } });

const request = (employeeId: string) => must("sue", "requestAllocation", { employeeId, need: "Visits" });

interface Handed {
  readonly id: string;
  readonly device: { readonly id: string; readonly deviceNo: string | null };
  readonly user: { readonly id: string; readonly staffNo: string };
}

/** A device that has been made ready for a new seller, or that they have. */
async function handed(state: "ALLOCATED" | "ISSUED" | "ACCEPTED", more: object = {}): Promise<Handed> {
  const [user, free] = [await newUser({ server }), await freeDevice({ server }, more)];
  const id = await request(user.id);
  await must("clerk", "allocateDevice", { id, deviceId: free.id });
  if (state !== "ALLOCATED") await must("tim", "issueAllocation", { id, ...issued() });
  if (state === "ACCEPTED") await must(user.staffNo, "acceptAllocation", { id, ...signed });
  return { id, device: free, user };
}

const goBack = async ({ id, user }: Handed, now = testNow): Promise<void> => {
  await must(user.staffNo, "requestDeviceTransfer", { id }, now);
  await must("sue", "agreeToDeviceTransfer", { id }, now);
};

describe("what is not set up is not used for customer data (S000-4.1b)", () => {
  const write = async (id: string, given: object) => {
    const { version } = await device(id);
    const { errors } = await server.executeAs(
      "tim",
      "mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { device { state } } }",
      { variables: { input: { id, version, ...given } } },
    );
    expect(errors).toBeUndefined();
  };

  test.each<[string, object, string | undefined]>([
    ["without a baseline", { configBaseline: null }, "WRONG_STATE"],
    ["without a password", { passwordSet: false }, "WRONG_STATE"],
    ["of which nobody knows whether it has a password", { passwordSet: null }, "WRONG_STATE"],
    [
      "with neither, for other work",
      { configBaseline: null, passwordSet: null, isCustomerListDevice: false },
      undefined,
    ],
  ])("a device %s is not made ready", async (_what, more, code) => {
    const { id, device: free } = await handed("ALLOCATED", more);
    const issuing = { id, ...issued() };
    expect((await take("tim", "issueAllocation", issuing)).code).toBe(code);
    if (!code) return;
    await write(free.id, { configBaseline: "office-2026.1", passwordSet: true });
    await must("tim", "issueAllocation", issuing);
  });

  test("nor taken over, where that has changed since it was made ready", async () => {
    const { id, device: free, user } = await handed("ISSUED");
    await write(free.id, { passwordSet: false });
    expect(await take(user.staffNo, "acceptAllocation", { id, ...signed })).toMatchObject({
      ...{ code: "WRONG_STATE", needs: "a device that is set up: a baseline and a password in its file" },
    });
    expect((await device(free.id)).state).toBe("REGISTERED");
    await write(free.id, { passwordSet: true });
    await must(user.staffNo, "acceptAllocation", { id, ...signed });
  });

  test("it does not come back from a fault as if it were, and a part of a repair takes nothing out of use", async () => {
    const { device: used, user } = await handed("ACCEPTED");
    const fault = (mutation: string, input: object) =>
      step(server, user.staffNo, mutation, input, { form: "fault" });
    const { form: reported } = await fault("reportFault", { deviceId: used.id, symptom: "It is dark" });
    expect((await device(used.id)).state).toBe("FAULTY");
    await write(used.id, { configBaseline: null, passwordSet: false });
    expect((await fault("withdrawFault", { id: reported.id })).code).toBeUndefined();
    expect((await device(used.id)).state).toBe("IDLE");
    // As one may stand in a register from before.
    await server.database.db.device.update({ where: { id: used.id }, data: { state: "IN_USE" } });
    await write(used.id, { configBaseline: "office-2026.1" });
    expect((await device(used.id)).state).toBe("IN_USE");
  });

  test.each<[string, (given: { id: string; deviceNo: string }) => Promise<void>]>([
    ["by hand", ({ id }) => write(id, { configBaseline: null })],
    [
      "by a list",
      async ({ deviceNo }) => {
        const csv = `deviceNo,passwordSet\n${deviceNo},no\n`;
        const { data } = await server.executeAs(
          "tim",
          "mutation ($input: ImportDevicesInput!) { importDevices(input: $input) { corrected } }",
          { variables: { input: { csv } } },
        );
        expect(data.importDevices.corrected).toBe(1);
      },
    ],
  ])("it lies idle from the moment on that it is entered so, %s, until it is set up", async (_how, enter) => {
    const { id, device: used, user } = await handed("ACCEPTED");
    await enter({ id: used.id, deviceNo: used.deviceNo! });
    expect((await device(used.id)).state).toBe("IDLE");
    expect(await take(user.staffNo, "resumeDevice", { id })).toMatchObject({ code: "WRONG_STATE" });
    await write(used.id, { configBaseline: "office-2026.2", passwordSet: true });
    await must(user.staffNo, "resumeDevice", { id });
    expect((await device(used.id)).state).toBe("IN_USE");
  });
});

describe("customer data on the device", () => {
  /** sam on another device: grant, training and promise are his, the custody is what changes. */
  async function samWith(state: "ISSUED"): Promise<{ id: string; deviceNo: string; deviceId: string }> {
    const { db } = server.database;
    const free = await freeDevice({ server });
    const credentialHash = hashCredential(demoCredential(testSecret, free.deviceNo!));
    await db.deviceCredential.create({ data: { credentialHash, deviceId: free.id, issuedAt: testNow } });
    const id = await request((await server.callerOf("sam")).id);
    await must("clerk", "allocateDevice", { id, deviceId: free.id });
    await must("tim", "issueAllocation", { id, ...issued() });
    expect((await form(id)).state).toBe(state);
    return { id, deviceNo: free.deviceNo!, deviceId: free.id };
  }

  const reads = async (deviceNo: string): Promise<string | null> => {
    const { data, extensions, errors } = await server.executeAs(
      "sam",
      '{ customers(where: { code: { eq: "C1" } }) { nodes { name } } }',
      { device: deviceNo },
    );
    const entry = extensions?.access?.fields.find(({ field }) => field === "Customer.name");
    return (
      (errors?.[0]?.extensions?.code as string | undefined) ??
      entry?.reason ??
      (data.customers.nodes[0]?.name ? "read" : null)
    );
  };

  test("opens at the acceptance, and closes at the very next request after each step away from use", async () => {
    const { id, deviceNo, deviceId } = await samWith("ISSUED");
    const states: [string, string | null, string][] = [];
    const look = async (after: string) => {
      const { state } = await device(deviceId);
      states.push([after, await reads(deviceNo), state]);
    };
    await look("issue");
    await must("sam", "acceptAllocation", { id, ...signed });
    await look("accept");
    await must("sue", "reportDeviceIdle", { id });
    await look("idle");
    await must("clerk", "updateIdleDeviceFile", { id });
    await look("file");
    await must("sam", "resumeDevice", { id });
    await look("resume");
    await must("sam", "requestDeviceTransfer", { id });
    await look("transfer");
    await must("sam", "withdrawDeviceTransfer", { id });
    await look("kept");
    await must("sam", "resumeDevice", { id });
    await look("resume");
    await must("clerk", "recallDevice", { id, note: "The lease ends" });
    await look("recall");
    await must("sue", "agreeToDeviceTransfer", { id });
    await must("tim", "checkReturnedDevice", { id, ...sound });
    await must("tim", "returnDevice", { id });
    await look("return");
    expect(states).toEqual([
      ["issue", "DEVICE_NOT_IN_USE", "REGISTERED"],
      ["accept", "read", "IN_USE"],
      ["idle", "DEVICE_NOT_IN_USE", "IDLE"],
      ["file", "DEVICE_NOT_IN_USE", "IDLE"],
      ["resume", "read", "IN_USE"],
      ["transfer", "DEVICE_NOT_IN_USE", "IDLE"],
      ["kept", "DEVICE_NOT_IN_USE", "IDLE"],
      ["resume", "read", "IN_USE"],
      ["recall", "DEVICE_NOT_IN_USE", "IDLE"],
      ["return", "DEVICE_UNREGISTERED", "IDLE"],
    ]);
    expect(await device(deviceId)).toMatchObject({
      ...{ custodianId: null, departmentCode: null, ipAddress: null },
      idleSince: testNow,
    });
  });
});

describe("a request", () => {
  test("names all that is missing at once", async () => {
    const { id } = await newUser({ server });
    expect(await take("sue", "requestAllocation", { employeeId: id })).toMatchObject({
      ...{ code: "FORM_INCOMPLETE", paths: ["input.need"] },
    });
  });

  test.each([
    ["pia", "NOT_YOUR_ROLE", "head of another department"],
    ["sam", "NOT_YOUR_ROLE", "no head"],
    ["clerk", "NOT_YOUR_ROLE", "administration decides, and does not ask"],
  ])("by %s is refused with %s: %s", async (account, code) => {
    const { id } = await newUser({ server });
    expect(await take(account, "requestAllocation", { employeeId: id, need: "Visits" })).toMatchObject({
      code,
    });
  });

  test.each([
    ["customers have no device", "cu1", "FORM_INCOMPLETE"],
    ["who goes is given none", "S104", "WRONG_STATE"],
  ])("%s", async (_case, staffNo, code) => {
    const { id } = await server.database.db.employee.findUniqueOrThrow({ where: { staffNo } });
    const head = staffNo === "cu1" ? "gina" : "sue";
    expect(await take(head, "requestAllocation", { employeeId: id, need: "Visits" })).toMatchObject({
      ...{ code, paths: ["input.employeeId"] },
    });
  });

  test("for a second device waits until the first is used or given back", async () => {
    const first = await handed("ACCEPTED");
    await must("sue", "reportDeviceIdle", { id: first.id });
    const asked = { employeeId: first.user.id, need: "Another" };
    expect(await take("sue", "requestAllocation", asked)).toMatchObject({
      ...{ code: "OPEN_ITEMS", paths: ["input.employeeId"] },
    });
    await must(first.user.staffNo, "resumeDevice", { id: first.id });
    const second = await must("sue", "requestAllocation", asked);
    await must("sue", "reportDeviceIdle", { id: first.id });
    const { id: deviceId } = await freeDevice({ server });
    expect(await take("clerk", "allocateDevice", { id: second, deviceId })).toMatchObject({
      code: "OPEN_ITEMS",
    });
  });
});

describe("the device that is chosen", () => {
  test.each([
    ["IN_USE", {}],
    ["FAULTY", {}],
    ["LOST", {}],
    ["REGISTERED", { custodian: true }],
  ] as const)("is not %s %o", async (state, { custodian = false }: { custodian?: boolean }) => {
    const [user, other] = [await newUser({ server }), await newUser({ server })];
    const { id: deviceId } = await freeDevice(
      { server },
      { state, ...(custodian && { custodianId: other.id }) },
    );
    const id = await request(user.id);
    expect(await take("clerk", "allocateDevice", { id, deviceId })).toMatchObject({
      ...{ code: "WRONG_STATE", paths: ["input.deviceId"] },
    });
    expect(await form(id)).toMatchObject({ state: "REQUESTED", deviceId: null });
  });

  test.each(["REGISTERED", "IDLE"] as const)("can be theirs by the register alone, and %s", async (state) => {
    const user = await newUser({ server });
    const id = await request(user.id);
    const { id: deviceId } = await freeDevice({ server }, { state, custodianId: user.id });
    await must("clerk", "allocateDevice", { id, deviceId });
    await must("tim", "issueAllocation", { id, ...issued() });
    await must(user.staffNo, "acceptAllocation", { id, ...signed });
    expect(await server.database.db.device.findUnique({ where: { id: deviceId } })).toMatchObject({
      ...{ state: "IN_USE", custodianId: user.id },
    });
  });

  test.each(["REGISTERED", "IDLE", "RECOVERED"] as const)("can be %s", async (state) => {
    const { id: deviceId } = await freeDevice({ server }, { state });
    await must("clerk", "allocateDevice", { id: await request((await newUser({ server })).id), deviceId });
  });

  test("goes to one of two who are given it at once", async () => {
    const { id: deviceId } = await freeDevice({ server });
    const ids = [
      await request((await newUser({ server })).id),
      await request((await newUser({ server })).id),
    ];
    const both = await atOnce(
      server.database,
      { table: "Device", id: deviceId },
      ids.map((id) => () => take("clerk", "allocateDevice", { id, deviceId })),
    );
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
  });

  test("whoever asked does not choose", async () => {
    const { id: employeeId } = await server.callerOf("clerk");
    const id = await must("ada", "requestAllocation", { employeeId, need: "The register" });
    const { id: deviceId } = await freeDevice({ server });
    expect(await take("ada", "allocateDevice", { id, deviceId })).toMatchObject({ code: "SELF_DECISION" });
    await must("gina", "allocateDevice", { id, deviceId });
  });
});

describe("it is made ready", () => {
  test.each<[string, object, object, string, string[]]>([
    ["without an address and a seal", {}, {}, "FORM_INCOMPLETE", ["input.ipAddress", "input.sealNo"]],
    [
      "with no address at all",
      {},
      { ipAddress: "10.1", sealNo: "S" },
      "FORM_INCOMPLETE",
      ["input.ipAddress"],
    ],
    ["without its invoice", { invoiceNo: null }, issued(), "EVIDENCE_MISSING", ["input.id"]],
    [
      "with the address of another one",
      {},
      { ...issued(), ipAddress: "10.20.1.101" },
      "DUPLICATE_IP",
      ["input.ipAddress"],
    ],
  ])("not %s", async (_case, more, input, code, paths) => {
    const { id, device: chosen } = await handed("ALLOCATED", more);
    expect(await take("tim", "issueAllocation", { id, ...input })).toMatchObject({ code, paths });
    expect(await device(chosen.id)).toMatchObject({ ipAddress: null, sealNo: null, version: 1 });
  });

  test("and its address is free again when nobody takes it", async () => {
    const { id, device: chosen } = await handed("ISSUED");
    await must("sue", "withdrawAllocation", { id });
    expect(await device(chosen.id)).toMatchObject({
      ipAddress: null,
      custodianId: null,
      state: "REGISTERED",
    });
  });
});

describe("the signature", () => {
  test.each<[string, object, string, string[]]>([
    ["to no terms", {}, "FORM_INCOMPLETE", ["input.termsVersion"]],
    ["to other terms", { ...signed, termsVersion: "1999" }, "FORM_INCOMPLETE", ["input.termsVersion"]],
    ["without the promise", { ...signed, promised: false }, "SIGNATURE_MISSING", ["input.promised"]],
  ])("%s hands out nothing", async (_case, input, code, paths) => {
    const { id, device: chosen, user } = await handed("ISSUED");
    expect(await take(user.staffNo, "acceptAllocation", { id, ...input })).toMatchObject({ code, paths });
    expect(await device(chosen.id)).toMatchObject({ state: "REGISTERED", custodianId: null });
  });

  test.each<[string, object | null]>([
    ["nobody has trained", null],
    ["one topic is missing", { topics: ["FUNCTIONS", "QUERY_ENTRY"] }],
    ["the training has expired", { expiresAt: testNow }],
    ["the test was failed", { state: "FAILED", expiresAt: null }],
  ])("of somebody whom %s hands out nothing", async (_case, changes) => {
    const { id, device: chosen, user } = await handed("ISSUED");
    const { db } = server.database;
    const [training] = await db.trainingRecord.findMany({ where: { employeeId: user.id } });
    await db.trainingRecord.deleteMany({ where: { employeeId: user.id } });
    if (changes) await db.trainingRecord.create({ data: { ...training!, ...changes } });
    expect(await take(user.staffNo, "acceptAllocation", { id, ...signed })).toMatchObject({
      code: "TRAINING_REQUIRED",
    });
    expect(await device(chosen.id)).toMatchObject({ state: "REGISTERED", custodianId: null });
  });

  test("makes it the user's, of their department, in use", async () => {
    const { id, device: chosen, user } = await handed("ACCEPTED");
    expect(await device(chosen.id)).toMatchObject({
      ...{ state: "IN_USE", custodianId: user.id, departmentCode: "SALES", idleSince: null },
    });
    expect(await form(id)).toMatchObject({ termsVersion: signed.termsVersion, acceptedAt: testNow });
  });

  test("for a device that broke meanwhile is refused", async () => {
    const { id, device: chosen, user } = await handed("ISSUED");
    await server.database.db.device.update({ where: { id: chosen.id }, data: { state: "FAULTY" } });
    expect(await take(user.staffNo, "acceptAllocation", { id, ...signed })).toMatchObject({
      code: "WRONG_STATE",
    });
    expect(await device(chosen.id)).toMatchObject({ custodianId: null });
  });
});

test("the terms can be read by whoever is to sign them", async () => {
  const { data } = await server.executeAs("neo", "{ custodyTerms { version promises } }");
  expect(data.custodyTerms).toMatchObject({ version: signed.termsVersion });
  expect(data.custodyTerms.promises).toHaveLength(6);
});

describe("what is not used", () => {
  test("for 30 days is idle; what was seen meanwhile is looked at again", async () => {
    const [unused, seen] = [await handed("ACCEPTED"), await handed("ACCEPTED")];
    const { db } = server.database;
    await db.device.update({ where: { id: seen.device.id }, data: { lastSeenAt: daysLater(10) } });
    await keepTime(db, daysLater(30));
    expect(await form(unused.id)).toMatchObject({ state: "IDLE_REPORTED" });
    expect(await device(unused.device.id)).toMatchObject({ state: "IDLE", idleSince: daysLater(30) });
    expect(await form(seen.id)).toMatchObject({ state: "ACCEPTED", unusedAt: daysLater(40) });
    await keepTime(db, daysLater(40));
    expect(await device(seen.device.id)).toMatchObject({ state: "IDLE" });
  });

  test("is idle in the file since the instant that the clerk finds", async () => {
    const { id, device: chosen } = await handed("ACCEPTED");
    await must("sue", "reportDeviceIdle", { id }, daysLater(9));
    const early = { id, idleSince: daysLater(-1).toISOString() };
    expect(await take("clerk", "updateIdleDeviceFile", early, daysLater(9))).toMatchObject({
      ...{ code: "FORM_INCOMPLETE", paths: ["input.idleSince"] },
    });
    const since = { id, idleSince: daysLater(2).toISOString() };
    await must("clerk", "updateIdleDeviceFile", since, daysLater(9));
    expect(await device(chosen.id)).toMatchObject({ idleSince: daysLater(2) });
  });
});

describe("what goes back", () => {
  test.each<[string, object, string[]]>([
    ["that is not wiped", { ...sound, wiped: false }, ["input.wiped"]],
    ["of which nothing is said", {}, ["input.sealIntact", "input.complete", "input.wiped"]],
    ["with a torn seal that nobody explains", { ...sound, sealIntact: false }, ["input.findings"]],
  ])("%s is not taken back", async (_case, input, paths) => {
    const one = await handed("ACCEPTED");
    await goBack(one);
    expect(await take("tim", "checkReturnedDevice", { id: one.id, ...input })).toMatchObject({
      ...{ code: "FORM_INCOMPLETE", paths },
    });
  });

  test("goes on to whoever has been asked for, allocated in the same step", async () => {
    const one = await handed("ACCEPTED");
    await goBack(one);
    await must("tim", "checkReturnedDevice", { id: one.id, ...sound });
    const next = await request((await newUser({ server })).id);
    await must("clerk", "reassignDevice", { id: one.id, requestId: next });
    expect(await form(one.id)).toMatchObject({ state: "REASSIGNED", endedAt: testNow });
    expect(await form(next)).toMatchObject({ state: "ALLOCATED", deviceId: one.device.id });
    expect(await device(one.device.id)).toMatchObject({ state: "IDLE", custodianId: null, ipAddress: null });
    const again = await request((await newUser({ server })).id);
    expect(await take("clerk", "allocateDevice", { id: again, deviceId: one.device.id })).toMatchObject({
      code: "WRONG_STATE",
    });
  });

  test("to a request that is over goes nowhere, and nothing is written", async () => {
    const one = await handed("ACCEPTED");
    await goBack(one);
    await must("tim", "checkReturnedDevice", { id: one.id, ...sound });
    const next = await request((await newUser({ server })).id);
    await must("sue", "withdrawAllocation", { id: next });
    expect(await take("clerk", "reassignDevice", { id: one.id, requestId: next })).toMatchObject({
      ...{ code: "WRONG_STATE", paths: ["input.requestId"] },
    });
    expect(await form(one.id)).toMatchObject({ state: "CHECKED_IT", endedAt: null });
    expect(await device(one.device.id)).toMatchObject({ custodianId: one.user.id });
  });

  test("is over when the device is lost, and its custodian stays known", async () => {
    const one = await handed("ACCEPTED");
    await step(
      server,
      one.user.staffNo,
      "reportDeviceLost",
      { id: one.device.id, note: "Train" },
      { form: "device" },
    );
    expect(await form(one.id)).toMatchObject({ state: "ENDED", endedAt: testNow });
    expect(await device(one.device.id)).toMatchObject({ state: "LOST", custodianId: one.user.id });
  });
});

test("who leaves gives back what they have, and is allocated nothing any more", async () => {
  const one = await handed("ACCEPTED");
  const waiting = await request(one.user.id);
  const offboarding = (account: string, mutation: string, input: object) =>
    step(server, account, mutation, input, { form: "offboarding" });
  const { form: leaving } = await offboarding("sue", "confirmOffboarding", {
    ...{ employeeId: one.user.id, kind: "LEAVE", reason: "Gave notice", handover: [] },
    effectiveAt: testNow.toISOString(),
  });
  expect(await form(waiting)).toMatchObject({ state: "WITHDRAWN" });
  expect(await form(one.id)).toMatchObject({ state: "ACCEPTED" });
  const id = leaving.id as string;
  const kept = await offboarding("tim", "clearDevicesOffboarding", { id });
  expect(kept).toMatchObject({ code: "OPEN_ITEMS", needs: `settled: DEVICE ${one.device.deviceNo}` });
  await goBack(one);
  expect((await offboarding("tim", "clearDevicesOffboarding", { id })).code).toBe("OPEN_ITEMS");
  await must("tim", "checkReturnedDevice", { id: one.id, ...sound });
  await must("tim", "returnDevice", { id: one.id });
  expect((await offboarding("tim", "clearDevicesOffboarding", { id })).code).toBeUndefined();
});

describe("updateDevice", () => {
  const update = async (account: string, id: string, changes: object) => {
    const { version } = await device(id);
    const { errors } = await server.executeAs(
      account,
      "mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { device { version } } }",
      { variables: { input: { id, version, ...changes } } },
    );
    return errors?.[0]?.extensions;
  };

  test("does not change who has an allocated device, and does where nothing is open", async () => {
    const one = await handed("ACCEPTED");
    const { id: custodianId } = await newUser({ server });
    for (const changes of [{ custodianId }, { custodianId: null }])
      expect(await update("clerk", one.device.id, changes)).toMatchObject({
        ...{ code: "WRONG_STATE", inputPath: "input.custodianId", request: "requestDeviceTransfer" },
      });
    expect(await update("clerk", one.device.id, { department: "PRODUCTION" })).toBeUndefined();
    await goBack(one);
    await must("tim", "checkReturnedDevice", { id: one.id, ...sound });
    await must("tim", "returnDevice", { id: one.id });
    expect(await update("clerk", one.device.id, { custodianId })).toBeUndefined();
  });
});

describe("many at once", () => {
  const many = async (account: string, mutation: "checkOutDevices" | "checkInDevices", devices: object[]) => {
    const type = mutation === "checkOutDevices" ? "CheckOutDevicesInput" : "CheckInDevicesInput";
    const { data, errors } = await server.executeAs(
      account,
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { deviceNo done code reason problems { field code } } }`,
      { variables: { input: { devices } } },
    );
    return { lines: data?.[mutation] as Line[], errors };
  };
  interface Line {
    readonly deviceNo: string;
    readonly done: boolean;
    readonly code: string | null;
    readonly problems: readonly { readonly field: string; readonly code: string }[];
  }
  const outcome = ({ deviceNo, done, code, problems }: Line) => [
    ...[deviceNo, done, code],
    ...problems.map((one) => `${one.field} ${one.code}`),
  ];

  test("are made ready: each line by itself, whole or not at all", async () => {
    const [good, bad, twice] = [
      await handed("ALLOCATED"),
      await handed("ALLOCATED"),
      await handed("ALLOCATED"),
    ];
    const line = ({ device: { deviceNo } }: Handed, more: object = {}) => ({
      deviceNo,
      ...issued(),
      ...more,
    });
    const { lines } = await many("tim", "checkOutDevices", [
      line(good),
      line(bad, { sealNo: null, ipAddress: "10.0.0" }),
      line(twice),
      { ...issued(), deviceNo: "NONE" },
      line(twice, { ipAddress: nextAddress() }),
    ]);
    expect(lines.map(outcome)).toEqual([
      [good.device.deviceNo, true, null],
      [
        ...[bad.device.deviceNo, false, "FORM_INCOMPLETE"],
        ...["ipAddress FORM_INCOMPLETE", "sealNo FORM_INCOMPLETE"],
      ],
      [twice.device.deviceNo, false, "DUPLICATE"],
      ["NONE", false, "NOT_FOUND"],
      [twice.device.deviceNo, false, "DUPLICATE"],
    ]);
    expect(await Promise.all([good, bad, twice].map(async ({ id }) => (await form(id)).state))).toEqual([
      "ISSUED",
      "ALLOCATED",
      "ALLOCATED",
    ]);
    expect(await server.database.db.formEvent.count({ where: { recordId: good.id, action: "issue" } })).toBe(
      1,
    );
  });

  test("are taken back: checked and in stock, or neither", async () => {
    const [good, torn, kept] = [await handed("ACCEPTED"), await handed("ACCEPTED"), await handed("ACCEPTED")];
    for (const one of [good, torn]) await goBack(one);
    const number = ({ device: { deviceNo } }: Handed) => deviceNo;
    const { lines } = await many("tim", "checkInDevices", [
      { deviceNo: number(good), ...sound },
      { deviceNo: number(torn), ...sound, wiped: false },
      { deviceNo: number(kept), ...sound },
    ]);
    expect(lines.map(outcome)).toEqual([
      [number(good), true, null],
      [number(torn), false, "FORM_INCOMPLETE", "wiped FORM_INCOMPLETE"],
      [number(kept), false, "WRONG_STATE"],
    ]);
    expect(await form(good.id)).toMatchObject({ state: "RETURNED" });
    expect(await form(torn.id)).toMatchObject({ state: "CHECKED_DEPT" });
    expect(await device(kept.device.id)).toMatchObject({ state: "IN_USE" });
  });

  test("are only taken into stock where they were checked before: nothing is found of them anew", async () => {
    const one = await handed("ACCEPTED");
    await goBack(one);
    await formPlay(server, "Allocation").must("tess", "checkTechnology", { id: one.id, ...sound });
    const { deviceNo } = one.device;
    const findings = "The disk is missing";
    const anew = await many("tim", "checkInDevices", [{ deviceNo, ...sound, complete: false, findings }]);
    expect(anew.lines.map(outcome)).toEqual([[deviceNo, false, "WRONG_STATE"]]);
    expect(await form(one.id)).toMatchObject({ state: "CHECKED_IT", complete: true, findings: null });
    const { lines } = await many("tim", "checkInDevices", [{ deviceNo, note: "Shelf 4" }]);
    expect(lines.map(outcome)).toEqual([[deviceNo, true, null]]);
    expect(
      await server.database.db.formEvent.findFirst({ where: { recordId: one.id, action: "return" } }),
    ).toMatchObject({ note: "Shelf 4" });
  });

  test("are at most 500, and technology's", async () => {
    const devices = Array.from({ length: 501 }, (_, at) => ({ deviceNo: `N${at}` }));
    expect((await many("tim", "checkOutDevices", devices)).errors?.[0]?.extensions?.code).toBe(
      "LIMIT_EXCEEDED",
    );
    expect((await many("clerk", "checkOutDevices", [])).errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
    expect((await many("sue", "checkInDevices", [])).errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
  });
});
