import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashOf } from "../../src/ledger/event.js";
import { keptSeals } from "../../src/ledger/kept-seals.js";
import type { Ledger } from "../../src/ledger/ledger.js";
import { ledgerFolder, openLedger } from "../../src/ledger/open-ledger.js";
import { loadPublicKeys } from "../../src/ledger/seal-key.js";
import { segmentLocks } from "../../src/ledger/store.js";
import { withStoredLedger } from "../../src/ledger/stored-ledger.js";
import { type VerifyOptions, verifyLedger } from "../../src/ledger/verify.js";
import { type TestDatabase, testDatabase, testNow } from "../support/database.js";
import { onServer } from "../support/database-server.js";
import { eventNamed } from "./events.js";

// The ledger in a real database, written by the server's role, forged by the owner.

let database: TestDatabase;
let dataDir: string;
let opened: Ledger[];
beforeEach(async () => {
  database = await testDatabase();
  dataDir = await mkdtemp(join(tmpdir(), "tierkeep-ledger-"));
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((ledger) => ledger.close()));
  await database.close();
  await rm(dataDir, { recursive: true });
});

const log = pino({ level: "silent" });

/** A server's part in the ledger. Closing it seals. */
async function writer(witness?: string, told = log): Promise<Ledger> {
  const ledger = await openLedger({
    ...{
      db: database.db,
      url: database.serverUrl,
      clock: { now: () => testNow },
      log: told,
      dataDir,
      witness,
    },
  });
  opened.push(ledger);
  return ledger;
}

/** Some events, a seal after each round. */
async function written(rounds: number, each = 5): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const ledger = await writer();
    for (let index = 0; index < each; index += 1) await ledger.record(eventNamed(`r${round}-${index}`));
    await ledger.close();
  }
}

const verified = async (options: Partial<VerifyOptions> = {}) => {
  const keys = await loadPublicKeys(ledgerFolder(dataDir));
  return withStoredLedger(database.serverUrl, (source) => verifyLedger(source, { keys, ...options }));
};
const kept = () => keptSeals(join(ledgerFolder(dataDir), "seals.jsonl"));
const asOwner = (sql: string) => onServer(database.url, (client) => client.query(sql));

test("what several servers write at once is one ledger, sealed together", async () => {
  const writers = await Promise.all([writer(), writer(), writer()]);
  await Promise.all(
    writers.flatMap((ledger, at) =>
      Array.from({ length: 30 }, (_, index) => ledger.record(eventNamed(`w${at}-${index}`))),
    ),
  );
  await Promise.all(writers.map((ledger) => ledger.close()));
  const whole = await verified({ against: kept() });
  expect(whole).toMatchObject({ finding: null, events: 90, unsealed: 0 });
  const { rows } = await asOwner("SELECT count(DISTINCT segment)::int AS segments FROM ledger.event");
  expect(rows).toEqual([{ segments: 3 }]);
});

test("whoever holds the lock of a segment that ended long ago adds nothing to any seal", async () => {
  await written(12, 1);
  await onServer(database.url, async (client) => {
    await client.query(`SELECT pg_advisory_lock(${segmentLocks}, 1)`);
    await written(1);
  });
  expect(await verified()).toMatchObject({ finding: null, events: 17, unsealed: 0 });
});

test("what is not sealed yet is verified too, and counted", async () => {
  await written(1);
  const ledger = await writer();
  await ledger.record(eventNamed("later"));
  expect(await verified()).toMatchObject({ finding: null, events: 6, unsealed: 1, seals: 1 });
});

test.each([
  ["before anything is written", 0],
  ["since a seal", 3],
])("verifying goes on %s", async (_case, rounds) => {
  await written(rounds);
  const from = await withStoredLedger(database.serverUrl, (source) =>
    source.lastSealBefore(new Date("2100-01-01T00:00:00Z")),
  );
  await written(2);
  expect(await verified({ from })).toMatchObject({ finding: null, events: 10, seals: 2 });
});

