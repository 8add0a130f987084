import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256 } from "../../src/ledger/event.js";
import { connectStore, segmentLocks } from "../../src/ledger/store.js";
import { onServer } from "../support/database-server.js";
import { endOfAll, endOfOctober, november, type OldLedger, october, oldLedger } from "./old-ledger.js";

let ledger: OldLedger;
beforeEach(async () => {
  ledger = await oldLedger();
});
afterEach(() => ledger.close());

const stored = async (): Promise<object> => {
  const { rows } = await ledger.asOwner(
    `SELECT (SELECT array_agg("id" ORDER BY "id") FROM ledger.segment) AS "segments",
       (SELECT count(*)::int FROM ledger.event) AS "events", (SELECT count(*)::int FROM ledger.touch) AS "touches",
       (SELECT array_agg("segment" ORDER BY "segment") FROM ledger.archive) AS "archived"`,
  );
  return rows[0];
};

test("segments that have ended go to files, all that is of them, and the ledger is as whole as before", async () => {
  const before = await ledger.verify();
  expect(before).toMatchObject({ finding: null, events: 15, unsealed: 0 });
  expect(await ledger.archive()).toEqual([1, 2, 3, 4]);
  expect(await stored()).toEqual({
    segments: [5, 6, 7, 8, 9, 10, 11, 12],
    ...{ events: 3, touches: 3, archived: [1, 2, 3, 4] },
  });
  expect(await readdir(ledger.folder)).toEqual([1, 2, 3, 4].map((segment) => `segment-${segment}.jsonl.gz`));
  expect(await ledger.verify()).toEqual(before);

  const file = await readFile(ledger.fileOf(2));
  const { rows } = await ledger.asOwner(`SELECT * FROM ledger.archive WHERE "segment" = 2`);
  expect(rows[0]).toMatchObject({
    ...{ archivedAt: november, events: 3, touches: "3", lastSeq: 3 },
    fileHash: sha256(file),
  });
  const lines = gunzipSync(file).toString().trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { segment: { id: 2 } },
    { fields: { clear: ["Customer.name"] } },
    ...[1, 2, 3].map((seq) => ({
      event: [{ segment: 2, seq }, [["Customer", "cus_1", "cus_1", expect.any(String), null]]],
    })),
  ]);
});

test("archiving goes on with the ledger, also with segments to which nothing was ever added", async () => {
  await ledger.archive();
  await ledger.writeEight(november);
  expect(await ledger.archive()).toEqual([5, 6, 7, 8, 9, 10, 11, 12]);
  expect(await ledger.verify()).toMatchObject({ finding: null, events: 18, unsealed: 0 });
  expect(await ledger.archive()).toEqual([]);
});

test("verifying since a seal asks for no file of what had ended before it", async () => {
  await ledger.archive();
  await rm(ledger.folder, { recursive: true });
  expect(await ledger.verify(endOfAll)).toMatchObject({ finding: null, events: 0 });
  expect((await ledger.verify()).finding).toMatchObject({ kind: "ARCHIVE_MISSING", segment: 1 });
  // The last seal of October speaks of both segments: they could have gone on.
  expect((await ledger.verify(november)).finding).toMatchObject({ kind: "ARCHIVE_MISSING", segment: 1 });
});

