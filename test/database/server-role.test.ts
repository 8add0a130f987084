import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { openDatabase } from "../../src/database/client.js";
import { migrate } from "../../src/database/migrate.js";
import { enterAsServer } from "../../src/database/server-role.js";
import { databaseUrl, onServer } from "../support/database-server.js";

// Who a server is in the database: whoever it signs in as, it may not change the schema, nor what stands in the ledger.

const { url: server, prefix } = inject("databaseServer");
const tag = randomUUID().slice(0, 8);
const database = `${prefix}_role_${tag}`;
const ownerUrl = databaseUrl(server, database);
const users = { plain: `plain_${tag}`, owner: `owner_${tag}` };

const urlAs = (user: string, password: string) => {
  const url = new URL(ownerUrl);
  url.username = user;
  url.password = password;
  return url.href;
};

beforeAll(async () => {
  await onServer(server, async (client) => {
    await client.query(`CREATE ROLE ${users.plain} LOGIN PASSWORD 'plain'`);
    await client.query(`CREATE ROLE ${users.owner} LOGIN PASSWORD 'owner'`);
    await client.query(`CREATE DATABASE ${database} OWNER ${users.owner}`);
  });
  await migrate(urlAs(users.owner, "owner"));
});
afterAll(() =>
  onServer(server, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    for (const user of Object.values(users)) await client.query(`DROP ROLE IF EXISTS ${user}`);
  }),
);

/** What a server that enters there can and cannot do. */
async function expectServerOnly(url: string): Promise<void> {
  const db = openDatabase({ url });
  expect(await db.employee.count()).toBe(0);
  await db.department.deleteMany();
  await db.$queryRaw`SELECT 1 AS "one" FROM ledger.add_month(now())`;
  await db.$executeRaw`INSERT INTO ledger.segment ("openedAt", "writer") VALUES (now(), gen_random_uuid())`;
  await db.$queryRaw`SELECT 1 AS "one" FROM ledger.archive`;
  for (const sql of [
    `UPDATE ledger.segment SET "openedAt" = now()`,
    "DELETE FROM ledger.event",
    "TRUNCATE ledger.seal",
    "INSERT INTO ledger.archive SELECT * FROM ledger.archive",
    "DELETE FROM ledger.archive",
    "CREATE TABLE mine (id int)",
    `DROP TABLE "Customer"`,
  ])
    await expect(db.$executeRawUnsafe(sql), sql).rejects.toThrow(/permission denied|must be owner/);
  await db.$disconnect();
}

describe("a server", () => {
  test("whose administrator gave it a user of its own beside the owner's", async () => {
    await expectServerOnly(
      await enterAsServer(urlAs(users.owner, "owner"), { url: urlAs(users.plain, "plain") }),
    );
  });

  test("that only knows the owner lays down the owner's rights", async () => {
    await expectServerOnly(await enterAsServer(ownerUrl, "as-owner"));
  });

  test("that enters twice at once enters twice", async () => {
    const urls = await Promise.all([
      enterAsServer(ownerUrl, "as-owner"),
      enterAsServer(ownerUrl, "as-owner"),
    ]);
    expect(new Set(urls).size).toBe(1);
  });
});

describe("refused in one line", () => {
  test("a user who could rewrite the ledger in spite of everything", async () => {
    await expect(enterAsServer(ownerUrl, { url: ownerUrl })).rejects.toThrow(
      /could rewrite the ledger: DATABASE_URL takes one/,
    );
    await expect(enterAsServer(ownerUrl, { url: urlAs(users.owner, "owner") })).rejects.toThrow(
      /could rewrite the ledger/,
    );
  });

  test("an owner who may not make the server's role a member", async () => {
    await expect(enterAsServer(urlAs(users.owner, "owner"), "as-owner")).rejects.toThrow(
      /may not make the role tierkeep_server .*DATABASE_OWNER_URL/,
    );
  });
});
