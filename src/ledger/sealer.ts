import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import { type Database, Prisma } from "../database/client.js";
import { genesisOf, type Segment } from "./event.js";
import {
  beforeAllSeals,
  isAsSigned,
  leeway,
  type PublicKeys,
  type Seal,
  type SealKey,
  signSeal,
  type Tail,
} from "./seal.js";
import type { SealCopy } from "./seal-copies.js";
import { segmentLocks } from "./store.js";

export interface Sealer {
  /** Tells that events have been committed. */
  committed(events: number): void;
  /** Seals what there is, then ends. */
  stop(): Promise<void>;
}

export interface SealerComponents {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly key: SealKey;
  /** Whose seals are gone on from. Asked each time: a key may have come. */
  readonly keys: () => Promise<PublicKeys>;
  /** Where every seal goes as well, in order. */
  readonly copies: readonly SealCopy[];
  /** Seconds after which what was added is sealed. */
  readonly seconds?: number;
  /** Events after which it is sealed at once. */
  readonly events?: number;
}

const sealLock = 0x7e4;

/** Seals what has been added to all segments, every so many events or seconds, and copies the seals elsewhere. */
export function startSealer({ seconds = 10, events = 1_000, ...parts }: SealerComponents): Sealer {
  let unsealed = 0;
  const sealOnce = lasting(parts, "the ledger could not be sealed; it is tried again", async () => {
    unsealed = 0;
    await seal(parts);
  });
  // A place that is slow or silent holds up its own copy alone.
  const copies = parts.copies.map((copy) =>
    lasting(parts, `the seals could not be copied to ${copy.name}; it is tried again`, () =>
      bringUpToDate(parts, copy),
    ),
  );
  const sealNow = async () => {
    await sealOnce();
    return Promise.all(copies.map((bringUp) => bringUp()));
  };
  const timer = setInterval(() => void sealNow(), seconds * 1_000).unref();
  return {
    committed(count) {
      unsealed += count;
      if (unsealed >= events) void sealNow();
    },
    async stop() {
      clearInterval(timer);
      // What is under way may have looked before the last event came.
      await sealNow();
      await sealNow();
    },
  };
}