describe("what stays", () => {
  test.each([
    ["what is too new", endOfOctober, [1, 2]],
    ["what has an event of the very instant", october, []],
  ])("%s", async (_case, before, moved) => {
    expect(await ledger.archive({ before })).toEqual(moved);
  });

  test("what has one event that is too new", async () => {
    const late = new Date("2026-11-20T00:00:00Z");
    await ledger.write(november, late);
    await ledger.writeEight(late);
    expect(await ledger.archive({ before: late })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(await ledger.archive()).toEqual([13]);
  });

  test("what somebody is writing, and what has ended since the last seal", async () => {
    const store = await connectStore(ledger.database.serverUrl, 10_000);
    const { id } = await store.openSegment(november);
    await ledger.writeEight(november);
    expect(await ledger.archive()).not.toContain(id);
    store.close();
    expect(await ledger.archive()).toEqual([]);
    await ledger.writeEight(november);
    expect(await ledger.archive()).toContain(id);
  });

  test("what somebody holds who has come since the last seal", async () => {
    await onServer(ledger.database.url, async (client) => {
      await client.query(`SELECT pg_advisory_lock(${segmentLocks}, 3)`);
      expect(await ledger.archive()).toEqual([1, 2, 4]);
    });
    expect(await ledger.archive()).toEqual([3]);
  });
});

describe("nothing is moved of what is not as it was written", () => {
  test.each<[string, string, object]>([
    [
      "an edited event",
      `UPDATE ledger.event SET "principalId" = NULL WHERE "segment" = 2 AND "seq" = 2`,
      { kind: "EDITED", segment: 2, seq: 2 },
    ],
    [
      "a tail cut off",
      `DELETE FROM ledger.event WHERE "segment" = 2 AND "seq" = 3`,
      { kind: "MISSING", segment: 2, seq: 3 },
    ],
    [
      "a touched record taken away",
      `DELETE FROM ledger.touch WHERE "eventId" = 'led_2_000003'`,
      { kind: "EDITED", segment: 2, seq: 3 },
    ],
    [
      "another beginning",
      `UPDATE ledger.segment SET "writer" = gen_random_uuid() WHERE "id" = 2`,
      { kind: "EDITED", segment: 2, seq: 1 },
    ],
    ["a set of fields that is gone", "DELETE FROM ledger.fields", { kind: "EDITED", segment: 1, seq: 1 }],
    ["another set of fields", `UPDATE ledger.fields SET "clear" = '{}'`, { kind: "FIELDS_FORGED" }],
    [
      "an edited seal",
      `UPDATE ledger.seal SET "events" = 1 WHERE "number" = 5`,
      { kind: "SEAL_FORGED", seal: 5 },
    ],
  ])("%s", async (_case, sql, finding) => {
    await ledger.asOwner(sql);
    const before = await stored();
    await expect(ledger.archive()).rejects.toMatchObject({ finding });
    const moved = await readdir(ledger.folder).catch(() => []);
    expect(moved).toEqual("segment" in finding && finding.segment === 2 ? ["segment-1.jsonl.gz"] : []);
    if (moved.length === 0) expect(await stored()).toEqual(before);
    expect((await ledger.verify()).finding).toMatchObject(finding);
  });
});

describe("killed in between, nothing is lost, and the next run goes on", () => {
  /** As long as this stands nothing can be put in the place of rows: the session is `how`. */
  const hinder = (how: string) =>
    ledger.asOwner(`CREATE FUNCTION hinder() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${how}; RETURN NEW; END $$;
      CREATE TRIGGER hinder BEFORE INSERT ON ledger.archive FOR EACH ROW WHEN (NEW."segment" = 2) EXECUTE FUNCTION hinder()`);
  const unhinder = () => ledger.asOwner("DROP FUNCTION hinder CASCADE");

  test("after a file is in its place, before the rows go: it is taken", async () => {
    await hinder("RAISE 'away'");
    await expect(ledger.archive()).rejects.toThrow("away");
    expect(await stored()).toMatchObject({ events: 12, touches: 12, archived: [1] });
    expect(await ledger.verify()).toMatchObject({ finding: null, events: 15 });
    const { ino } = await stat(ledger.fileOf(2));
    await unhinder();
    expect(await ledger.archive()).toEqual([2, 3, 4]);
    expect((await stat(ledger.fileOf(2))).ino).toBe(ino);
    expect(await ledger.verify()).toMatchObject({ finding: null, events: 15 });
  });

  test.each([
    [
      "a file that is half written, beside its place",
      (path: string, half: Buffer) => writeFile(`${path}.draft`, half),
    ],
    ["a file in its place that is torn", (path: string, half: Buffer) => writeFile(path, half)],
    ["a file in its place that holds something else", (path: string) => writeFile(path, gzipSync("{}\n"))],
  ])("%s is written anew", async (_case, leave) => {
    await hinder("RAISE 'away'");
    await expect(ledger.archive()).rejects.toThrow("away");
    await unhinder();
    const whole = await readFile(ledger.fileOf(2));
    await rm(ledger.fileOf(2));
    await leave(ledger.fileOf(2), whole.subarray(0, whole.length / 2));
    expect(await ledger.archive()).toEqual([2, 3, 4]);
    expect(await readdir(ledger.folder)).toHaveLength(4);
    expect(await ledger.verify()).toMatchObject({ finding: null, events: 15 });
  });

  test("by the system, while the rows go", async () => {
    await hinder("PERFORM pg_sleep(600)");
    const child = spawn(
      process.execPath,
      [...words, "archive", "--before", endOfAll.toISOString()],
      settings(),
    );
    const waits = async () =>
      (
        await ledger.asOwner(
          "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()",
        )
      ).rowCount;
    await expect.poll(waits, { timeout: 60_000 }).toBe(1);
    child.kill("SIGKILL");
    await once(child, "close");
    await ledger.asOwner(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%ledger.archive%'",
    );
    await unhinder();
    expect((await ledger.verify()).finding).toBeNull();
    await expect.poll(() => ledger.archive().catch(() => null)).toContain(2);
    expect((await ledger.verify()).finding).toBeNull();
  });
});

describe("refused in one line", () => {
  test("whoever may not take anything out of the ledger", async () => {
    await expect(ledger.archive({ ownerUrl: ledger.database.serverUrl })).rejects.toThrow(
      /^The database user tierkeep_server may take nothing out of the ledger: DATABASE_OWNER_URL/,
    );
  });

  test("whoever comes while another is about it", async () => {
    await onServer(ledger.database.url, async (client) => {
      await client.query(`SELECT pg_advisory_lock(${0x7e5})`);
      await expect(ledger.archive()).rejects.toThrow(/^Somebody else is archiving this ledger/);
    });
  });

  test("a folder that is none", async () => {
    await writeFile(join(ledger.dataDir, "file"), "");
    await expect(ledger.archive({ folder: join(ledger.dataDir, "file", "in") })).rejects.toThrow(
      /segment-1\.jsonl\.gz cannot be (written|read): ENOTDIR/,
    );
  });
});

test("`npm run ledger -- archive` says what it moved, is on record, and verifying reads what it wrote", async () => {
  const run = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [...words, ...args], {
      ...settings(),
      encoding: "utf8",
    });
    return { status, stdout, stderr };
  };
  const to = join(ledger.dataDir, "elsewhere");
  expect(run("archive", "--before", endOfOctober.toISOString(), "--to", to)).toEqual({
    status: 0,
    stdout: `Segment 1, 3 events: ${join(to, "segment-1.jsonl.gz")}\nSegment 2, 3 events: ${join(to, "segment-2.jsonl.gz")}\nSegments moved: 2.\n`,
    stderr: "",
  });
  expect(run("archive", "--before", october.toISOString())).toMatchObject({
    status: 0,
    stdout: "There is nothing to move: no segment is old enough, ended and sealed.\n",
  });
  const { rows } = await ledger.asOwner(
    `SELECT e."outcome", e."kind", e."principalId", array_agg(t."record" || ' ' || t."recordId" || ' ' || t."step") AS "steps"
     FROM ledger.event e LEFT JOIN ledger.touch t ON t."eventId" = e."id" WHERE e."roots" = '{archiveLedger}'
     GROUP BY e."id", e."outcome", e."kind", e."principalId" ORDER BY e."id"`,
  );
  const event = { kind: "MUTATION", principalId: null, steps: [null] };
  expect(rows).toEqual([
    { ...event, outcome: "BEGUN" },
    {
      ...{ ...event, outcome: "ANSWERED" },
      steps: ["LedgerSegment 1 SEALED archive ARCHIVED", "LedgerSegment 2 SEALED archive ARCHIVED"],
    },
    { ...event, outcome: "BEGUN" },
    { ...event, outcome: "ANSWERED" },
  ]);
  expect(run("verify", "--archive", to)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("As written, and nothing is missing: 19 events under 7 seals"),
  });
  expect(run("verify")).toMatchObject({
    status: 1,
    stdout: `NOT AS WRITTEN: The file of segment 1 is missing: ${ledger.fileOf(1)}. (ARCHIVE_MISSING)\n`,
  });
  await ledger.asOwner(`DELETE FROM ledger.event WHERE "segment" = 3 AND "seq" = 2`);
  expect(run("archive", "--before", endOfAll.toISOString())).toMatchObject({
    status: 1,
    stdout: "NOT AS WRITTEN: Event 2 of segment 3 is missing. (MISSING)\n",
  });
  for (const wrong of [
    ["archive"],
    ["archive", "--before", "yesterday"],
    ["archive", "--before", "2026-01-01T00:00:00Z", "--keys", "keys"],
    ["archive", "all", "--before", "2026-01-01T00:00:00Z"],
  ])
    expect(run(...wrong)).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringMatching(/^Usage: npm run ledger[\s\S]* archive --before/),
    });
});

const { scripts } = createRequire(import.meta.url)("../../package.json") as { scripts: { ledger: string } };
const words = scripts.ledger.split(" ").slice(1);
const settings = () => ({
  cwd: fileURLToPath(new URL("../..", import.meta.url)),
  env: { PATH: process.env.PATH, DATA_DIR: ledger.dataDir, DATABASE_URL: ledger.database.url },
});
