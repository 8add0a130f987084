import { BlockList } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { policy } from "../../src/access/policy.js";
import { testNow } from "../support/database.js";
import { onServer } from "../support/database-server.js";
import { type Headers, type RealServer, type Reply, realServer } from "./real-server.js";

// What a device is decides at once what is read from it (rulebook 2.4 D, 3.3): on every server of one database, and with
// every condition on devices enforced. The servers stand behind a proxy on this machine.

const strict = {
  ...policy,
  conditions: { ...policy.conditions, address: true, stockTake: true, maintenance: true },
};
const policies = { at: async () => strict, version: async () => strict };
const trustedProxies = new BlockList();
trustedProxies.addAddress("127.0.0.1");

let first: RealServer;
let second: RealServer;
beforeAll(async () => {
  first = await realServer({ policies, trustedProxies });
  second = await realServer({ policies, trustedProxies, beside: first });
});
afterAll(async () => {
  await second?.close();
  await first?.close();
});

const change = (sql: string) =>
  onServer(first.database.url, async (client) => {
    await client.query("SET session_replication_role = replica");
    return client.query(sql);
  });

/** Where the devices are: each at its registered address, as the proxy says. */
const places: Readonly<Record<string, string>> = { sam: "10.20.1.101", mona: "10.20.1.113" };
const from = (address: string): Headers => ({ "x-forwarded-for": address });

const ask = (server: RealServer, account: string, query: string, headers?: Headers): Promise<Reply> =>
  server.ask(account, query, undefined, { headers: headers ?? from(places[account]!) });

const customers = "{ customers(first: 1) { nodes { name } } }";
/** C1 is the first of the catalogue, and C3 among the last. */
const marked = "nodes { code secrecy name }";
const classified = `{ first: customers(first: 1) { ${marked} } last: customers(last: 4) { ${marked} } }`;
const device = (account: string) =>
  `"id" = (SELECT d."id" FROM "Device" d JOIN "Employee" e ON e."id" = d."custodianId" WHERE e."staffNo" = '${account}')`;

