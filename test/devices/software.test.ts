import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { softwareKey } from "../../src/devices/software/software-name.js";
import { atOnce } from "../support/at-once.js";
import { testNow } from "../support/database.js";
import { allocation } from "../support/drivers/allocations.js";
import { configuration } from "../support/drivers/devices.js";
import { deviceInUse } from "../support/drivers/faults.js";
import { someSoftware } from "../support/drivers/software.js";
import { asRegistered } from "../support/drivers/stock-takes.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { formPlay } from "../support/form-driver.js";
import { step, type Taken } from "../support/steps.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const db = () => server.database.db;
const note = "Because.";
const device = (custodian?: string) => deviceInUse({ server, now: testNow }, custodian);
const deviceOf = (id: string) => db().device.findUniqueOrThrow({ where: { id } });
const ask = (account: string, deviceId: string, software: string) =>
  step(
    server,
    account,
    "requestInstallation",
    { deviceId, software, purpose: "Plans" },
    { form: "installRequest" },
  );
const go = (account: string, mutation: string, id: string) =>
  step(server, account, mutation, { id, note }, { form: "installRequest" });
const list = (account: string, mutation: string, input: object) =>
  step(server, account, mutation, { note, ...input }, { form: "knownSoftware" });

/** What the ledger says of a request's steps. */
const eventsOf = (id: string) => db().$queryRaw`
  SELECT e."outcome"::text, e."codes", t."step" FROM ledger.touch t JOIN ledger.event e ON e."id" = t."eventId"
  WHERE t."recordId" = ${id} AND t."step" IS NOT NULL`;

/** Software with a word of the company's on it. */
async function listed(standing: "ALLOWED" | "FORBIDDEN") {
  const name = someSoftware();
  const { form } = await list("tim", "enterKnownSoftware", { name, standing });
  return { name, id: form.id };
}

test.each([
  ["QQ", "qq"],
  ["QQ 9.7.1", "qq"],
  ["QQ9.7", "qq"],
  ["ＱＱ  v9", "qq"],
  ["Windows 11 23H2", "windows"],
  ["360 EDR", "360 edr"],
  ["7-Zip 23.01", "7-zip"],
  ["H264", "h264"],
  ["20", "20"],
  ["5.2", "5.2"],
  ["Scanner - 3.1", "scanner"],
  ["v2.0", "v2.0"],
  ["tool v2.0", "tool"],
  ["a1x9.7", "a1x"],
  ["_1.2", "_1.2"],
  ["Tool 3 beta", "tool 3 beta"],
  ["Tool 3.1-rc1 20", "tool"],
])("%s is known as %s", (name, key) => expect(softwareKey(name)).toBe(key));

/** What stands at the end and says which version it is, as one would write it down. */
const version = /(?:\s+v?\d[\w.]*|[\s_-]*v?\d+(?:\.\d+)+\S*)$/;
function writtenDown(name: string): string {
  const shorter = name.replace(version, "");
  return shorter === name || shorter === "" ? name : writtenDown(shorter);
}

test("every name is known without its versions", () => {
  const names = fc
    .array(fc.constantFrom("a", "v", "1", "20", ".", " ", "-", "_", "1.2", " v3"), { maxLength: 12 })
    .map((parts) => parts.join("").replace(/ +/g, " ").trim());
  fc.assert(
    fc.property(names, (name) => softwareKey(name) === writtenDown(name)),
    { numRuns: 20_000 },
  );
});

test("a list of names that are made up of versions holds nothing up", () => {
  // As long as a name can be; each looks like a version from wherever one begins to read it, and is none at its end.
  const names = [
    `${"1.1".repeat(66)} a`,
    `${"1.".repeat(98)}a b`,
    `${"1.1.1. ".repeat(28)}a`,
    "-".repeat(200),
  ];
  for (const name of names) for (let times = 0; times < 100_000; times += 1) softwareKey(name);
});

