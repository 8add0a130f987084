import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { testNow } from "../support/database.js";
import { allocation, freeDevice, issued, newUser, signed, sound } from "../support/drivers/allocations.js";
import { copyOnDevice } from "../support/drivers/device-copies.js";
import { deviceInUse } from "../support/drivers/faults.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { step } from "../support/steps.js";

// What must not come along when a device goes from one to another: data, and what proves it.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const note = "Because.";
const play = (form: string) => formPlay(server, form);
const db = () => server.database.db;
const deviceOf = (id: string) => db().device.findUniqueOrThrow({ where: { id } });
const take = (account: string, mutation: string, input: object, form: string) =>
  step(server, account, mutation, input, { form });

describe("customer data on a device", () => {
  const wiping = { method: "OVERWRITE", proof: "Protocol 1" };

  test("does not go to the next one with a device that is found again", async () => {
    const { id, deviceId } = await copyOnDevice(play("DeviceCopy"));
    await play("Device").must("sam", "lose", { id: deviceId, note });
    await play("Device").must("tim", "recover", { id: deviceId, note, sealNo: "S1" });
    const user = await newUser({ server });
    const asked = await play("Allocation").must("sue", "request", { employeeId: user.id, need: "Visits" });
    const allocate = () => take("clerk", "allocateDevice", { id: asked, deviceId }, "allocation");
    const { formNo } = await db().deviceCopy.findUniqueOrThrow({ where: { id } });
    expect(await allocate()).toMatchObject({
      ...{ code: "OPEN_ITEMS", paths: ["input.deviceId"] },
      needs: `copies on the device that are wiped: ${formNo}`,
    });
    await play("DeviceCopy").must("tim", "wipe", { id, ...wiping });
    expect((await allocate()).form).toMatchObject({ state: "ALLOCATED" });
  });

  test("does not go by the register: by hand or by a list", async () => {
    const { id, deviceId } = await copyOnDevice(play("DeviceCopy"));
    const { version, deviceNo } = await deviceOf(deviceId);
    const byHand = () =>
      take("clerk", "updateDevice", { id: deviceId, version, custodianId: employeeId("sven") }, "device");
    const byList = async () => {
      const { data } = await server.executeAs(
        "clerk",
        `mutation ($csv: String!) { importDevices(input: { csv: $csv, dryRun: true }) {
          corrected problems { field code } } }`,
        { variables: { csv: `deviceNo,custodian\n${deviceNo},sven\n` } },
      );
      return data.importDevices;
    };
    expect(await byHand()).toMatchObject({ code: "OPEN_ITEMS", paths: ["input.custodianId"] });
    expect(await byList()).toMatchObject({
      ...{ corrected: 0, problems: [{ field: "custodian", code: "OPEN_ITEMS" }] },
    });
    expect((await deviceOf(deviceId)).custodianId).toBe(employeeId("sam"));
    await play("DeviceCopy").must("tim", "wipe", { id, ...wiping });
    expect(await byList()).toMatchObject({ corrected: 1, problems: [] });
    expect(await byHand()).toMatchObject({ form: { id: deviceId } });
  });
});

