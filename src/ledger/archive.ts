import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Clock } from "../clock.js";
import { StartError } from "../errors.js";
import { eventsIn, frontOf, segmentFile, writeSegment } from "./archive-file.js";
import { withArchivist } from "./archivist.js";
import { Chain } from "./chain.js";
import { Found } from "./finding.js";
import { hasEnded, type PublicKeys, type Seal, type Tail } from "./seal.js";
import { type StoredLedger, withStoredLedger } from "./stored-ledger.js";
import type { Archived, SegmentRow } from "./stored-rows.js";
import { checkSeal, knownSets } from "./verify.js";

export interface Archiving {
  /** Where the owner of the database enters. */
  readonly ownerUrl: string;
  readonly clock: Clock;
  readonly keys: PublicKeys;
  readonly folder: string;
  /** Nothing that is of this instant or later is moved. */
  readonly before: Date;
  /** Is told of each segment that has been moved. */
  readonly moved: (archived: Archived, path: string) => void;
}

/**
 * Moves segments out of the tables into files, those that have ended and are sealed to their last event. A file is whole,
 * on the disk and read back before its rows go: killed at any point nothing is lost, and the next run goes on. Ends at
 * what is not as it was written (Found). Throws StartError.
 */
export const archiveSegments = ({ ownerUrl, clock, keys, folder, before, moved }: Archiving): Promise<void> =>
  withArchivist(ownerUrl, async ({ written, move }) =>
    withStoredLedger(ownerUrl, async (stored) => {
      const { last, tails } = await sealedTails(stored, keys);
      for await (const segment of stored.segmentsBefore(before)) {
        const sealed = tails.get(segment.id);
        if (!last || !sealed || written.has(segment.id) || !hasEnded(segment.id, last)) continue;
        const path = join(folder, segmentFile(segment.id));
        const archived = await filed(path, segment, stored, { ...sealed, last });
        await move(archived, clock.now());
        moved(archived, path);
      }
    }),
  );

/** The last seal, and what was last sealed of every segment. */
async function sealedTails(stored: StoredLedger, keys: PublicKeys) {
  const tails = new Map<number, { readonly tail: Tail; readonly seal: Seal }>();
  let last: Seal | null = null;
  for await (const seal of stored.seals(0)) {
    checkSeal(seal, last, keys);
    for (const tail of seal.tails) tails.set(tail.segment, { tail, seal });
    last = seal;
  }
  return { last, tails };
}

/** What a file has to lead to. */
interface Sealed {
  readonly tail: Tail;
  /** The seal that says so. */
  readonly seal: Seal;
  /** The last of all, after which nothing has come. */
  readonly last: Seal;
}

/** Makes the file, or takes one that is there already and holds it all. */
async function filed(
  path: string,
  segment: SegmentRow,
  stored: StoredLedger,
  sealed: Sealed,
): Promise<Archived> {
  try {
    await mkdir(dirname(path), { recursive: true });
    const archived = (await taken(path, sealed)) ?? (await made(path, segment, stored, sealed));
    await toDisk(dirname(path));
    return archived;
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    throw syscall ? new StartError(`${path} cannot be written: ${message}`) : error;
  }
}

/** Null: there is none, or it is torn or forged. */
const taken = (path: string, sealed: Sealed): Promise<Archived | null> =>
  readBack(path, sealed).catch((error) => {
    if (error instanceof Found) return null;
    throw error;
  });

async function made(
  path: string,
  segment: SegmentRow,
  stored: StoredLedger,
  sealed: Sealed,
): Promise<Archived> {
  const draft = `${path}.draft`;
  try {
    await writeSegment(draft, segment, stored);
    const archived = await readBack(draft, sealed);
    await rename(draft, path);
    return archived;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Follows a file as verifying will: to the hash that a seal covers, and no further. */
async function readBack(path: string, { tail, seal, last }: Sealed): Promise<Archived> {
  const { segment, sets } = await frontOf(path, tail.segment);
  let archived: Archived | undefined;
  const events = eventsIn(path, tail.segment, 0, (read) => {
    archived = read;
  });
  const following = {
    sets: await knownSets(sets),
    progress: { events: 0, touches: 0 },
    onProgress: undefined,
  };
  const chain = new Chain(segment, undefined, events, following);
  try {
    await chain.follow(tail, seal);
    await chain.toEnd(last);
  } finally {
    // Closes a file that was not read to its end.
    await events.return(undefined);
  }
  return archived!;
}

/** A file that was renamed stays so through a loss of power. */
async function toDisk(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
