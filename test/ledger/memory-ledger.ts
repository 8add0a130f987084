import { randomUUID } from "node:crypto";
import type { StoredEvent } from "../../src/ledger/chain.js";
import { type ChainedEvent, eventId, type FieldSet, type Segment } from "../../src/ledger/event.js";
import { beforeAllSeals, type Seal, type SealKey, signSeal } from "../../src/ledger/seal.js";
import type { LedgerStore } from "../../src/ledger/store.js";
import type { LedgerSource } from "../../src/ledger/verify.js";

/** The rows of a ledger, as somebody at the database itself could change them. */
export interface StoredRows {
  segments: Segment[];
  events: StoredEvent[];
  seals: Seal[];
  sets: (FieldSet & { id: string })[];
  /** Touched records of events that do not exist. */
  strayTouches: number;
}

export const emptyRows = (): StoredRows => ({
  segments: [],
  events: [],
  seals: [],
  sets: [],
  strayTouches: 0,
});

export const copyOf = (rows: StoredRows): StoredRows => ({
  segments: rows.segments.map((segment) => ({ ...segment })),
  events: rows.events.map((event) => ({ ...event, touches: event.touches.map((touch) => ({ ...touch })) })),
  seals: rows.seals.map((seal) => ({ ...seal, tails: seal.tails.map((tail) => ({ ...tail })) })),
  sets: rows.sets.map((set) => ({ ...set })),
  strayTouches: rows.strayTouches,
});

/** A store in memory, for what does not depend on a database. */
export const memoryStore = (rows: StoredRows): LedgerStore => ({
  async openSegment(openedAt) {
    const segment = { id: rows.segments.length + 1, openedAt, writer: randomUUID() };
    rows.segments.push(segment);
    return segment;
  },
  async append(events, sets) {
    rows.events.push(...events.map(storedOf));
    for (const [id, set] of sets)
      if (!rows.sets.some((known) => known.id === id)) rows.sets.push({ id, ...set });
  },
  async lastOf(segment) {
    return Math.max(0, ...rows.events.filter((event) => event.segment === segment).map(({ seq }) => seq));
  },
  close() {},
});

export const storedOf = (event: ChainedEvent): StoredEvent => ({
  ...event,
  id: eventId(event),
});

/** Seals what is there, as the server does. */
export function sealRows(rows: StoredRows, at: Date, key: SealKey): void {
  const tails = rows.segments.flatMap(({ id }) => {
    const last = rows.events.filter(({ segment }) => segment === id).at(-1);
    return last ? [{ segment: id, seq: last.seq, hash: last.hash.toString("hex") }] : [];
  });
  const before = rows.seals.at(-1);
  if (rows.events.length === (before?.events ?? 0)) return;
  const number = (before?.number ?? 0) + 1;
  const prevHash = before?.hash ?? beforeAllSeals;
  rows.seals.push(signSeal({ number, at, events: rows.events.length, tails, prevHash }, key));
}

export const sourceOf = (rows: StoredRows): LedgerSource => ({
  segments: () => each(rows.segments),
  events: (segment, after) =>
    each(
      rows.events
        .filter((event) => event.segment === segment && event.seq > after)
        .sort((a, b) => a.seq - b.seq),
    ),
  seals: (after) =>
    each(rows.seals.filter(({ number }) => number > after).sort((a, b) => a.number - b.number)),
  sets: () => each(rows.sets),
  counts: async () => ({
    events: rows.events.length,
    touches: rows.events.reduce((sum, { touches }) => sum + touches.length, rows.strayTouches),
  }),
});

export async function* each<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  yield* items;
}
