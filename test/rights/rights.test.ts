import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { policy } from "../../src/access/policy.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { step } from "../support/steps.js";
import { wipeCopies } from "../support/wipe-copies.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const hours = (count: number) => new Date(testNow.getTime() + count * 3_600_000);
const customerId = async (code: string) =>
  (await server.database.db.customer.findUniqueOrThrow({ where: { code } })).id;
const personId = async (staffNo: string) =>
  (await server.database.db.employee.findUniqueOrThrow({ where: { staffNo } })).id;

interface Seer {
  person: { staffNo: string };
  outcome: string;
  purposes: string[];
  grant: { id: string; application: { formNo: string } | null } | null;
  declaration: { id: string } | null;
}

const seers = async (
  code: string,
  field: string,
  at?: Date,
  now = testNow,
  account = "ada",
): Promise<Seer[]> => {
  const { data, errors } = await server.executeAs(
    account,
    `query ($id: ID!, $field: String!, $at: DateTime) { whoCanSee(customerId: $id, field: $field, at: $at, first: 500) {
      clear masked people { person { staffNo } outcome purposes grant { id application { formNo } } declaration { id } } } }`,
    { now, variables: { id: await customerId(code), field, at: at?.toISOString() ?? null } },
  );
  expect(errors).toBeUndefined();
  const { clear, masked, people } = data.whoCanSee;
  expect(people).toHaveLength(clear + masked);
  return people;
};

/** What an account is really answered, asking with each of its purposes from its own device: the best of it. */
async function reallySeen(
  account: string,
  code: string,
  field: string,
  now = testNow,
): Promise<string | null> {
  const { grants } = await server.callerOf(account, { now });
  const outcomes = new Set<string>();
  for (const purpose of [null, ...new Set(grants.flatMap(({ purposes }) => purposes))]) {
    const { data } = await server.executeAs(
      account,
      `{ customers(where: { code: { eq: "${code}" } }) { nodes { access { field outcome } } } }`,
      { purpose, now },
    );
    const cells = (data?.customers?.nodes?.[0]?.access ?? []) as { field: string; outcome: string }[];
    const cell = cells.find((one) => one.field === field);
    if (cell) outcomes.add(cell.outcome);
  }
  return outcomes.has("CLEAR") ? "CLEAR" : outcomes.has("MASKED") ? "MASKED" : null;
}

describe("whoCanSee says who would be answered what", () => {
  test.each([
    ["C1", "Customer.name"],
    ["C1", "Customer.idNumber"],
    ["C1", "Customer.balance"],
    ["C1", "Customer.rating"],
    ["C2", "Customer.mobile"],
    ["C3", "Customer.name"],
    ["C4", "Customer.balance"],
    ["C5", "Customer.idNumber"],
  ])("%s, %s: the very people who are", async (code, field) => {
    const told = new Map((await seers(code, field)).map(({ person, outcome }) => [person.staffNo, outcome]));
    for (const { staffNo } of demoAccounts)
      expect({ staffNo, outcome: told.get(staffNo) ?? null }).toEqual({
        staffNo,
        outcome: await reallySeen(staffNo, code, field),
      });
  });

  test("names the grant, its form and the declaration", async () => {
    const { data } = await server.executeAs(
      "adam",
      "{ sensitiveUses(where: { state: { eq: OPEN } }) { nodes { id } } }",
    );
    const fin = (await seers("C1", "Customer.balance")).find(({ person }) => person.staffNo === "fin")!;
    expect(fin).toMatchObject({
      outcome: "CLEAR",
      purposes: ["FINANCE"],
      declaration: data.sensitiveUses.nodes[0],
    });
    expect(fin.grant!.application!.formNo).toMatch(/^A-\d{4}-\d{4}$/);
  });
});