describe("what proves a device", () => {
  const enrol = async (account: string, deviceId: string, now = testNow) => {
    const { deviceNo } = await deviceOf(deviceId);
    const opened = await server.executeAs(
      account,
      "mutation ($input: OpenDeviceEnrolmentInput!) { openDeviceEnrolment(input: $input) { code } }",
      { now, variables: { input: { deviceId } } },
    );
    const code = opened.data?.openDeviceEnrolment?.code;
    if (!code) return opened.errors?.[0]?.extensions?.code;
    await server.executeAs(
      account,
      "mutation ($input: EnrolDeviceInput!) { enrolDevice(input: $input) { deviceNo } }",
      { now, variables: { input: { deviceNo, code } } },
    );
    return null;
  };
  const proofs = (deviceId: string) => db().deviceCredential.count({ where: { deviceId, revokedAt: null } });

  /** A device that is being handed to an engineer of technology. */
  async function forAnEngineer() {
    await db().device.updateMany({
      where: { custodianId: employeeId("tess"), state: "IDLE" },
      data: { custodianId: null },
    });
    const id = await play("Allocation").must("gina", "request", {
      ...{ employeeId: employeeId("tess"), need: "Visits" },
    });
    return { id, device: await freeDevice({ server }) };
  }

  test("is not set up by whoever gets it, before they have it either", async () => {
    const { id, device } = await forAnEngineer();
    await play("Allocation").must("clerk", "allocate", { id, deviceId: device.id });
    await play("Allocation").must("tim", "issue", { id, ...issued() });
    expect(await enrol("tess", device.id)).toBe("SELF_DECISION");
    expect(await enrol("tim", device.id)).toBeNull();
    await play("Allocation").must("tess", "accept", { id, ...signed });
    expect(await proofs(device.id)).toBe(1);
  });

  test("and what they had set up before it was theirs proves it no more", async () => {
    const { id, device } = await forAnEngineer();
    expect(await enrol("tess", device.id)).toBeNull();
    await play("Allocation").must("clerk", "allocate", { id, deviceId: device.id });
    expect(await proofs(device.id)).toBe(0);
  });

  test("ends when it goes by the register, to whoever has enrolled it or from somebody else", async () => {
    const give = async (id: string, to: string, way: "byHand" | "byList") => {
      const { version, deviceNo } = await deviceOf(id);
      if (way === "byHand")
        return take("clerk", "updateDevice", { id, version, custodianId: employeeId(to) }, "device");
      return server.executeAs(
        "clerk",
        "mutation ($csv: String!) { importDevices(input: { csv: $csv }) { corrected } }",
        { variables: { csv: `deviceNo,custodian\n${deviceNo},${to}\n` } },
      );
    };
    for (const way of ["byHand", "byList"] as const) {
      const device = await freeDevice({ server });
      expect(await enrol("tess", device.id)).toBeNull();
      // Somebody else than who has set it up gets it as it is.
      await give(device.id, "sven", way);
      expect([way, await proofs(device.id)]).toEqual([way, 1]);
      await give(device.id, "pat", way);
      expect([way, await proofs(device.id)]).toEqual([way, 0]);
      const own = await freeDevice({ server });
      expect(await enrol("tess", own.id)).toBeNull();
      const version = (await deviceOf(own.id)).version + 1;
      const late = { id: own.id, version, custodianId: employeeId("tess") };
      expect(await take("clerk", "updateDevice", late, "device")).toMatchObject({ code: "WRONG_STATE" });
      expect([way, await proofs(own.id)]).toEqual([way, 1]);
      await give(own.id, "tess", way);
      expect([way, await proofs(own.id)]).toEqual([way, 0]);
      expect((await deviceOf(own.id)).custodianId).toBe(employeeId("tess"));
      const again = await freeDevice({ server });
      await enrol("tess", again.id);
      await enrol("tim", again.id, new Date(testNow.getTime() + 1));
      await give(again.id, "tess", way);
      expect([way, await proofs(again.id)]).toEqual([way, 1]);
    }
  });

  test("ends when whoever was to get it declines", async () => {
    const id = await allocation.stand(play("Allocation"), "ISSUED");
    const { deviceId, userId } = await db().allocation.findUniqueOrThrow({ where: { id } });
    const { staffNo } = await db().employee.findUniqueOrThrow({ where: { id: userId } });
    await enrol("tess", deviceId!);
    expect(await proofs(deviceId!)).toBe(1);
    await play("Allocation").must(staffNo, "decline", { id, note });
    expect(await proofs(deviceId!)).toBe(0);
  });

  test("ends when it is sent out for repair", async () => {
    const deviceId = await deviceInUse({ server, now: testNow });
    await enrol("tess", deviceId);
    const faults = play("Fault");
    const id = await faults.must("sam", "report", { deviceId, symptom: "Dark" });
    for (const action of ["acknowledge", "diagnose", "startRepair"])
      await faults.must("tim", action, { id, ...(action === "diagnose" && { diagnosis: "Worn out" }) });
    expect(await proofs(deviceId)).toBe(1);
    const tokenHash = "c".repeat(64);
    const session = { tokenHash, familyId: tokenHash, deviceId };
    await db().refreshToken.create({
      data: { ...session, employeeId: employeeId("sam"), expiresAt: new Date(testNow.getTime() + 3_600_000) },
    });
    await faults.must("tim", "sendOut", { id, centre: "Lianke", dataProtected: true });
    expect(await proofs(deviceId)).toBe(0);
    expect(await db().refreshToken.findFirst({ where: { deviceId, expiresAt: { gt: testNow } } })).toBeNull();
    // Whatever asks there for a code gets none.
    expect(await enrol("tess", deviceId)).toBe("WRONG_STATE");
    await faults.must("tim", "takeBack", { id });
    expect(await enrol("tess", deviceId)).toBeNull();
  });
});

