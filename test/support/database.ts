import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { type Database, openDatabase } from "../../src/database/client.js";
import { actingAsServer } from "../../src/database/server-role.js";
import { databaseUrl, onServer } from "./database-server.js";

/** The instant at which the demo organisation of the tests was loaded. */
export const testNow = new Date("2026-11-22T15:00:00+08:00");

/** The secret that the demo organisation of the tests was loaded with. */
export const testSecret = Buffer.alloc(32, "tierkeep");

export interface TestDatabase {
  /** As servers enter it. */
  db: Database;
  /** Where servers enter. */
  serverUrl: string;
  /** Where its owner enters. */
  url: string;
  /** The statements sent so far; cleared by whoever reads them (`sql.length = 0`). */
  sql: string[];
  /** Does what the server's role may not: tables, triggers, types. */
  asOwner(statement: string): Promise<void>;
  /** Disconnects and drops the database. */
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  poolSize?: number;
  statementTimeout?: number;
}

/** A migrated, empty database of its own. */
export const testDatabase = (options: TestDatabaseOptions = {}): Promise<TestDatabase> =>
  clone("empty", options);

/** A database of its own with the demo organisation in it, each time with the same contents. */
export async function demoDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  await ensureDemoTemplate();
  return clone("demo", options);
}

async function clone(template: string, options: TestDatabaseOptions): Promise<TestDatabase> {
  const { url: server, prefix } = inject("databaseServer");
  const name = `${prefix}_${randomUUID().slice(0, 8)}`;
  await onServer(server, (client) =>
    client.query(`CREATE DATABASE ${name} TEMPLATE ${prefix}_${template} STRATEGY FILE_COPY`),
  );
  const sql: string[] = [];
  const url = databaseUrl(server, name);
  const serverUrl = actingAsServer(url);
  const db = openDatabase({ url: serverUrl, onQuery: (statement) => sql.push(statement), ...options });
  return {
    db,
    serverUrl,
    url,
    sql,
    asOwner: async (statement) => void (await onServer(url, (client) => client.query(statement))),
    close: async () => {
      await db.$disconnect();
      await onServer(server, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

/** Made by the first test file that asks for it; the others wait. */
async function ensureDemoTemplate() {
  const { url: server, prefix } = inject("databaseServer");
  const name = `${prefix}_demo`;
  const unfinished = `${prefix}_loading`;
  await onServer(server, async (client) => {
    await client.query("SELECT pg_advisory_lock(hashtext($1))", [name]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (rowCount) return;
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${unfinished} TEMPLATE ${prefix}_empty STRATEGY FILE_COPY`);
    const url = actingAsServer(databaseUrl(server, unfinished));
    const db = openDatabase({ url, statementTimeout: 60_000 });
    const { loadDemo } = await import("../../src/database/demo/load.js");
    await loadDemo(db, { now: testNow, secret: testSecret }).finally(() => db.$disconnect());
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
  });
}