describe("whoever rewrites the database is found", () => {
  test.each<[string, string, object]>([
    [
      "an edit",
      `UPDATE ledger.event SET "principalId" = 'emp_2' WHERE segment = 2 AND seq = 3`,
      { kind: "EDITED", segment: 2, seq: 3 },
    ],
    [
      "a deletion",
      "DELETE FROM ledger.event WHERE segment = 2 AND seq = 3",
      { kind: "MISSING", segment: 2, seq: 3 },
    ],
    [
      "a tail cut off",
      "DELETE FROM ledger.event WHERE segment = 2 AND seq > 3",
      { kind: "MISSING", segment: 2, seq: 4 },
    ],
    [
      "a touched record taken away",
      `DELETE FROM ledger.touch WHERE "eventId" = 'led_2_000003'`,
      { kind: "EDITED", segment: 2, seq: 3 },
    ],
    [
      "a touched record at another time",
      `UPDATE ledger.touch SET "at" = "at" + interval '1 s' WHERE "eventId" = 'led_2_000003'`,
      { kind: "EDITED", segment: 2, seq: 3 },
    ],
    [
      "another customer",
      `UPDATE ledger.touch SET "customerId" = 'cus_2' WHERE "eventId" = 'led_2_000003'`,
      { kind: "EDITED", segment: 2, seq: 3 },
    ],
    ["fewer fields", `UPDATE ledger.fields SET "clear" = '{}'`, { kind: "FIELDS_FORGED" }],
    [
      "another time",
      `UPDATE ledger.event SET "at" = "at" - interval '1 ms' WHERE segment = 2 AND seq = 3`,
      { kind: "EDITED", segment: 2, seq: 3 },
    ],
    ["a seal taken away", "DELETE FROM ledger.seal WHERE number = 2", { kind: "SEAL_MISSING", seal: 2 }],
    [
      "a seal with another tail",
      `UPDATE ledger.seal SET "events" = 11 WHERE number = 2`,
      { kind: "SEAL_FORGED", seal: 2 },
    ],
    [
      "touched records of no event",
      `INSERT INTO ledger.touch SELECT 'led_9_000009', "position", "at", "record", "recordId", "customerId", "fields", "step" FROM ledger.touch WHERE "eventId" = 'led_2_000003'`,
      { kind: "STRAY_ROWS" },
    ],
  ])("by %s", async (_case, sql, finding) => {
    await written(3);
    expect((await verified()).finding).toBeNull();
    await asOwner(sql);
    expect((await verified()).finding).toMatchObject(finding);
  });

  test("by a seal to go on from whose words are not those that were signed", async () => {
    await written(3);
    const from = await withStoredLedger(database.serverUrl, (source) =>
      source.lastSealBefore(new Date(testNow.getTime() + 1_000)),
    );
    expect((await verified({ from })).finding).toBeNull();
    const edited = { ...from!, tails: from!.tails.slice(1) };
    expect((await verified({ from: edited })).finding).toMatchObject({ kind: "SEAL_FORGED" });
  });

  test("by adding to a segment that ended long ago", async () => {
    await written(12, 1);
    await asOwner(
      `INSERT INTO ledger.event SELECT 'led_1_000002', "segment", 2, "at", "kind", "roots", "outcome", "codes", "reasons",
         "principalId", "department", "deviceId", "address", "purpose", "grants", "declarations", "policyVersion",
         "requestId", "fields", "customers", "hash", "hash" FROM ledger.event WHERE "id" = 'led_1_000001'`,
    );
    const { rows } = await asOwner('SELECT * FROM ledger.event WHERE "id" = $$led_1_000001$$');
    const first = { ...rows[0], at: rows[0].at as Date, touches: [] };
    const hash = hashOf({ ...first, seq: 2, prevHash: first.hash as Buffer });
    await onServer(database.url, (client) =>
      client.query(`UPDATE ledger.event SET "hash" = $1 WHERE "id" = 'led_1_000002'`, [hash]),
    );
    expect((await verified()).finding).toMatchObject({ kind: "INSERTED", segment: 1, seq: 2 });
  });

  test.each([
    ["of an event", `UPDATE ledger.event SET "prevHash" = '' WHERE segment = 2 AND seq = 3`, "EDITED"],
    ["of a segment", `UPDATE ledger.segment SET "openedAt" = 'infinity' WHERE id = 2`, "EDITED"],
    ["of a seal", `UPDATE ledger.seal SET "at" = 'infinity' WHERE number = 2`, "SEAL_FORGED"],
    ["of a seal's tails", `UPDATE ledger.seal SET "tails" = 'null' WHERE number = 2`, "SEAL_FORGED"],
  ])("by values that no server writes, %s", async (_case, sql, kind) => {
    await written(3);
    await asOwner(sql);
    expect((await verified()).finding).toMatchObject({ kind });
  });

  test("by an older copy, beside the seals that were kept", async () => {
    await written(3);
    await asOwner(
      "DELETE FROM ledger.seal WHERE number = 3; DELETE FROM ledger.event WHERE segment = 3; DELETE FROM ledger.touch WHERE \"eventId\" LIKE 'led\\_3\\_%'",
    );
    expect((await verified()).finding).toBeNull();
    expect((await verified({ against: kept() })).finding).toMatchObject({ kind: "SEAL_MISSING", seal: 3 });
  });
});

describe("the server's role", () => {
  test.each([
    ...Object.entries({
      ...{ event: '"at" = now()', touch: '"at" = now()', fields: `"clear" = '{}'` },
      ...{ segment: '"openedAt" = now()', seal: '"events" = 0' },
    }).flatMap(([table, set]) => [
      `UPDATE ledger.${table} SET ${set}`,
      `DELETE FROM ledger.${table}`,
      `TRUNCATE ledger.${table}`,
      `DROP TABLE ledger.${table}`,
    ]),
    "ALTER TABLE ledger.event DISABLE TRIGGER ALL",
    "DELETE FROM ledger.event_2026_11",
    "CREATE TABLE ledger.mine (id int)",
    "CREATE TABLE public.mine (id int)",
    'ALTER TABLE "Customer" ADD "mine" text',
    'DROP TABLE "Customer"',
    `DELETE FROM "_prisma_migrations"`,
  ])("may not %s", async (sql) => {
    await written(1, 1);
    await expect(onServer(database.serverUrl, (client) => client.query(sql))).rejects.toMatchObject({
      code: "42501",
    });
  });
});

