import { afterAll, beforeAll, expect, test } from "vitest";
import { demoCredential, hashCredential } from "../../src/people/device-credential.js";
import { keepTime } from "../../src/workflow/keep-time.js";
import { atOnce } from "../support/at-once.js";
import { testNow, testSecret } from "../support/database.js";
import { sharable } from "../support/drivers/allocations.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { daysLater } from "../support/form-steps.js";
import { step } from "../support/steps.js";

// The use of a colleague's device, with the consent of their head (rulebook 2.4 F2, 6-04).

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const take = (account: string, mutation: string, input: object) =>
  step(server, account, mutation, input, { form: "deviceShare" });
const ask = (account: string, deviceNo: string, until = daysLater(20)) =>
  take(account, "askDeviceShare", { deviceNo, purpose: "A slide", until: until.toISOString() });
const another = () => sharable({ server, now: testNow });
const stateOf = async (id: string) =>
  (await server.database.db.deviceShare.findUniqueOrThrow({ where: { id } })).state;

async function consented(account = "sam") {
  const device = await another();
  const { form } = await ask(account, device.deviceNo);
  expect((await take("sue", "consentToDeviceShare", { id: form.id })).code).toBeUndefined();
  return { ...device, shareId: form.id as string };
}

test("a device for customer data is never shared, and is refused as one that there is not", async () => {
  const refused = await ask("pat", "D1");
  expect(refused).toMatchObject({ code: "DEVICE_NOT_YOURS", paths: ["input.deviceNo"] });
  expect(await ask("pat", "NONE")).toEqual(refused);
  expect(await ask("pat", "D5")).toEqual(refused);
});

test("nobody asks for longer than 30 days, or twice", async () => {
  const { deviceNo } = await another();
  expect(await ask("pat", deviceNo, daysLater(31))).toMatchObject({ code: "TERM_TOO_LONG" });
  expect((await ask("pat", deviceNo)).code).toBeUndefined();
  expect(await ask("pat", deviceNo)).toMatchObject({ code: "DUPLICATE" });
});

test("of two who ask for one device at once for the same person one does", async () => {
  const { id, deviceNo } = await another();
  const both = [() => ask("pat", deviceNo), () => ask("pat", deviceNo)];
  const answers = await atOnce(server.database, { table: "Device", id }, both);
  expect(answers.map(({ code }) => code).sort()).toEqual(["DUPLICATE", undefined]);
  expect(await server.database.db.deviceShare.count({ where: { deviceId: id } })).toBe(1);
});

test("a head who asks for a device of the own department is decided on by the general manager", async () => {
  const { deviceNo } = await another();
  const { form } = await ask("sue", deviceNo);
  expect(await take("sue", "consentToDeviceShare", { id: form.id })).toMatchObject({ code: "SELF_DECISION" });
  expect((await take("gina", "consentToDeviceShare", { id: form.id })).form.state).toBe("CONSENTED");
});

test("where the general manager asks for one of the own people's, the head of administration reads it and decides", async () => {
  const { deviceNo, user } = await another();
  await server.database.db.employee.update({
    where: { id: user.id },
    data: { departmentCode: "MANAGEMENT" },
  });
  const { form } = await ask("gina", deviceNo);
  expect(await take("gina", "consentToDeviceShare", { id: form.id })).toMatchObject({
    code: "SELF_DECISION",
  });
  const { data } = await server.executeAs(
    "ada",
    `{ deviceShare(id: "${form.id}") { asker { staffNo } custodian { staffNo } purpose } }`,
  );
  expect(data.deviceShare).toEqual({
    ...{ asker: { staffNo: "gina" }, custodian: { staffNo: user.staffNo }, purpose: "A slide" },
  });
  expect((await take("ada", "consentToDeviceShare", { id: form.id })).form.state).toBe("CONSENTED");
});

test("whoever uses it reads no customer data on it", async () => {
  const { id: deviceId, deviceNo } = await consented("sam");
  const credentialHash = hashCredential(demoCredential(testSecret, deviceNo));
  await server.database.db.deviceCredential.create({ data: { credentialHash, deviceId, issuedAt: testNow } });
  const asked = "{ customers(first: 1) { nodes { name } } }";
  const { errors } = await server.executeAs("sam", asked, { device: deviceNo });
  expect(errors?.[0]?.extensions?.code).toBe("DEVICE_UNREGISTERED");
});

test("it is seen by whoever asked, whose device it is, and who decides; by nobody else", async () => {
  const { shareId, user } = await consented("pat");
  const query = "query ($id: ID!) { deviceShare(id: $id) { purpose } }";
  const sees = async (account: string) =>
    (await server.executeAs(account, query, { variables: { id: shareId } })).data.deviceShare;
  for (const account of ["pat", user.staffNo, "sue", "tim"])
    expect([account, await sees(account)]).toEqual([account, { purpose: "A slide" }]);
  for (const account of ["sam", "pia"]) expect([account, await sees(account)]).toEqual([account, null]);
});

test.each(["custodian", "asker", "head"] as const)("the %s ends it", async (who) => {
  const { shareId, user } = await consented();
  const account = { custodian: user.staffNo, asker: "sam", head: "sue" }[who];
  expect((await take(account, "endDeviceShare", { id: shareId })).form.state).toBe("ENDED");
});

test("it ends at its time", async () => {
  const { shareId } = await consented();
  await keepTime(server.database.db, daysLater(20));
  expect(await stateOf(shareId)).toBe("ENDED");
});

test("it ends when the custodian gives the device back", async () => {
  const { id, shareId, user } = await consented();
  const held = await server.database.db.allocation.findFirstOrThrow({ where: { deviceId: id } });
  await step(server, user.staffNo, "requestDeviceTransfer", { id: held.id }, { form: "allocation" });
  expect(await stateOf(shareId)).toBe("ENDED");
});

test("what is shared does not become a device for customer data", async () => {
  const { id, shareId } = await consented();
  const update = async () => {
    const { version } = await server.database.db.device.findUniqueOrThrow({ where: { id } });
    const { errors } = await server.executeAs(
      "tim",
      "mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { device { id } } }",
      { variables: { input: { id, version, isCustomerListDevice: true } } },
    );
    return errors?.[0]?.extensions?.code;
  };
  expect(await update()).toBe("OPEN_ITEMS");
  await take("sam", "endDeviceShare", { id: shareId });
  expect(await update()).toBeUndefined();
});

test("any head of the custodian's department consents", async () => {
  const { deviceNo } = await another();
  const { form } = await ask("pat", deviceNo);
  const { id } = await server.callerOf("sam");
  const second = { employeeId: id, role: "DEPT_HEAD" } as const;
  await server.database.db.employeeRole.create({ data: second });
  const tasks = await server.executeAs("sam", "{ myTasks(first: 500) { record { id } } }");
  expect(JSON.stringify(tasks.data)).toContain(form.id);
  expect((await take("sam", "consentToDeviceShare", { id: form.id })).form.state).toBe("CONSENTED");
  await server.database.db.employeeRole.deleteMany({ where: second });
});

test("it ends when the day comes on which the device is to be replaced", async () => {
  const { id: deviceId, shareId } = await consented();
  await formPlay(server, "RenewalPlan").must("clerk", "plan", {
    ...{ deviceId, necessity: "It is worn out", feasibility: "Within the budget" },
    plannedFor: testNow.toISOString().slice(0, 10),
  });
  expect(await stateOf(shareId)).toBe("ENDED");
});
