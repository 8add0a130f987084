import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { pino } from "pino";
import { type Database, openDatabase } from "../src/database/client.js";
import { demoAccounts } from "../src/database/demo/accounts.js";
import { loadDemo } from "../src/database/demo/load.js";
import { embeddedDatabase } from "../src/database/embedded.js";
import { migrate } from "../src/database/migrate.js";
import { demoCredential } from "../src/people/device-credential.js";
import { loadCaller } from "../src/people/load-caller.js";
import { cursorSeal } from "../src/reading/cursor.js";
import { createServer, type TierkeepServer } from "../src/server.js";
import { noLedger } from "../test/support/no-ledger.js";

export const now = new Date("2026-11-22T15:00:00+08:00");
const secret = Buffer.alloc(32, "bench");

/** The demo organisation on a database of its own, for as long as the work takes. */
export async function onBenchDatabase(work: (db: Database) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tierkeep-bench-"));
  // Where the benchmark runs as root, PostgreSQL runs as somebody else.
  await chmod(folder, 0o711);
  const server = await embeddedDatabase(join(folder, "data"), { asServer: true });
  try {
    await migrate(server.url);
    const db = openDatabase({ url: server.url, statementTimeout: 600_000 });
    await loadDemo(db, { now, secret });
    await work(db);
    await db.$disconnect();
  } finally {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A server on it; only HTTP is left out. */
export const benchServer = (db: Database): Promise<TierkeepServer> =>
  createServer({
    db,
    clock: { now: () => now },
    identify: () => Promise.resolve({ caller: null, proof: null }),
    session: null,
    seal: cursorSeal(secret),
    codeKey: secret,
    log: pino({ level: "silent" }),
    ledger: noLedger,
  });

/** How long an operation takes, milliseconds, and what it answers. */
export async function timed(
  server: TierkeepServer,
  db: Database,
  staffNo: string,
  query: string,
  variables: Record<string, unknown>,
): Promise<number> {
  const account = demoAccounts.find((one) => one.staffNo === staffNo)!;
  const circumstances = {
    proof: demoCredential(secret, account.device!),
    purpose: account.purpose,
    address: null,
    now,
  };
  const caller = await loadCaller(db, { staffNo }, circumstances);
  const began = performance.now();
  const { body } = await server.apollo.executeOperation(
    { query, variables },
    { contextValue: await server.contextFor(caller) },
  );
  const took = performance.now() - began;
  if (body.kind !== "single" || body.singleResult.errors) throw new Error(JSON.stringify(body));
  return took;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