describe("for a past instant", () => {
  test("a declaration that was open then, and is not now", async () => {
    const filed = await step(server, "carl", "fileSensitiveUse", {
      customerIds: [await customerId("C2")],
      fields: ["Customer.balance"],
      purpose: "CUSTOMER_SERVICE",
      plannedUntil: hours(10).toISOString(),
    });
    const { id } = filed.form;
    await step(server, "carl", "returnSensitiveUse", { id, noneKept: true, records: [] }, { now: hours(5) });
    const of = async (at: Date) =>
      (await seers("C2", "Customer.balance", at, hours(20))).find(({ person }) => person.staffNo === "carl")!
        .outcome;
    expect(await of(hours(-1))).toBe("MASKED");
    expect(await of(hours(1))).toBe("CLEAR");
    expect(await of(hours(5))).toBe("MASKED");
    expect(await of(hours(12))).toBe("MASKED");
  });

  test("a grant that has been held up since", async () => {
    const grant = await server.database.db.grant.findFirstOrThrow({ where: { grantee: { staffNo: "qin" } } });
    await step(server, "adam", "suspendGrant", { id: grant.id, note: "Looked into" }, { now: hours(3) });
    const sees = async (at: Date) =>
      (await seers("C1", "Customer.name", at, hours(20))).some(({ person }) => person.staffNo === "qin");
    expect(await sees(hours(2))).toBe(true);
    expect(await sees(hours(3))).toBe(false);
  });

  test("whoever has left since", async () => {
    const { db } = server.database;
    await db.employee.update({ where: { staffNo: "bo" }, data: { status: "LEFT", leftAt: hours(4) } });
    const sees = async (at: Date) =>
      (await seers("C1", "Customer.name", at, hours(20))).some(({ person }) => person.staffNo === "bo");
    expect(await sees(hours(3))).toBe(true);
    expect(await sees(hours(5))).toBe(false);
  });
});

describe("whatCanSee", () => {
  const of = async (staffNo: string, more: Record<string, unknown> = {}, account = "adam") =>
    server.executeAs(
      account,
      `query ($id: ID!, $device: ID, $purpose: String, $at: DateTime) {
        whatCanSee(employeeId: $id, deviceId: $device, purpose: $purpose, at: $at) {
          field seen { rows outcome reason grant { id } declaration { id } } otherwise needs } }`,
      { variables: { id: await personId(staffNo), ...more }, now: hours(20) },
    );
  const cell = async (staffNo: string, field: string, more: Record<string, unknown> = {}) =>
    (
      (await of(staffNo, more)).data.whatCanSee as {
        field: string;
        seen: { rows: string; outcome: string }[];
        otherwise: string;
      }[]
    ).find((one) => one.field === field)!;

  test.each([
    ["sam", "Customer.name", "ORDER_HANDLING", ["your own, classified up to ORDINARY CLEAR"]],
    ["sam", "Customer.idNumber", "ORDER_HANDLING", []],
    ["sam", "Customer.name", "FINANCE", []],
    ["cara", "Customer.idNumber", "CUSTOMER_SERVICE", ["classified up to ORDINARY MASKED"]],
    ["cu1", "Customer.idNumber", null, ["one customer named to you CLEAR"]],
  ])("%s sees %s for %s on %j", async (account, field, purpose, expected) => {
    const { seen } = await cell(account, field, { purpose });
    expect(seen.map(({ rows, outcome }) => `${rows} ${outcome}`)).toEqual(expected);
  });

  test("nothing from somebody else's device", async () => {
    const { id: device } = await server.database.db.device.findFirstOrThrow({ where: { deviceNo: "D2" } });
    expect(await cell("sam", "Customer.name", { purpose: "ORDER_HANDLING", device })).toMatchObject({
      seen: [],
      otherwise: "DEVICE_NOT_YOURS",
    });
  });

  test.each(["sam", "cara", "tim", "cu1"])("%s may not ask", async (account) => {
    expect((await of("sam", {}, account)).errors?.[0]?.extensions?.code).toBe("NOT_YOUR_ROLE");
  });

  test("nobody knows what will be in force", async () => {
    const { errors } = await of("sam", { at: hours(21).toISOString() });
    expect(errors?.[0]?.extensions).toMatchObject({ code: "BAD_USER_INPUT", inputPath: "at" });
  });
});