/** One at a time: whoever asks while it is under way waits for that. What goes on failing is told once a minute. */
function lasting(
  { clock, log }: Pick<SealerComponents, "clock" | "log">,
  failed: string,
  work: () => Promise<void>,
): () => Promise<void> {
  let underWay: Promise<void> | undefined;
  let told = Number.NEGATIVE_INFINITY;
  const run = async () => {
    try {
      await work();
      told = Number.NEGATIVE_INFINITY;
    } catch (err) {
      const now = clock.now().getTime();
      if (now - told < 60_000) return;
      told = now;
      log.error({ err }, failed);
    }
  };
  return () => {
    underWay ??= run().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

/** A seal that nobody of ours has made so is not built upon, nor handed on: verifying names it, and somebody has to look. */
function requireAsSigned(seal: Seal, keys: PublicKeys): void {
  if (!isAsSigned(seal, keys))
    throw new Error(`Seal ${seal.number} is not as one of our keys has signed it.`);
}

/** The statement that gives the segments that somebody is writing, as "id". */
export const writtenSegments = Prisma.sql`
  SELECT objid::int8::int4 AS "id" FROM pg_locks
  WHERE locktype = 'advisory' AND classid = ${segmentLocks}::int8::oid AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

interface OpenSegment extends Tail {
  /** Up to where it was sealed before; null: nothing of it was. */
  readonly sealed: number | null;
  /** Is its writer still there? */
  readonly written: boolean;
}

/**
 * One more seal, where there is anything to seal and nobody else is about it. Throws where the last one is not as it was
 * signed.
 */
export function seal({
  db,
  clock,
  key,
  keys,
}: Pick<SealerComponents, "db" | "clock" | "key" | "keys">): Promise<Seal | null> {
  return db.$transaction(async (tx) => {
    const [{ mine }] = await tx.$queryRaw<[{ mine: boolean }]>`
      SELECT pg_try_advisory_xact_lock(${sealLock}::int8) AS "mine"`;
    if (!mine) return null;
    const last = await lastSeal(tx);
    if (last) requireAsSigned(last, await keys());
    const segments = await openSegments(tx);
    const added = segments.reduce((sum, { seq, sealed }) => sum + seq - (sealed ?? 0), 0);
    if (added === 0) return null;
    const newest = Math.max(...segments.map(({ segment }) => segment));
    const made = signSeal(
      {
        number: (last?.number ?? 0) + 1,
        at: clock.now(),
        events: (last?.events ?? 0) + added,
        tails: segments
          .filter(
            ({ segment, seq, sealed, written }) => written || seq !== sealed || segment > newest - leeway,
          )
          .map(({ segment, seq, hash }) => ({ segment, seq, hash })),
        prevHash: last?.hash ?? beforeAllSeals,
      },
      key,
    );
    await tx.$executeRaw`
      INSERT INTO ledger.seal ("number", "at", "key", "events", "tails", "prevHash", "hash", "signature")
      VALUES (${made.number}, ${made.at}, ${made.key}, ${made.events}, ${JSON.stringify(made.tails)}::jsonb,
        decode(${made.prevHash}, 'hex'), decode(${made.hash}, 'hex'), decode(${made.signature}, 'hex'))`;
    return made;
  });
}

/** The segments that the last seal speaks of, and those that are newer: whoever holds the lock of any other adds nothing. */
async function openSegments(tx: Prisma.TransactionClient): Promise<OpenSegment[]> {
  // Before their tails: whoever ends in between has added the last of it.
  const written = await tx.$queryRaw<{ id: number }[]>(writtenSegments);
  const writers = new Set(written.map(({ id }) => id));
  const rows = await tx.$queryRaw<SegmentRow[]>`
    WITH last AS (
      SELECT t."segment", t."seq" FROM ledger.seal s, jsonb_to_recordset(s."tails") AS t ("segment" int, "seq" int)
      WHERE s."number" = (SELECT max("number") FROM ledger.seal)
    )
    SELECT s."id", s."openedAt", s."writer"::text, coalesce(tail."seq", 0) AS "seq",
      encode(tail."hash", 'hex') AS "hash", last."seq" AS "sealed"
    FROM ledger.segment s
    LEFT JOIN last ON last."segment" = s."id"
    LEFT JOIN LATERAL (
      SELECT e."seq", e."hash" FROM ledger.event e WHERE e."segment" = s."id" ORDER BY e."seq" DESC LIMIT 1
    ) tail ON TRUE
    WHERE last."segment" IS NOT NULL
      OR s."id" > (SELECT coalesce(max("segment"), 0) - ${leeway} FROM last)
    ORDER BY s."id"`;
  return rows.map(({ id, seq, hash, sealed, ...segment }) => ({
    ...{ segment: id, seq, sealed },
    hash: hash ?? genesisOf({ id, ...segment }).toString("hex"),
    written: writers.has(id),
  }));
}

interface SegmentRow extends Segment {
  readonly seq: number;
  readonly hash: string | null;
  readonly sealed: number | null;
}

/** Gives a copy the seals that it has not yet, whoever made them. */
async function bringUpToDate(
  { db, keys }: Pick<SealerComponents, "db" | "keys">,
  copy: SealCopy,
): Promise<void> {
  const ours = await keys();
  let batch = await sealsAfter(db, await copy.last());
  while (batch.length > 0) {
    const end = batch.findIndex((seal) => !isAsSigned(seal, ours));
    const good = end === -1 ? batch : batch.slice(0, end);
    if (good.length > 0) await copy.append(good);
    if (end !== -1) requireAsSigned(batch[end]!, ours);
    batch = await sealsAfter(db, batch.at(-1)!.number);
  }
}

type Queries = Pick<Prisma.TransactionClient, "$queryRaw">;

async function lastSeal(db: Queries): Promise<Seal | null> {
  const [last] = await sealsIn(db, Prisma.sql`ORDER BY "number" DESC LIMIT 1`);
  return last ?? null;
}

/** Up to a thousand seals, in order. */
const sealsAfter = (db: Queries, number: number): Promise<readonly Seal[]> =>
  sealsIn(db, Prisma.sql`WHERE "number" > ${number} ORDER BY "number" LIMIT 1000`);

async function sealsIn(db: Queries, which: Prisma.Sql): Promise<readonly Seal[]> {
  const rows = await db.$queryRaw<(Omit<Seal, "events"> & { readonly events: bigint })[]>`
    SELECT "number", "at", "key", "events", "tails", encode("prevHash", 'hex') AS "prevHash",
      encode("hash", 'hex') AS "hash", encode("signature", 'hex') AS "signature"
    FROM ledger.seal ${which}`;
  return rows.map((row) => ({ ...row, events: Number(row.events) }));
}
