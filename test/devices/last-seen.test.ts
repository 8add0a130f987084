import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type RealServer, realServer } from "../attacks/real-server.js";
import { testNow } from "../support/database.js";
import { onServer } from "../support/database-server.js";

// Device.lastSeenAt is observed: what "unused for 30 days" looks at (rulebook 2.4 F).

let first: RealServer;
let second: RealServer;
beforeAll(async () => {
  first = await realServer();
  second = await realServer({ beside: first });
});
afterAll(async () => {
  await second?.close();
  await first?.close();
});

const minutes = (count: number) => new Date(testNow.getTime() + count * 60_000);
const at = (instant: Date) => {
  first.clock.at = instant;
  second.clock.at = instant;
};
const d1 = { where: { deviceNo: "D1" } };
const stored = () => first.database.db.device.findUniqueOrThrow(d1);
/** It is noted beside the request: after it, in a moment. */
const seenAt = (instant: Date) =>
  expect.poll(async () => (await stored()).lastSeenAt, { interval: 5 }).toEqual(instant);
const noted = () => first.database.sql.filter((sql) => sql.includes('UPDATE "Device"')).length;
const query = "{ me { staffNo } }";

beforeEach(async () => {
  await first.database.db.device.update({ ...d1, data: { lastSeenAt: minutes(-60) } });
  at(testNow);
});

test("a request from a device sets it, and leaves the version as it is", async () => {
  const { version } = await stored();
  await first.ask("sam", query);
  await seenAt(testNow);
  expect((await stored()).version).toBe(version);
});

test("so does the first request of all, and one that is refused", async () => {
  await first.database.db.device.update({ ...d1, data: { lastSeenAt: null } });
  expect((await first.ask("neo", "{ customers { totalCount } }", undefined, { device: "D1" })).codes).toEqual(
    ["DEVICE_NOT_YOURS"],
  );
  await seenAt(testNow);
});

test("nothing sets it without the device's credential, nor for nobody", async () => {
  await first.ask("sam", query, undefined, { device: null });
  await first.ask("sam", query, undefined, { headers: { "device-credential": "made up" } });
  await first.ask(null, query, undefined, { headers: await onlyDevice() });
  await first.ask("sue", query);
  await settled();
  expect((await stored()).lastSeenAt).toEqual(minutes(-60));
});

const onlyDevice = async () => {
  const { "device-credential": credential } = await first.headersOf("sam");
  return { "device-credential": credential! };
};

/** Whatever is being noted is noted once this has gone the same way. */
const settled = async () => {
  await first.database.db.device.update({ where: { deviceNo: "D2" }, data: { lastSeenAt: null } });
  await first.ask("pat", query);
  await expect
    .poll(
      async () =>
        (await first.database.db.device.findUniqueOrThrow({ where: { deviceNo: "D2" } })).lastSeenAt,
      {
        interval: 5,
      },
    )
    .not.toBeNull();
};

test("at most once an hour, however many ask of however many servers", async () => {
  first.database.sql.length = 0;
  await Promise.all(Array.from({ length: 20 }, (_, turn) => (turn % 2 ? first : second).ask("sam", query)));
  await seenAt(testNow);
  at(minutes(59));
  await Promise.all([first, second].map((server) => server.ask("sam", query)));
  await settled();
  expect((await stored()).lastSeenAt).toEqual(testNow);
  at(minutes(60));
  await second.ask("sam", query);
  await seenAt(minutes(60));
});

test("within the hour no statement is sent for it", async () => {
  await first.database.db.device.update({ ...d1, data: { lastSeenAt: minutes(-59) } });
  first.database.sql.length = 0;
  for (let turn = 0; turn < 5; turn += 1) await first.ask("sam", query);
  expect(noted()).toBe(0);
});

test("nobody waits for it: not even while somebody else holds the device", async () => {
  await onServer(first.database.url, async (client) => {
    await client.query("BEGIN");
    await client.query(`SELECT 1 FROM "Device" WHERE "deviceNo" = 'D1' FOR UPDATE`);
    expect((await first.ask("sam", "{ customers(first: 1) { nodes { name } } }")).codes).toEqual([]);
    await settled();
    await client.query("ROLLBACK");
  });
  expect((await stored()).lastSeenAt).toEqual(minutes(-60));
  await first.ask("sam", query);
  await seenAt(testNow);
});
