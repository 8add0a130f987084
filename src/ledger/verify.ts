import type { KeyObject } from "node:crypto";
import {
  addressOf,
  type ChainedEvent,
  eventId,
  type FieldSet,
  genesisOf,
  hashOf,
  type Segment,
} from "./event.js";
import { beforeAllSeals, isSignedBy, type Seal, sealHash, type Tail } from "./seal.js";

/** An event as it is stored: with what its own values already say, and what may have been written beside them. */
export interface StoredEvent extends ChainedEvent {
  readonly id: string;
  /** The instant at each touched record, which is the event's. */
  readonly touchedAt: readonly Date[];
}

/** A ledger to verify. Whatever it brings may be forged; it is read once, in order, and never held whole. */
export interface LedgerSource {
  readonly segments: () => AsyncIterable<Segment>;
  /** Events of a segment, in the order of their places. */
  readonly events: (segment: number) => AsyncIterator<StoredEvent>;
  /** In the order of their numbers. */
  readonly seals: () => AsyncIterable<Seal>;
  readonly sets: () => AsyncIterable<FieldSet & { readonly id: string }>;
  /** How many events and touched records there are, whatever segments and events they claim to belong to. */
  readonly counts: () => Promise<{ readonly events: number; readonly touches: number }>;
}

/** The first position at which a ledger is not what was written. */
export interface Finding {
  readonly kind:
    | "EDITED"
    | "MISSING"
    | "INSERTED"
    | "REWRITTEN"
    | "SEAL_FORGED"
    | "SEAL_MISSING"
    | "FIELDS_FORGED"
    | "STRAY_ROWS";
  /** Of an event. */
  readonly segment?: number;
  readonly seq?: number;
  /** Of a seal. */
  readonly seal?: number;
  readonly says: string;
}

export interface Verified {
  readonly finding: Finding | null;
  readonly events: number;
  readonly seals: number;
  /** Events after the last seal: chained, and not signed yet. */
  readonly unsealed: number;
  readonly lastSeal: Pick<Seal, "number" | "at"> | null;
}

export interface VerifyOptions {
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** Seals that were kept elsewhere, in order: what they say the ledger has to have held. */
  readonly against?: AsyncIterable<Seal>;
  /** Is told now and then how many events have been looked at. */
  readonly onProgress?: (events: number) => void;
}

class Found extends Error {
  constructor(readonly finding: Finding) {
    super(finding.says);
  }
}

const found = (finding: Finding): never => {
  throw new Found(finding);
};

/**
 * Goes along the seals: each is signed, names the one before it, and every chain leads to the event that it names. Then on
 * to the ends of the chains. Memory does not grow with the number of events or seals, but with that of segments and sets
 * of fields.
 */
export async function verifyLedger(source: LedgerSource, options: VerifyOptions): Promise<Verified> {
  const progress = { events: 0, touches: 0, seals: 0, sealed: 0 };
  let lastSeal: Seal | null = null;
  const done = (finding: Finding | null): Verified => ({
    finding,
    events: progress.events,
    seals: progress.seals,
    unsealed: progress.events - progress.sealed,
    lastSeal: lastSeal && { number: lastSeal.number, at: lastSeal.at },
  });
  try {
    const sets = await knownSets(source);
    const chains = new Map<number, Chain>();
    for await (const segment of source.segments())
      chains.set(
        segment.id,
        new Chain(segment, source.events(segment.id), sets, progress, options.onProgress),
      );
    const kept = options.against && numbered(options.against);
    for await (const seal of source.seals()) {
      checkSeal(seal, lastSeal, options.keys);
      await checkKept(seal, kept);
      for (const tail of seal.tails) await follow(chains, tail, seal);
      progress.seals += 1;
      progress.sealed = sealedIn(chains);
      if (progress.sealed !== seal.events)
        found(forged(seal, `counts ${seal.events} events, where its chains hold ${progress.sealed}`));
      lastSeal = seal;
    }
    await checkNoneKeptBeyond(kept, lastSeal);
    for (const chain of chains.values()) await chain.toEnd();
    const { events, touches } = await source.counts();
    if (events !== progress.events || touches !== progress.touches)
      found({
        kind: "STRAY_ROWS",
        says: `${events - progress.events} events and ${touches - progress.touches} touched records belong to no chain.`,
      });
    return done(null);
  } catch (error) {
    if (error instanceof Found) return done(error.finding);
    throw error;
  }
}

async function knownSets(source: LedgerSource): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for await (const { id, ...set } of source.sets()) {
    if (addressOf(set) !== id)
      found({ kind: "FIELDS_FORGED", says: `The set of fields ${id} does not hold what its address says.` });
    known.add(id);
  }
  return known;
}

const forged = ({ number }: Seal, what: string): Finding => ({
  kind: "SEAL_FORGED",
  seal: number,
  says: `Seal ${number} ${what}.`,
});

function checkSeal(seal: Seal, before: Seal | null, keys: VerifyOptions["keys"]): void {
  const expected = (before?.number ?? 0) + 1;
  if (seal.number > expected)
    found({ kind: "SEAL_MISSING", seal: expected, says: `Seal ${expected} is missing.` });
  if (seal.number < expected) found(forged(seal, "stands there twice"));
  if (sealHash(seal) !== seal.hash) found(forged(seal, "was edited"));
  if (seal.prevHash !== (before?.hash ?? beforeAllSeals))
    found(forged(seal, "does not follow the one before it"));
  const key = keys.get(seal.key);
  if (!key) found(forged(seal, `is signed with the key ${seal.key}, which is not one of the public keys`));
  else if (!isSignedBy(seal, key)) found(forged(seal, "has a signature that does not hold"));
}

