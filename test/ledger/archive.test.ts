import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ChainedEvent, hashOf, sha256 } from "../../src/ledger/event.js";
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

test("nor of a segment that something was added to after it had ended", async () => {
  const { rows } = await ledger.asOwner('SELECT * FROM ledger.event WHERE "id" = $$led_2_000003$$');
  const last = { ...rows[0], touches: [] } as ChainedEvent;
  const added = hashOf({ ...last, seq: 4, prevHash: last.hash }).toString("hex");
  await ledger.asOwner(
    `INSERT INTO ledger.event SELECT 'led_2_000004', "segment", 4, "at", "kind", "roots", "outcome", "codes", "reasons",
       "principalId", "department", "deviceId", "address", "purpose", "grants", "declarations", "policyVersion",
       "requestId", "fields", "customers", "hash", decode('${added}', 'hex') FROM ledger.event WHERE "id" = 'led_2_000003'`,
  );
  await expect(ledger.archive()).rejects.toMatchObject({ finding: { kind: "INSERTED", segment: 2, seq: 4 } });
  expect(await stored()).toMatchObject({ events: 13, archived: [1] });
});

test("nor of one whose rows are not as many any more as its file holds", async () => {
  await ledger.asOwner(`CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
    CREATE TRIGGER keep BEFORE DELETE ON ledger.touch FOR EACH ROW WHEN (OLD."eventId" = 'led_2_000003') EXECUTE FUNCTION keep()`);
  await expect(ledger.archive()).rejects.toThrow(
    /^Segment 2 was changed while it was archived: nothing of it was moved\.$/,
  );
  expect(await stored()).toMatchObject({ events: 12, touches: 12, archived: [1] });
});

describe("killed in between, nothing is lost, and the next run goes on", () => {
  /** As long as this stands nothing can be put in the place of the rows of segment 2. */
  const hinder = () =>
    ledger.asOwner(`CREATE FUNCTION hinder() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'away'; END $$;
      CREATE TRIGGER hinder BEFORE INSERT ON ledger.archive FOR EACH ROW WHEN (NEW."segment" = 2) EXECUTE FUNCTION hinder()`);
  const unhinder = () => ledger.asOwner("DROP FUNCTION hinder CASCADE");

  test("after a file is in its place, before the rows go: it is taken", async () => {
    await hinder();
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
    await hinder();
    await expect(ledger.archive()).rejects.toThrow("away");
    await unhinder();
    const whole = await readFile(ledger.fileOf(2));
    await rm(ledger.fileOf(2));
    await leave(ledger.fileOf(2), whole.subarray(0, whole.length / 2));
    expect(await ledger.archive()).toEqual([2, 3, 4]);
    expect(await readdir(ledger.folder)).toHaveLength(4);
    expect(await ledger.verify()).toMatchObject({ finding: null, events: 15 });
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
