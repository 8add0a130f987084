import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endOfAll, endOfOctober, type OldLedger, october, oldLedger } from "./old-ledger.js";

// Archiving as a process of its own.

let ledger: OldLedger;
beforeEach(async () => {
  ledger = await oldLedger();
});
afterEach(() => ledger.close());

const { scripts } = createRequire(import.meta.url)("../../package.json") as { scripts: { ledger: string } };
const words = scripts.ledger.split(" ").slice(1);
const settings = () => ({
  cwd: fileURLToPath(new URL("../..", import.meta.url)),
  env: { PATH: process.env.PATH, DATA_DIR: ledger.dataDir, DATABASE_URL: ledger.database.url },
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

test("killed by the system while rows go, nothing is lost, and the next run goes on", async () => {
  await ledger.asOwner(`CREATE FUNCTION hinder() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(600); END $$;
    CREATE TRIGGER hinder BEFORE INSERT ON ledger.archive FOR EACH ROW WHEN (NEW."segment" = 2) EXECUTE FUNCTION hinder()`);
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
  await ledger.asOwner("DROP FUNCTION hinder CASCADE");
  expect((await ledger.verify()).finding).toBeNull();
  await expect.poll(() => ledger.archive().catch(() => null)).toContain(2);
  expect((await ledger.verify()).finding).toBeNull();
});