describe("the list", () => {
  test("says one thing of some software, whatever its version, with its history", async () => {
    const { name, id } = await listed("ALLOWED");
    const again = { name: `${name.toUpperCase()} 2.0`, standing: "FORBIDDEN" };
    const refused = await list("tess", "enterKnownSoftware", again);
    expect(refused).toMatchObject({ code: "DUPLICATE", paths: ["input.name"] });
    expect((await list("tess", "forbidSoftware", { id })).form).toMatchObject({ state: "FORBIDDEN" });
    await list("tim", "removeSoftware", { id });
    expect((await list("tess", "enterKnownSoftware", again)).code).toBeUndefined();
    const history = await db().formEvent.findMany({ where: { recordId: id }, orderBy: { seq: "asc" } });
    expect(history.map(({ action, byId }) => [action, byId])).toEqual([
      ...[
        ["enter", employeeId("tim")],
        ["forbid", employeeId("tess")],
      ],
      ["remove", employeeId("tim")],
    ]);
  });

  test("is technology's to write, and everybody's to read", async () => {
    const { name, id } = await listed("FORBIDDEN");
    for (const account of ["sam", "adam", "clerk"]) {
      expect((await list(account, "allowSoftware", { id })).code).toBe("NOT_YOUR_ROLE");
      const entered = await list(account, "enterKnownSoftware", {
        name: someSoftware(),
        standing: "ALLOWED",
      });
      expect(entered.code).toBe("NOT_YOUR_ROLE");
    }
    const query = `query ($name: String!) { softwareList(where: { name: { eq: $name } }) { nodes { name state } } }`;
    for (const account of ["sam", "cara", "fin", "tim"]) {
      const { data } = await server.executeAs(account, query, { variables: { name } });
      expect(data.softwareList.nodes).toEqual([{ name, state: "FORBIDDEN" }]);
    }
    expect(await list("tim", "enterKnownSoftware", { name: "X", standing: "REMOVED" })).toMatchObject({
      ...{ code: "FORM_INCOMPLETE", paths: ["input.standing"] },
    });
  });
});

describe("at once", () => {
  test.each<[string, (deviceId: string, software: string) => Promise<Taken>]>([
    ["one asks for it", (deviceId, software) => ask("sam", deviceId, software)],
    [
      "one enters it in the list",
      (_, name) => list("tim", "enterKnownSoftware", { name, standing: "ALLOWED" }),
    ],
  ])("of two, %s, and the other hears that it is there", async (what, go) => {
    const [deviceId, software] = [await device(), someSoftware()];
    const place = what.includes("list")
      ? { table: "Employee", id: employeeId("tim") }
      : { table: "Device", id: deviceId };
    const answers = await atOnce(server.database, place, [
      () => go(deviceId, software),
      () => go(deviceId, software),
    ]);
    expect(answers.map(({ code }) => code).sort()).toEqual(["DUPLICATE", undefined]);
  });
});

