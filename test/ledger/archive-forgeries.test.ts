import { copyFile, cp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../src/ledger/event.js";
import { type OldLedger, oldLedger } from "./old-ledger.js";

// Segments that were archived, forged in their files, in the table that tells of them, or in both.

let ledger: OldLedger;
let kept: string;
beforeAll(async () => {
  ledger = await oldLedger();
  kept = join(ledger.dataDir, "kept");
  await ledger.archive();
  await cp(ledger.folder, kept, { recursive: true });
  await ledger.asOwner("CREATE TABLE public.kept AS TABLE ledger.archive");
});
afterEach(async () => {
  await rm(ledger.folder, { recursive: true });
  await cp(kept, ledger.folder, { recursive: true });
  await ledger.asOwner(`DELETE FROM ledger.touch WHERE "eventId" = 'led_2_000003'; TRUNCATE ledger.archive;
    INSERT INTO ledger.archive TABLE public.kept`);
});
afterAll(() => ledger.close());

/** The lines of a file, changed and packed again. */
async function repack(segment: number, change: (lines: string[]) => string[]): Promise<void> {
  const lines = gunzipSync(await readFile(ledger.fileOf(segment)))
    .toString()
    .split("\n");
  await writeFile(
    ledger.fileOf(segment),
    gzipSync(
      change(lines.slice(0, -1))
        .map((line) => `${line}\n`)
        .join(""),
    ),
  );
}
const replaceIn = (from: string, to: string) => (lines: string[]) =>
  lines.map((line) => line.replace(from, to));

/** Puts something in the place of the second event's line. */
const withEvent = (by: (event: string) => string[]) => (lines: string[]) =>
  lines.flatMap((line, index) => (index === 3 ? by(line) : [line]));

/** What whoever can write to the database as well makes of its row. */
async function adaptRow(segment: number, set = ""): Promise<void> {
  const fileHash = sha256(await readFile(ledger.fileOf(segment))).toString("hex");
  await ledger.asOwner(
    `UPDATE ledger.archive SET ${set} "fileHash" = decode('${fileHash}', 'hex') WHERE "segment" = ${segment}`,
  );
}

describe("whoever forges the archive is found", () => {
  test.each<[string, () => Promise<unknown>, object]>([
    [
      "by an edit",
      () => repack(2, replaceIn('"requestId":"r2"', '"requestId":"r9"')),
      { kind: "EDITED", segment: 2, seq: 2 },
    ],
    [
      "by an edit that the database knows of",
      async () => {
        await repack(2, replaceIn('"requestId":"r2"', '"requestId":"r9"'));
        await adaptRow(2);
      },
      { kind: "EDITED", segment: 2, seq: 2 },
    ],
    [
      "by another touched record",
      () =>
        repack(
          2,
          withEvent((event) => [event.replaceAll("cus_1", "cus_2")]),
        ),
      { kind: "EDITED", segment: 2, seq: 2 },
    ],
    [
      "by fewer fields",
      () => repack(2, replaceIn("Customer.name", "Customer.tier")),
      { kind: "FIELDS_FORGED" },
    ],
    [
      "by another beginning",
      () => repack(2, replaceIn("2026-10-05", "2026-10-04")),
      { kind: "EDITED", segment: 2, seq: 1 },
    ],
    [
      "by an event taken out",
      () =>
        repack(
          2,
          withEvent(() => []),
        ),
      { kind: "MISSING", segment: 2, seq: 2 },
    ],
    [
      "by an event put in twice",
      () =>
        repack(
          2,
          withEvent((event) => [event, event]),
        ),
      { kind: "INSERTED", segment: 2, seq: 2 },
    ],
    [
      "by an event without its place",
      () => repack(2, replaceIn('"seq":2,', "")),
      { kind: "EDITED", segment: 2, seq: 2 },
    ],
    [
      "by cutting off events",
      () => repack(2, (lines) => lines.slice(0, -1)),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by cutting off events that the database does not know of either",
      async () => {
        await repack(2, (lines) => lines.slice(0, -1));
        const lines = gunzipSync(await readFile(ledger.fileOf(2)))
          .toString()
          .trimEnd()
          .split("\n");
        const hash = JSON.parse(lines.at(-1)!).event[0].hash.slice(2);
        await adaptRow(
          2,
          `"events" = 2, "touches" = 2, "lastSeq" = 2, "lastHash" = decode('${hash}', 'hex'),`,
        );
      },
      { kind: "MISSING", segment: 2, seq: 3 },
    ],
    [
      "by cutting off bytes",
      async () => writeFile(ledger.fileOf(2), (await readFile(ledger.fileOf(2))).subarray(0, -30)),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by changed bytes",
      async () => writeFile(ledger.fileOf(2), (await readFile(ledger.fileOf(2))).fill(7, 40, 60)),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by bytes added",
      async () =>
        writeFile(ledger.fileOf(2), Buffer.concat([await readFile(ledger.fileOf(2)), Buffer.alloc(9)])),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by packing it anew",
      async () =>
        writeFile(ledger.fileOf(2), gzipSync(gunzipSync(await readFile(ledger.fileOf(2))), { level: 0 })),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by an empty file",
      () => writeFile(ledger.fileOf(2), gzipSync("")),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by a file of another kind",
      () => writeFile(ledger.fileOf(2), "no"),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by a line of another kind",
      () =>
        repack(
          2,
          withEvent(() => ['{"event":[null,null]}']),
        ),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by a line that is torn",
      () =>
        repack(
          2,
          withEvent((event) => [event.slice(0, 50)]),
        ),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    ["by taking the file away", () => rm(ledger.fileOf(2)), { kind: "ARCHIVE_MISSING", segment: 2 }],
    [
      "by two files in each other's place",
      async () => {
        await copyFile(ledger.fileOf(2), `${ledger.fileOf(2)}.x`);
        await rename(ledger.fileOf(3), ledger.fileOf(2));
        await rename(`${ledger.fileOf(2)}.x`, ledger.fileOf(3));
      },
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by taking it out of the database",
      () => ledger.asOwner('DELETE FROM ledger.archive WHERE "segment" = 2'),
      { kind: "MISSING", segment: 2, seq: 1 },
    ],
    [
      "by other numbers in the database",
      () => ledger.asOwner('UPDATE ledger.archive SET "touches" = 2 WHERE "segment" = 2'),
      { kind: "ARCHIVE_FORGED", segment: 2 },
    ],
    [
      "by a segment that there never was",
      () =>
        ledger.asOwner(
          `INSERT INTO ledger.archive SELECT 99, "archivedAt", "events", "touches", "lastSeq", "lastAt", "lastHash", "fileHash" FROM ledger.archive WHERE "segment" = 2`,
        ),
      { kind: "ARCHIVE_MISSING", segment: 99 },
    ],
    [
      "by rows that are still there",
      () =>
        ledger.asOwner(
          `INSERT INTO ledger.touch SELECT 'led_2_000003', "position", "at", "record", "recordId", "customerId", "fields", "step" FROM ledger.touch LIMIT 1`,
        ),
      { kind: "STRAY_ROWS" },
    ],
  ])("%s", async (_case, forge, finding) => {
    expect((await ledger.verify()).finding).toBeNull();
    await forge();
    expect((await ledger.verify()).finding).toMatchObject(finding);
  });
});