describe("a device in the hands of somebody from outside", () => {
  test("is reported by them: broken, repaired, and lost", async () => {
    const deviceId = await deviceInUse({ server, now: testNow });
    const { id: custodianId, staffNo } = await newUser({ server });
    await db().employee.update({
      where: { id: custodianId },
      data: { kind: "AGENCY" },
      select: { id: true },
    });
    await db().device.update({ where: { id: deviceId }, data: { custodianId }, select: { id: true } });
    const seen = await server.executeAs(staffNo, `{ device(id: "${deviceId}") { deviceNo sealNo price } }`);
    expect(seen.data.device).toMatchObject({ deviceNo: expect.any(String), price: null });
    const faults = play("Fault");
    const id = await faults.must(staffNo, "report", { deviceId, symptom: "Dark" });
    await repaired(id);
    expect((await take(staffNo, "confirmRepair", { id }, "fault")).form).toMatchObject({
      state: "CONFIRMED",
    });
    expect((await take(staffNo, "reportDeviceLost", { id: deviceId, note }, "device")).form).toMatchObject({
      state: "LOST",
    });
  });
});

async function repaired(id: string): Promise<void> {
  const faults = play("Fault");
  await faults.must("tim", "acknowledge", { id });
  await faults.must("tim", "diagnose", { id, diagnosis: "Worn out" });
  await faults.must("tim", "startRepair", { id });
  await faults.must("tim", "finish", { id, verdict: "REPAIRED", cost: "0.00", components: [] });
}

test("what is out of order changes hands once that is over, by the register as well", async () => {
  const deviceId = await deviceInUse({ server, now: testNow });
  const id = await play("Fault").must("sam", "report", { deviceId, symptom: "Dark" });
  const give = async (custodianId: string) => {
    const { version } = await deviceOf(deviceId);
    return take("clerk", "updateDevice", { id: deviceId, version, custodianId }, "device");
  };
  expect(await give(employeeId("sven"))).toMatchObject({
    ...{ code: "OPEN_ITEMS", paths: ["input.custodianId"] },
  });
  // It stays where it is.
  expect(await give(employeeId("sam"))).toMatchObject({ form: { id: deviceId } });
  await repaired(id);
  await play("Fault").must("sam", "confirm", { id });
  expect(await give(employeeId("sven"))).toMatchObject({ form: { id: deviceId } });
});

test("what is repaired when its user has handed it back is confirmed by whoever answers for it", async () => {
  const allocated = await allocation.stand(play("Allocation"), "ACCEPTED");
  const { deviceId, userId } = await db().allocation.findUniqueOrThrow({ where: { id: allocated } });
  const { staffNo } = await db().employee.findUniqueOrThrow({ where: { id: userId } });
  const id = await play("Fault").must(staffNo, "report", { deviceId, symptom: "Dark" });
  await play("Allocation").must(staffNo, "requestTransfer", { id: allocated });
  await play("Allocation").must("sue", "checkDepartment", { id: allocated });
  await play("Allocation").must("tess", "checkTechnology", { id: allocated, ...sound });
  await play("Allocation").must("tess", "return", { id: allocated });
  await repaired(id);
  expect((await take("clerk", "confirmRepair", { id }, "fault")).form).toMatchObject({ state: "CONFIRMED" });
});

test.each(["byHand", "byList"] as const)(
  "%s: what is in use and goes to somebody else lies idle",
  async (way) => {
    const deviceId = await deviceInUse({ server, now: testNow });
    const { version, deviceNo } = await deviceOf(deviceId);
    if (way === "byHand")
      await take(
        "clerk",
        "updateDevice",
        { id: deviceId, version, custodianId: employeeId("sven") },
        "device",
      );
    else
      await server.executeAs(
        "clerk",
        "mutation ($csv: String!) { importDevices(input: { csv: $csv }) { corrected } }",
        { variables: { csv: `deviceNo,custodian\n${deviceNo},sven\n` } },
      );
    expect(await deviceOf(deviceId)).toMatchObject({ state: "IDLE", custodianId: employeeId("sven") });
  },
);

test("what is to be replaced by now is not handed out", async () => {
  const user = await newUser({ server });
  const { id: deviceId } = await freeDevice({ server });
  const today = testNow.toISOString().slice(0, 10);
  const reasons = { necessity: "It is worn out", feasibility: "Within the budget" };
  await play("RenewalPlan").must("clerk", "plan", { deviceId, ...reasons, plannedFor: today });
  const id = await play("Allocation").must("sue", "request", { employeeId: user.id, need: "Visits" });
  expect(await take("clerk", "allocateDevice", { id, deviceId }, "allocation")).toMatchObject({
    ...{ code: "OPEN_ITEMS", paths: ["input.deviceId"] },
  });
});
