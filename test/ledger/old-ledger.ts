import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { pino } from "pino";
import { archiveSegments } from "../../src/ledger/archive.js";
import { withArchive } from "../../src/ledger/archived-ledger.js";
import { archiveFolder, ledgerFolder, openLedger } from "../../src/ledger/open-ledger.js";
import { loadPublicKeys } from "../../src/ledger/seal-key.js";
import { connectStore } from "../../src/ledger/store.js";
import { withStoredLedger } from "../../src/ledger/stored-ledger.js";
import { type Verified, verifyLedger } from "../../src/ledger/verify.js";
import { type TestDatabase, testDatabase } from "../support/database.js";
import { onServer } from "../support/database-server.js";
import { eventNamed } from "./events.js";

export const october = new Date("2026-10-05T08:00:00Z");
export const november = new Date("2026-11-05T08:00:00Z");
export const endOfOctober = new Date("2026-11-01T00:00:00Z");
export const endOfAll = new Date("2027-01-01T00:00:00Z");

/** A ledger in a real database, archived by its owner and verified by the server's role. */
export interface OldLedger {
  readonly database: TestDatabase;
  readonly dataDir: string;
  readonly folder: string;
  fileOf(segment: number): string;
  asOwner(sql: string): Promise<pg.QueryResult>;
  /** Writes a segment with an event at each of these instants, and seals it. */
  write(...instants: Date[]): Promise<void>;
  /** Writes eight segments; of what has ended before, no seal speaks any more. All but the last are without events. */
  writeEight(at: Date): Promise<void>;
  /** The segments that were moved. */
  archive(options?: { before?: Date; ownerUrl?: string; folder?: string }): Promise<number[]>;
  verify(from?: Date): Promise<Verified>;
  close(): Promise<void>;
}

/** Segments 1 and 2 are of October, 3 and 4 of November, each of three events; eight that are newer are 5 to 12. */
export async function oldLedger(): Promise<OldLedger> {
  const database = await testDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), "tierkeep-archive-"));
  const folder = archiveFolder(dataDir);
  const keys = () => loadPublicKeys(ledgerFolder(dataDir));
  const ledger: OldLedger = {
    ...{ database, dataDir, folder },
    fileOf: (segment) => join(folder, `segment-${segment}.jsonl.gz`),
    asOwner: (sql) => onServer(database.url, (client) => client.query(sql)),
    async write(...instants) {
      let now = instants[0]!;
      const { db, serverUrl: url } = database;
      const log = pino({ level: "silent" });
      const writer = await openLedger({ db, url, clock: { now: () => now }, log, dataDir });
      for (const [index, instant] of instants.entries()) {
        now = instant;
        await writer.record(eventNamed(`r${index + 1}`));
      }
      await writer.close();
    },
    async writeEight(at) {
      const store = await connectStore(database.serverUrl, 10_000);
      for (let count = 0; count < 7; count += 1) await store.openSegment(at);
      store.close();
      await ledger.write(at, at, at);
    },
    async archive({ before = endOfAll, ownerUrl = database.url, folder: to = folder } = {}) {
      const segments: number[] = [];
      await archiveSegments({
        ...{ ownerUrl, clock: { now: () => november }, keys: await keys(), folder: to, before },
        moved: ({ segment }) => void segments.push(segment),
      });
      return segments;
    },
    verify: (since) =>
      withStoredLedger(database.serverUrl, async (stored) => {
        const from = since ? await stored.lastSealBefore(since) : null;
        return verifyLedger(await withArchive(stored, folder, from), { keys: await keys(), from });
      }),
    async close() {
      await database.close();
      await rm(dataDir, { recursive: true });
    },
  };
  for (const at of [october, october, november, november]) await ledger.write(at, at, at);
  await ledger.writeEight(november);
  return ledger;
}