/** Runs what is asked while a device or a person is another, and makes them what they were. */
async function whileSo<Result>(
  table: string,
  where: string,
  set: string,
  asked: () => Promise<Result>,
): Promise<Result> {
  await change(`CREATE TABLE "kept" AS SELECT * FROM "${table}" WHERE ${where}`);
  const columns = set.split(/, (?=")/).map((part) => part.slice(0, part.indexOf(" =")));
  await change(`UPDATE "${table}" SET ${set} WHERE ${where}`);
  try {
    return await asked();
  } finally {
    const back = columns.map((column) => `${column} = k.${column}`).join(", ");
    await change(`UPDATE "${table}" t SET ${back} FROM "kept" k WHERE k."id" = t."id"`);
    await change(`DROP TABLE "kept"`);
  }
}

const both = () => [first, second];
const now = testNow.toISOString();

describe("bites on the next request, on either server", () => {
  test.each([
    ["faulty", `"state" = 'FAULTY'`, "DEVICE_NOT_IN_USE", /IN_USE/],
    ["lost", `"state" = 'LOST'`, "DEVICE_NOT_IN_USE", /IN_USE/],
    ["in repair", `"state" = 'IN_REPAIR'`, "DEVICE_NOT_IN_USE", /IN_USE/],
    ["idle", `"state" = 'IDLE'`, "DEVICE_NOT_IN_USE", /IN_USE/],
    [
      "somebody else's",
      `"custodianId" = (SELECT "id" FROM "Employee" WHERE "staffNo" = 'sue')`,
      "DEVICE_NOT_YOURS",
      /own/,
    ],
    ["not for customer data", `"isCustomerListDevice" = FALSE`, "DEVICE_UNREGISTERED", /registered/],
    ["overdue for its stock-take", `"stockTakeDueAt" = '${now}'`, "DEVICE_NOT_IN_USE", /stock-take/],
    ["overdue for its maintenance", `"nextMaintenanceAt" = '${now}'`, "DEVICE_NOT_IN_USE", /maintenance/],
    ["at another address", `"ipAddress" = '10.20.1.250'`, "IP_MISMATCH", /address/],
    ["without an address", `"ipAddress" = NULL`, "IP_MISMATCH", /address/],
  ])("a device that is %s", async (_case, set, code, needs) => {
    for (const server of both()) expect((await ask(server, "sam", customers)).codes).toEqual([]);
    const explain = `{ myAccess(type: "Customer") { reach reason needs } }`;
    const [refused, explained] = await whileSo("Device", device("sam"), set, async () => [
      await Promise.all(both().map((server) => ask(server, "sam", customers))),
      await Promise.all(both().map((server) => ask(server, "sam", explain))),
    ]);
    for (const { codes, data, errors } of refused!) {
      expect(codes).toEqual([code]);
      expect(data?.customers ?? null).toBeNull();
      expect(errors?.[0]?.extensions?.needs).toMatch(needs);
    }
    for (const { data } of explained!) {
      expect(data.myAccess).toEqual([{ reach: [], reason: code, needs: expect.stringMatching(needs) }]);
    }
    for (const server of both()) expect((await ask(server, "sam", customers)).codes).toEqual([]);
  });

  const trained = `"employeeId" = (SELECT "id" FROM "Employee" WHERE "staffNo" = 'mona') AND "kind" = 'SECRET_POST'`;
  test.each([
    [
      "a device whose review is taken back",
      "Device",
      device("mona"),
      `"secretReviewedAt" = NULL`,
      "DEVICE_NOT_REVIEWED",
    ],
    ["a device for other things", "Device", device("mona"), `"classified" = FALSE`, "DEVICE_NOT_REVIEWED"],
    ["a training that has run out", "TrainingRecord", trained, `"expiresAt" = '${now}'`, "TRAINING_REQUIRED"],
  ])("%s: what is classified is shut, and the rest stays open", async (_case, table, where, set, code) => {
    const read = async () => {
      const answers = await Promise.all(both().map((server) => ask(server, "mona", classified)));
      return answers.map(({ data, extensions }) => ({
        names: Object.fromEntries(
          (
            [...data.first.nodes, ...data.last.nodes] as {
              code: string;
              secrecy: string;
              name: string | null;
            }[]
          )
            .filter(({ code }) => ["C1", "C3"].includes(code))
            .map(({ code, secrecy, name }) => [code, [secrecy, name !== null]]),
        ),
        reasons: extensions?.access?.fields.map(({ field, reason }) => `${field} ${reason}`) ?? [],
      }));
    };
    const open = { C1: ["ORDINARY", true], C3: ["CONFIDENTIAL", true] };
    for (const { names, reasons } of await read()) {
      expect(names).toEqual(open);
      expect(reasons).not.toContain(`Customer.name ${code}`);
    }
    for (const { names, reasons } of await whileSo(table, where, set, read)) {
      expect(names).toEqual({ ...open, C3: ["CONFIDENTIAL", false] });
      expect(reasons).toContain(`Customer.name ${code}`);
    }
    for (const { names } of await read()) expect(names).toEqual(open);
  });

  test("overdue by the clock alone, at the instant", async () => {
    const due = new Date(testNow.getTime() + 60_000);
    await whileSo("Device", device("sam"), `"nextMaintenanceAt" = '${due.toISOString()}'`, async () => {
      first.clock.at = new Date(due.getTime() - 1);
      expect((await ask(first, "sam", customers)).codes).toEqual([]);
      first.clock.at = due;
      expect((await ask(first, "sam", customers)).codes).toEqual(["DEVICE_NOT_IN_USE"]);
    });
  });
  afterEach(() => {
    first.clock.at = testNow;
  });

  test("an address that technology has changed", async () => {
    const { id, version } = await first.database.db.device.findUniqueOrThrow({ where: { deviceNo: "D1" } });
    const update = `mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { device { ipAddress version } } }`;
    const move = (ipAddress: string, version: number) =>
      first.ask("tim", update, { input: { id, version, ipAddress } });
    const { data } = await move("2001:DB8:0:0::7", version);
    expect(data.updateDevice.device.ipAddress).toBe("2001:db8::7");
    for (const server of both()) {
      expect((await ask(server, "sam", customers)).codes).toEqual(["IP_MISMATCH"]);
      expect((await ask(server, "sam", customers, from("2001:0db8::0:7"))).codes).toEqual([]);
    }
    await move(places.sam!, version + 1);
    expect((await ask(second, "sam", customers)).codes).toEqual([]);
  });
});

describe("the address is the one that the proxy saw", () => {
  const own = places.sam!;
  test.each<[string, Headers, string[]]>([
    ["the device's", from(own), []],
    ["the device's, as IPv6", from(`::ffff:${own}`), []],
    ["the device's, as IPv6 in hexadecimal", from("::FFFF:0A14:0165"), []],
    ["another's", from("10.20.1.102"), ["IP_MISMATCH"]],
    ["another's, behind what the caller made up", from(`${own}, 10.20.1.102`), ["IP_MISMATCH"]],
    ["another's, and a proxy before it that is not trusted", from(`${own}, 127.0.0.2`), ["IP_MISMATCH"]],
    ["none", {}, ["IP_MISMATCH"]],
    ["no address", from(`${own}, unknown`), ["IP_MISMATCH"]],
    [
      "told in other headers",
      { forwarded: `for=${own}`, "x-real-ip": own, "x-client-ip": own },
      ["IP_MISMATCH"],
    ],
  ])("%s", async (_case, headers, codes) => {
    expect((await ask(first, "sam", customers, headers)).codes).toEqual(codes);
  });

  test("where no proxy is trusted, nobody's word is taken", async () => {
    const alone = await realServer({ policies, beside: first });
    expect((await ask(alone, "sam", customers)).codes).toEqual(["IP_MISMATCH"]);
    await whileSo("Device", device("sam"), `"ipAddress" = '127.0.0.1'`, async () => {
      expect((await ask(alone, "sam", customers)).codes).toEqual([]);
    });
    await alone.close();
  });
});
