import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrate, migrationsFolder } from "../../src/database/migrate.js";
import { databaseUrl, onServer } from "../support/database-server.js";

// The migration by which no two devices have one address meets a register in which they do.

const { url: server, prefix } = inject("databaseServer");
const name = `${prefix}_addresses`;
const url = databaseUrl(server, name);
const migration = "20261128100000_addresses_and_stock_takes_of_devices";
const query = async (sql: string) => (await onServer(url, (client) => client.query(sql))).rows;

const devices: [
  number: string,
  state: string,
  address: string | null,
  seen: string | null,
  after: string | null,
][] = [
  ["D1", "IN_USE", "10.0.0.1", "2026-01-01", "10.0.0.1"],
  ["D2", "IDLE", "10.0.0.1", "2026-06-01", null],
  ["D3", "LOST", "10.0.0.1", null, "10.0.0.1"],
  ["D4", "IN_USE", "::ffff:10.0.0.1", null, null],
  ["D5", "IN_USE", "2001:db8:0:0::1", "2026-01-01", null],
  ["D6", "IN_USE", "2001:0DB8::1", "2026-02-01", "2001:db8::1"],
  ["D7", "IN_USE", "fe80::1%eth0", null, "fe80::1"],
  ["D8", "IN_USE", "the printer's", null, null],
  ["D9", "REGISTERED", null, null, null],
];

beforeAll(async () => {
  await onServer(server, (client) => client.query(`CREATE DATABASE ${name}`));
  const folder = await mkdtemp(join(tmpdir(), "tierkeep-addresses-"));
  for (const entry of await readdir(migrationsFolder))
    if (entry < migration || entry.endsWith(".toml"))
      await cp(join(migrationsFolder, entry), join(folder, entry), { recursive: true });
  await migrate(url, folder);
  await rm(folder, { recursive: true });
  for (const [deviceNo, state, address, seen] of devices)
    await onServer(url, (client) =>
      client.query(
        `INSERT INTO "Device" (id, "deviceNo", kind, model, state, "ipAddress", "lastSeenAt", software, components)
         VALUES ('dev_' || $1, $1, 'LAPTOP', 'M', $2::"DeviceState", $3, $4, '{}', '{}')`,
        [deviceNo, state, address, seen],
      ),
    );
  await migrate(url);
});
afterAll(() => onServer(server, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)));

test("the one in use keeps it, or the one seen last; in normal form, and what is none is nobody's", async () => {
  const rows = await query(`SELECT "deviceNo", "ipAddress" FROM "Device" ORDER BY "deviceNo"`);
  expect(rows.map(({ deviceNo, ipAddress }) => [deviceNo, ipAddress])).toEqual(
    devices.map(([deviceNo, , , , after]) => [deviceNo, after]),
  );
});

test.each([
  ["another's, written otherwise", "2001:DB8::0:1", /Device_ipAddress_key/],
  ["an IPv4 address as IPv6", "::ffff:10.9.9.9", /Device_ipAddress_normal/],
  ["a network", "10.9.9.0/24", /Device_ipAddress_normal/],
  ["no address", "here", /inet/],
])("from then on the database refuses %s", async (_case, address, refused) => {
  await expect(
    query(`UPDATE "Device" SET "ipAddress" = '${address}' WHERE "deviceNo" = 'D9'`),
  ).rejects.toThrow(refused);
});
