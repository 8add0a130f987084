import { join } from "node:path";
import { eventsIn, forgedFile, frontOf, segmentFile } from "./archive-file.js";
import { hasEnded, type Seal } from "./seal.js";
import type { StoredLedger } from "./stored-ledger.js";
import type { Archived } from "./stored-rows.js";
import type { LedgerSource } from "./verify.js";

/**
 * The whole ledger: what the database holds, and the segments that were moved into the files of a folder. What had ended
 * before the seal that verifying goes on from is not looked for.
 */
export async function withArchive(
  stored: StoredLedger,
  folder: string,
  from: Seal | null,
): Promise<LedgerSource> {
  const archived = new Map<number, Archived>();
  for await (const one of stored.archived())
    if (!from || !hasEnded(one.segment, from)) archived.set(one.segment, one);
  const pathOf = (segment: number) => join(folder, segmentFile(segment));
  return {
    ...stored,
    async *segments() {
      yield* stored.segments();
      for (const id of archived.keys()) yield (await frontOf(pathOf(id), id)).segment;
    },
    events(segment, after) {
      const one = archived.get(segment);
      if (!one) return stored.events(segment, after);
      return eventsIn(pathOf(segment), segment, after, (read) => checkAgainst(one, read, pathOf(segment)));
    },
    async *sets() {
      yield* stored.sets();
      for (const id of archived.keys()) yield* (await frontOf(pathOf(id), id)).sets;
    },
  };
}

/** What the database knows of a file is what was read of it. */
function checkAgainst(archived: Archived, read: Archived, path: string): void {
  const names = ["lastSeq", "lastHash", "events", "touches", "fileHash"] as const;
  const name = names.find((name) => archived[name] !== read[name]);
  if (name)
    forgedFile(
      path,
      archived.segment,
      `is not the one that was archived: its ${name} is ${read[name]}, which was ${archived[name]}`,
    );
}