test("the copy of the seals goes on after a line that a crash tore, whoever made them", async () => {
  await written(2);
  const path = join(ledgerFolder(dataDir), "seals.jsonl");
  const text = await readFile(path, "utf8");
  await writeFile(path, text.slice(0, -20));
  await written(1);
  const numbers: number[] = [];
  for await (const { number } of keptSeals(path)) numbers.push(number);
  expect(numbers).toEqual([1, 2, 3]);
  expect((await verified({ against: kept() })).finding).toBeNull();
});

test("a witness gets every seal once it can be reached, in order", async () => {
  const path = join(dataDir, "witness.jsonl");
  const gate = join(dataDir, "open");
  const command = `test -e ${gate} && cat >> ${path}`;
  for (const isOpen of [false, false, true]) {
    if (isOpen) await writeFile(gate, "");
    const ledger = await writer(command);
    await ledger.record(eventNamed(`open ${isOpen}`));
    await ledger.close();
  }
  const numbers: number[] = [];
  for await (const { number } of keptSeals(path)) numbers.push(number);
  expect(numbers).toEqual([1, 2, 3]);
});

test("`npm run ledger -- verify` says so in one line, and by its status", async () => {
  await written(2);
  const { scripts } = createRequire(import.meta.url)("../../package.json") as { scripts: { ledger: string } };
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...scripts.ledger.split(" ").slice(1), ...args],
      {
        cwd: fileURLToPath(new URL("../..", import.meta.url)),
        env: { PATH: process.env.PATH, DATA_DIR: dataDir, DATABASE_URL: database.url },
        encoding: "utf8",
      },
    );
    return { status, stdout, stderr };
  };
  expect(run("verify")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(
      /^As written, and nothing is missing: 10 events under 2 seals, the last of .*; 0 of them came later .*2 of the seals were compared with .*seals\.jsonl\.\n$/,
    ),
  });
  expect(run("verify", "--since", "2030-01-01T00:00:00Z")).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("0 events under 0 seals"),
  });
  await asOwner(`UPDATE ledger.event SET "outcome" = 'REFUSED' WHERE segment = 1 AND seq = 2`);
  expect(run("verify")).toMatchObject({
    status: 1,
    stdout: "NOT AS WRITTEN: Event 2 of segment 1 is not as it was written. (EDITED)\n",
  });
  for (const wrong of [[], ["check"], ["verify", "--since", "yesterday"], ["verify", "--all"]])
    expect(run(...wrong)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("Usage: npm run ledger"),
    });
  expect(run("verify", "--against", join(dataDir, "none.jsonl"))).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("none.jsonl cannot be read"),
  });
});

describe("on a last seal that nobody has signed so nothing is built, and it is handed on to nobody", () => {
  const last = `"number" = (SELECT max("number") FROM ledger.seal)`;
  test.each([
    [
      "one that was edited",
      `UPDATE ledger.seal SET "events" = "events" + 1 WHERE ${last}`,
      `UPDATE ledger.seal SET "events" = "events" - 1 WHERE ${last}`,
      { kind: "SEAL_FORGED", seal: 2 },
    ],
    [
      "one far ahead",
      `INSERT INTO ledger.seal SELECT 2147483647, "at", "key", "events", "tails", "prevHash", "hash", "signature"
       FROM ledger.seal WHERE ${last}`,
      `DELETE FROM ledger.seal WHERE ${last}`,
      { kind: "SEAL_MISSING", seal: 3 },
    ],
    [
      "one that is none at all",
      `INSERT INTO ledger.seal SELECT 3, "at", "key", "events", '[{"segment": "x"}]', "prevHash", "hash", "signature"
       FROM ledger.seal WHERE ${last}`,
      `DELETE FROM ledger.seal WHERE ${last}`,
      { kind: "SEAL_FORGED", seal: 3 },
    ],
  ])("%s", async (_case, forge, undo, finding) => {
    const seals = async () => (await asOwner('SELECT "number" FROM ledger.seal ORDER BY 1')).rows as object[];
    const lines: string[] = [];
    const told = pino({}, { write: (line: string) => void lines.push(line) });
    await written(2);
    await asOwner(forge);
    const before = await seals();
    const ledger = await writer(undefined, told);
    await ledger.record(eventNamed("later"));
    await ledger.close();
    expect(await seals()).toEqual(before);
    // Closing has tried twice, within one minute.
    const sealing = lines.filter((line) => line.includes("the ledger could not be sealed"));
    expect(sealing).toHaveLength(1);
    expect(sealing[0]).toContain("is not as one of our keys has signed it");
    expect((await verified()).finding).toMatchObject(finding);
    // Somebody has looked, and put it right: sealing goes on, and the copies have every seal.
    await asOwner(undo);
    await written(1);
    expect(await verified({ against: kept() })).toMatchObject({
      finding: null,
      seals: 3,
      kept: 3,
      unsealed: 0,
    });
  });
});