describe("what is asked for", () => {
  test("outside the list is installed once technology has confirmed it; the device's file gains it", async () => {
    const [deviceId, software] = [await device(), someSoftware()];
    const { form } = await ask("sam", deviceId, software);
    expect(form).toMatchObject({ state: "ASKED" });
    expect(await ask("sam", deviceId, `${software} 2.1`)).toMatchObject({ code: "DUPLICATE" });
    expect((await go("sam", "confirmInstallation", form.id)).code).toMatch(/SELF_DECISION|NOT_YOUR_ROLE/);
    expect(await go("tim", "completeInstallation", form.id)).toMatchObject({ code: "WRONG_STATE" });
    await go("tim", "confirmInstallation", form.id);
    const before = await deviceOf(deviceId);
    expect((await go("tess", "completeInstallation", form.id)).form).toMatchObject({ state: "INSTALLED" });
    expect(await deviceOf(deviceId)).toMatchObject({
      software: [...before.software, software],
      version: before.version + 1,
    });
    // The baseline follows: a stock-take that finds it finds no deviation.
    const counting = formPlay(server, "StockTake");
    const id = await counting.must("tim", "open", { department: "SALES", deviceIds: [deviceId] });
    await counting.must("tim", "count", { id, lines: [await asRegistered(counting, deviceId)] });
    expect(await db().violation.count({ where: { deviceId } })).toBe(0);
  });

  test("on the list needs nobody's word", async () => {
    const deviceId = await device();
    const { name } = await listed("ALLOWED");
    const { form } = await ask("sam", deviceId, `${name} 1.5`);
    expect(form).toMatchObject({ state: "CONFIRMED" });
    expect(await db().installRequest.findUnique({ where: { id: form.id } })).toMatchObject({
      ...{ listed: true, confirmedById: null, software: `${name} 1.5` },
    });
  });

  test("is refused where it is forbidden, and the attempt is on record", async () => {
    const deviceId = await device();
    const { name } = await listed("FORBIDDEN");
    expect(await ask("sam", deviceId, `${name} 9.7`)).toMatchObject({
      ...{ code: "SOFTWARE_FORBIDDEN", paths: ["input.software"] },
    });
    const attempts = await db().installRequest.findMany({ where: { deviceId } });
    expect(attempts).toMatchObject([
      { state: "BARRED", askerId: employeeId("sam"), software: `${name} 9.7` },
    ]);
    const { id } = attempts[0]!;
    expect(await db().formEvent.findMany({ where: { recordId: id } })).toMatchObject([
      { action: "bar", from: null, to: "BARRED", byId: null },
    ]);
    expect(await eventsOf(id)).toEqual([
      { outcome: "REFUSED", codes: ["SOFTWARE_FORBIDDEN"], step: "- bar BARRED" },
    ]);
    const told = await db().notification.findMany({ where: { recordId: id } });
    expect(told.map(({ personId }) => personId).sort()).toEqual(
      ["sue", "tim", "tess"].map(employeeId).sort(),
    );
    expect(await go("tim", "confirmInstallation", id)).toMatchObject({ code: "WRONG_STATE" });
  });

  test("and forbidden since is neither confirmed nor installed", async () => {
    const deviceId = await device();
    const { name, id } = await listed("ALLOWED");
    const { form } = await ask("sam", deviceId, name);
    const other = someSoftware();
    const asked = await ask("sam", deviceId, other);
    await list("tim", "forbidSoftware", { id });
    await list("tim", "enterKnownSoftware", { name: other, standing: "FORBIDDEN" });
    const before = await deviceOf(deviceId);
    expect(await go("tim", "completeInstallation", form.id)).toMatchObject({ code: "SOFTWARE_FORBIDDEN" });
    expect(await go("tim", "confirmInstallation", asked.form.id)).toMatchObject({
      code: "SOFTWARE_FORBIDDEN",
    });
    expect(await deviceOf(deviceId)).toEqual(before);
    expect((await go("tim", "refuseInstallation", form.id)).form).toMatchObject({ state: "REFUSED" });
  });

  test("is for one's own device alone, and ends with its use", async () => {
    const [own, others] = [await device(), await device("pat")];
    const software = someSoftware();
    expect((await ask("sam", others, software)).code).toMatch(/NOT_FOUND|DEVICE_NOT_YOURS/);
    expect(await ask("tim", own, software)).toMatchObject({ code: "DEVICE_NOT_YOURS" });
    const { form } = await ask("sam", own, software);
    await step(server, "sam", "reportDeviceLost", { id: own, note }, { form: "device" });
    expect(await db().installRequest.findUnique({ where: { id: form.id } })).toMatchObject({
      state: "DROPPED",
    });
    // By whatever way it came into other hands.
    const moved = await device();
    const asked = await ask("sam", moved, software);
    await go("tim", "confirmInstallation", asked.form.id);
    await db().device.update({ where: { id: moved }, data: { custodianId: employeeId("pat") } });
    expect(await go("tim", "completeInstallation", asked.form.id)).toMatchObject({ code: "WRONG_STATE" });
  });
});