/** Seals that were kept, one at a time, for going along beside those of the ledger. */
interface Kept {
  next(): Promise<Seal | null>;
  peeked: Seal | null | undefined;
}

function numbered(seals: AsyncIterable<Seal>): Kept {
  const iterator = seals[Symbol.asyncIterator]();
  return {
    peeked: undefined,
    async next() {
      const { value, done } = await iterator.next();
      return done ? null : value;
    },
  };
}

/** A seal that was kept elsewhere stands in the ledger as it was. A file may hold a seal twice, or leave some out. */
async function checkKept(seal: Seal, kept: Kept | undefined): Promise<void> {
  if (!kept) return;
  if (kept.peeked === undefined) kept.peeked = await kept.next();
  while (kept.peeked && kept.peeked.number <= seal.number) {
    if (kept.peeked.number === seal.number && kept.peeked.hash !== seal.hash)
      found({
        kind: "REWRITTEN",
        seal: seal.number,
        says: `Seal ${seal.number} is not the one that was kept: what it covers was written anew.`,
      });
    kept.peeked = await kept.next();
  }
}

async function checkNoneKeptBeyond(kept: Kept | undefined, last: Seal | null): Promise<void> {
  if (!kept) return;
  if (kept.peeked === undefined) kept.peeked = await kept.next();
  const number = (last?.number ?? 0) + 1;
  if (kept.peeked)
    found({
      kind: "SEAL_MISSING",
      seal: number,
      says: `Seal ${number} is missing, and was kept elsewhere up to ${kept.peeked.number} at least: the ledger is an older copy, or its end was cut off.`,
    });
}

async function follow(
  chains: ReadonlyMap<number, Chain>,
  { segment, seq, hash }: Tail,
  seal: Seal,
): Promise<void> {
  const chain = chains.get(segment);
  if (!chain)
    return found({
      ...{ kind: "MISSING", segment, seq: 1 },
      says: `Segment ${segment} is missing: seal ${seal.number} covers ${seq} events of it.`,
    });
  if (seq < chain.seq) return found(forged(seal, `goes back in segment ${segment}`));
  await chain.to(seq, seal);
  if (chain.hash.toString("hex") !== hash)
    found({
      ...{ kind: "REWRITTEN", segment, seq },
      says: `The chain of segment ${segment} does not lead to what seal ${seal.number} covers at ${seq}: it was computed anew.`,
    });
}

const sealedIn = (chains: ReadonlyMap<number, Chain>): number =>
  [...chains.values()].reduce((sum, { seq }) => sum + seq, 0);

/** How far one segment has been followed. */
class Chain {
  seq = 0;
  hash: Buffer;

  constructor(
    readonly segment: Segment,
    private readonly events: AsyncIterator<StoredEvent>,
    private readonly sets: ReadonlySet<string>,
    private readonly progress: { events: number; touches: number },
    private readonly onProgress: (events: number) => void = () => {},
  ) {
    this.hash = genesisOf(segment);
  }

  async to(seq: number, seal: Seal): Promise<void> {
    while (this.seq < seq)
      if (!(await this.step()))
        found({
          ...{ kind: "MISSING", segment: this.segment.id, seq: this.seq + 1 },
          says: `Event ${this.seq + 1} of segment ${this.segment.id} is missing, and all after it: seal ${seal.number} covers ${seq}.`,
        });
  }

  async toEnd(): Promise<void> {
    while (await this.step());
  }

  /** Checks the next event; false: there is none. */
  private async step(): Promise<boolean> {
    const { value: event, done } = await this.events.next();
    if (done) return false;
    this.check(event);
    this.seq = event.seq;
    this.hash = event.hash;
    this.progress.events += 1;
    this.progress.touches += event.touches.length;
    if (this.progress.events % 5_000 === 0) this.onProgress(this.progress.events);
    return true;
  }

  private check(event: StoredEvent): void {
    const { id: segment } = this.segment;
    const expected = this.seq + 1;
    if (event.seq > expected)
      found({
        ...{ kind: "MISSING", segment, seq: expected },
        says: `Event ${expected} of segment ${segment} is missing.`,
      });
    if (event.seq < expected)
      found({
        ...{ kind: "INSERTED", segment, seq: event.seq },
        says: `Event ${event.seq} of segment ${segment} stands there more than once.`,
      });
    if (!isAsWritten(event, this.sets))
      found({
        ...{ kind: "EDITED", segment, seq: expected },
        says: `Event ${expected} of segment ${segment} is not as it was written.`,
      });
    if (event.prevHash.equals(this.hash)) return;
    const before = Math.max(this.seq, 1);
    found({
      ...{ kind: "EDITED", segment, seq: before },
      says: `Event ${before} of segment ${segment} is not the one that the next is chained to.`,
    });
  }
}

/** The values of an event give its hash, and what stands beside them agrees with it. */
function isAsWritten(event: StoredEvent, sets: ReadonlySet<string>): boolean {
  const { id, at, fields, touches, touchedAt } = event;
  const named = [fields, ...touches.map((touch) => touch.fields)];
  return (
    hashOf(event).equals(event.hash) &&
    id === eventId(event) &&
    touchedAt.every((instant) => instant.getTime() === at.getTime()) &&
    named.every((set) => set === null || sets.has(set))
  );
}