describe("about somebody who has gone since", () => {
  beforeAll(async () => {
    const { db } = server.database;
    const sue = (mutation: string, input: object) => step(server, "sue", mutation, input, { now: hours(30) });
    const { form } = await sue("confirmOffboarding", {
      ...{ employeeId: await personId("sam"), kind: "LEAVE", reason: "Gave notice" },
    });
    const { id } = form;
    await step(server, "sam", "promiseSecrecy", { id, promised: true }, { now: hours(30) });
    await sue("filePermissionForm", { id });
    await sue("handOverOffboarding", { id, successorId: await personId("S102") });
    await wipeCopies(server, "sam", { now: hours(30) });
    // The device is in nobody's custody any more.
    await db.device.updateMany({ where: { deviceNo: "D1" }, data: { custodianId: null, state: "IDLE" } });
    await sue("clearDepartmentOffboarding", { id });
    await step(server, "tim", "clearDevicesOffboarding", { id }, { now: hours(31) });
    await step(server, "spec", "clearMaterialOffboarding", { id }, { now: hours(31) });
    const closed = await step(server, "clerk", "closeOffboarding", { id }, { now: hours(32) });
    expect(closed.form.state).toBe("CLOSED");
    // C1 is the successor's now; what decides here is that sam was at work.
    await db.customer.updateMany({ where: { code: "C1" }, data: { ownerId: await personId("sam") } });
  });

  test.each([
    ["before it took effect", 29, true],
    ["from the instant that it took effect", 30, false],
    ["while items were settled", 31, false],
    ["when they had left", 33, false],
  ])("%s", async (_, at, sees) => {
    const people = (await seers("C1", "Customer.name", hours(at), hours(40))).map(
      ({ person }) => person.staffNo,
    );
    expect(people.includes("sam")).toBe(sees);
    const device = await server.database.db.device.findFirstOrThrow({ where: { deviceNo: "D1" } });
    const { data } = await server.executeAs(
      "adam",
      `query ($id: ID!, $device: ID, $at: DateTime) { whatCanSee(employeeId: $id, deviceId: $device,
        purpose: "ORDER_HANDLING", at: $at) { field seen { outcome } } }`,
      {
        variables: { id: await personId("sam"), device: device.id, at: hours(at).toISOString() },
        now: hours(40),
      },
    );
    const { seen } = data.whatCanSee.find(({ field }: { field: string }) => field === "Customer.name");
    expect(seen.length > 0).toBe(sees);
  });

  test("who has changed post was at work before", async () => {
    const { form } = await step(
      server,
      "mona",
      "confirmOffboarding",
      {
        ...{ employeeId: await personId("spec"), kind: "TRANSFER", reason: "Moves" },
        ...{ toDepartment: "SALES", toPost: "Seller" },
      },
      { now: hours(41) },
    );
    expect(form.state).toBe("ITEMS_OPEN");
    const sees = async (at: number) =>
      (await seers("C1", "Customer.name", hours(at), hours(43))).some(
        ({ person }) => person.staffNo === "spec",
      );
    expect([await sees(40), await sees(41), await sees(42)]).toEqual([true, false, false]);
  });
});

test("where the address of a request counts, both take the one that is registered for the device", async () => {
  const { database } = server;
  const usual = server;
  server = await demoServer({
    database,
    policy: { ...policy, conditions: { ...policy.conditions, address: true } },
  });
  const told = async (deviceId: string) => {
    const { data } = await server.executeAs(
      "ada",
      `query ($id: ID!, $deviceId: ID) { whatCanSee(employeeId: $id, deviceId: $deviceId, purpose: "CUSTOMER_SERVICE") {
        field seen { outcome } otherwise } }`,
      { variables: { id: await personId("cara"), deviceId } },
    );
    const { seen, otherwise } = data.whatCanSee.find(
      ({ field }: { field: string }) => field === "Customer.name",
    );
    return {
      what: seen.length > 0 ? "CLEAR" : otherwise,
      who: (await seers("C1", "Customer.name")).some(({ person }) => person.staffNo === "cara"),
      really: await reallySeen("cara", "C1", "Customer.name"),
    };
  };
  const { id, ipAddress } = (await server.callerOf("cara")).device!;
  expect(await told(id)).toEqual({ what: "CLEAR", who: true, really: "CLEAR" });
  await database.db.device.update({ where: { id }, data: { ipAddress: null } });
  expect(await told(id)).toEqual({ what: "IP_MISMATCH", who: false, really: null });
  await database.db.device.update({ where: { id }, data: { ipAddress } });
  await server.close();
  server = usual;
});