describe("forbidden software", () => {
  test("is in no device's file: not by its setting up, nor by a correction, nor by a list", async () => {
    const { name } = await listed("FORBIDDEN");
    const software = ["UOS 20", `${name} 3.1`];
    const play = formPlay(server, "Device");
    const id = await play.must("clerk", "enter", { kind: "PC", model: "M", stockInNo: "RK", note });
    const configured = { id, ...configuration, software };
    expect(await step(server, "tim", "configureDevice", configured, { form: "device" })).toMatchObject({
      ...{ code: "SOFTWARE_FORBIDDEN", paths: ["input.software"] },
    });
    const deviceId = await device();
    const { version } = await deviceOf(deviceId);
    const update = { id: deviceId, version, software };
    expect(await step(server, "tim", "updateDevice", update, { form: "device" })).toMatchObject({
      ...{ code: "SOFTWARE_FORBIDDEN", paths: ["input.software"] },
    });
    const csv = `deviceNo,kind,model,stockInNo,software\nN-${randomUUID()},PC,M,RK-1,${name}\n`;
    const { data } = await server.executeAs(
      "tim",
      `mutation ($input: ImportDevicesInput!) { importDevices(input: $input) { problems { line field code } } }`,
      { variables: { input: { csv } } },
    );
    expect(data.importDevices.problems).toEqual([{ line: 2, field: "software", code: "SOFTWARE_FORBIDDEN" }]);
    expect((await deviceOf(deviceId)).software).toEqual(["UOS 20"]);
  });

  test("is a deviation wherever it is found, also where the register has it", async () => {
    const [deviceId, name] = [await device(), someSoftware()];
    await db().device.update({ where: { id: deviceId }, data: { software: ["UOS 20", name] } });
    await list("tim", "enterKnownSoftware", { name, standing: "FORBIDDEN" });
    const counting = formPlay(server, "StockTake");
    const id = await counting.must("tim", "open", { department: "SALES", deviceIds: [deviceId] });
    await counting.must("tim", "count", { id, lines: [await asRegistered(counting, deviceId)] });
    expect(await db().violation.findMany({ where: { deviceId } })).toMatchObject([
      { rule: "SOFTWARE_DEVIATION", details: `Forbidden: ${name}` },
    ]);
  });
});

test("a wish ends with the custody, also of a device that is out of order; who has it next wishes anew", async () => {
  const id = await allocation.stand(formPlay(server, "Allocation"), "ACCEPTED");
  const { deviceId, userId } = await db().allocation.findUniqueOrThrow({ where: { id } });
  const { staffNo } = await db().employee.findUniqueOrThrow({ where: { id: userId } });
  const { form } = await ask(staffNo, deviceId!, someSoftware());
  await formPlay(server, "Fault").must(staffNo, "report", { deviceId, symptom: "Dark" });
  await formPlay(server, "Allocation").must(staffNo, "requestTransfer", { id });
  expect(await db().installRequest.findUnique({ where: { id: form.id } })).toMatchObject({
    state: "DROPPED",
  });
});

test("who is told of an attempt reads who asked for what, and not what else is on the device", async () => {
  const { name } = await listed("FORBIDDEN");
  const deviceId = await device();
  await ask("sam", deviceId, name);
  const officer = { employeeId: employeeId("rep"), role: "SECURITY_OFFICER" } as const;
  await db().employeeRole.create({ data: officer });
  const { id } = await db().installRequest.findFirstOrThrow({ where: { deviceId, state: "BARRED" } });
  const query =
    "query ($id: ID!) { installRequest(id: $id) { software asker { staffNo } device { sealNo } } }";
  for (const account of ["sue", "rep"]) {
    const { data } = await server.executeAs(account, query, { variables: { id } });
    expect([account, data.installRequest]).toMatchObject([
      account,
      { software: name, asker: { staffNo: "sam" } },
    ]);
    expect(data.installRequest.device?.sealNo ?? null).toBeNull();
  }
  expect((await server.executeAs("mona", query, { variables: { id } })).data.installRequest).toBeNull();
  await db().employeeRole.deleteMany({ where: officer });
});

test("who is refused hears why", async () => {
  const deviceId = await device();
  const { form } = await ask("sam", deviceId, someSoftware());
  await step(
    server,
    "tim",
    "refuseInstallation",
    { id: form.id, note: "There is a better one" },
    { form: "installRequest" },
  );
  const { data } = await server.executeAs(
    "sam",
    "query ($id: ID!) { installRequest(id: $id) { history { action note } } }",
    { variables: { id: form.id } },
  );
  expect(data.installRequest.history).toContainEqual({ action: "refuse", note: "There is a better one" });
});

test("what somebody else still wishes on a device keeps nobody from wishing it", async () => {
  const deviceId = await device();
  const name = someSoftware();
  await ask("sam", deviceId, name);
  expect(await ask("sam", deviceId, name)).toMatchObject({ code: "DUPLICATE" });
  await db().installRequest.updateMany({ where: { deviceId }, data: { askerId: employeeId("sven") } });
  expect((await ask("sam", deviceId, name)).code).toBeUndefined();
});
