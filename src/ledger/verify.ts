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
import { beforeAllSeals, isSignedBy, leeway, type Seal, sealHash, type Tail } from "./seal.js";

/** An event as it is stored: with the id, which its own values already say. */
export interface StoredEvent extends ChainedEvent {
  readonly id: string;
}

/** A ledger to verify. Whatever it brings may be forged; it is read once, in order, and never held whole. */
export interface LedgerSource {
  readonly segments: () => AsyncIterable<Segment>;
  /** Events of a segment after a place, in the order of their places. */
  readonly events: (segment: number, after: number) => AsyncIterator<StoredEvent>;
  /** In the order of their numbers, after one of them. */
  readonly seals: (after: number) => AsyncIterable<Seal>;
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
  /** Kept seals that were compared. */
  readonly kept: number;
  /** Events after the last seal: chained, and not signed yet. */
  readonly unsealed: number;
  readonly lastSeal: Pick<Seal, "number" | "at"> | null;
}

export interface VerifyOptions {
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** The seal to go on from, trusted by its signature: what it covers is not looked at. */
  readonly from?: Seal | null;
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
  const { from = null } = options;
  const progress = { events: 0, touches: 0, seals: 0, sealed: 0 };
  let lastSeal = from;
  const kept = options.against && new Kept(options.against, options.keys);
  const done = (finding: Finding | null): Verified => ({
    finding,
    events: progress.events,
    seals: progress.seals,
    kept: kept?.compared ?? 0,
    unsealed: progress.events - progress.sealed,
    lastSeal: lastSeal && { number: lastSeal.number, at: lastSeal.at },
  });
  try {
    if (from && !isOurs(from, options.keys)) found(forged(from, "has a signature that does not hold"));
    const sets = await knownSets(source);
    const chains = await chainsOf(source, from, { sets, progress, onProgress: options.onProgress });
    for await (const seal of source.seals(from?.number ?? 0)) {
      checkSeal(seal, lastSeal, options.keys);
      await kept?.check(seal);
      for (const tail of seal.tails) await follow(chains, tail, seal);
      progress.seals += 1;
      progress.sealed = progress.events;
      const sealed = (from?.events ?? 0) + progress.sealed;
      if (sealed !== seal.events)
        found(forged(seal, `counts ${seal.events} events, where its chains hold ${sealed}`));
      lastSeal = seal;
    }
    await kept?.checkNoneBeyond(lastSeal);
    for (const chain of chains.values()) await chain.toEnd(lastSeal);
    if (from) return done(null);
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
  if (orElse(() => sealHash(seal), "") !== seal.hash) found(forged(seal, "was edited"));
  if (seal.prevHash !== (before?.hash ?? beforeAllSeals))
    found(forged(seal, "does not follow the one before it"));
  if (!keys.has(seal.key))
    found(forged(seal, `is signed with the key ${seal.key}, which is not one of the public keys`));
  if (!isOurs(seal, keys)) found(forged(seal, "has a signature that does not hold"));
}

/** Seals that were kept elsewhere, gone along with beside those of the ledger. A file may hold one twice, or lack some. */
class Kept {
  compared = 0;
  private readonly seals: AsyncIterator<Seal>;
  private next: Seal | null | undefined;

  constructor(
    seals: AsyncIterable<Seal>,
    private readonly keys: VerifyOptions["keys"],
  ) {
    this.seals = seals[Symbol.asyncIterator]();
  }

  /** The next of them that was signed with one of our keys: what else is in the file says nothing. */
  private async read(): Promise<Seal | null> {
    for (;;) {
      const { value, done } = await this.seals.next();
      if (done) return null;
      if (orElse(() => sealHash(value) === value.hash && isOurs(value, this.keys), false)) return value;
    }
  }

  /** What was kept of this seal is what stands there. */
  async check(seal: Seal): Promise<void> {
    if (this.next === undefined) this.next = await this.read();
    while (this.next && this.next.number <= seal.number) {
      if (this.next.number === seal.number) this.compared += 1;
      if (this.next.number === seal.number && this.next.hash !== seal.hash)
        found({
          kind: "REWRITTEN",
          seal: seal.number,
          says: `Seal ${seal.number} is not the one that was kept: what it covers was written anew.`,
        });
      this.next = await this.read();
    }
  }

  async checkNoneBeyond(last: Seal | null): Promise<void> {
    if (this.next === undefined) this.next = await this.read();
    const number = last?.number ?? 0;
    // A file may begin again with seals of before, as when it was copied from several servers.
    while (this.next && this.next.number <= number) this.next = await this.read();
    if (this.next)
      found({
        kind: "SEAL_MISSING",
        seal: number + 1,
        says: `Seal ${number + 1} is missing, and ${this.next.number} was kept elsewhere: the ledger is an older copy, or its end was cut off.`,
      });
  }
}

const isOurs = (seal: Seal, keys: VerifyOptions["keys"]): boolean => {
  const key = keys.get(seal.key);
  return key !== undefined && isSignedBy(seal, key);
};

/** Every chain, from its beginning or from where a seal has left it. */
async function chainsOf(
  source: LedgerSource,
  from: Seal | null,
  following: Following,
): Promise<ReadonlyMap<number, Chain>> {
  const left = new Map(from?.tails.map((tail) => [tail.segment, tail]));
  const newest = Math.max(0, ...left.keys());
  const chains = new Map<number, Chain>();
  for await (const segment of source.segments()) {
    const tail = left.get(segment.id);
    // What the seal does not speak of any more had ended before it.
    if (from && !tail && segment.id <= newest - leeway) continue;
    const events = source.events(segment.id, tail?.seq ?? 0);
    chains.set(segment.id, new Chain(segment, tail, events, following));
  }
  return chains;
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

/** A seal speaks of every segment that is still written, and of the newest: of no other anything can come. */
const hasEnded = (segment: number, { tails }: Seal): boolean =>
  !tails.some((tail) => tail.segment === segment) &&
  segment <= Math.max(...tails.map((tail) => tail.segment)) - leeway;

interface Following {
  readonly sets: ReadonlySet<string>;
  readonly progress: { events: number; touches: number };
  readonly onProgress: VerifyOptions["onProgress"];
}

/** How far one segment has been followed. */
class Chain {
  seq: number;
  hash: Buffer;

  constructor(
    readonly segment: Segment,
    tail: Tail | undefined,
    private readonly events: AsyncIterator<StoredEvent>,
    private readonly following: Following,
  ) {
    this.seq = tail?.seq ?? 0;
    this.hash = tail ? Buffer.from(tail.hash, "hex") : orElse(() => genesisOf(segment), Buffer.alloc(0));
  }

  async to(seq: number, seal: Seal): Promise<void> {
    while (this.seq < seq)
      if (!(await this.step()))
        found({
          ...{ kind: "MISSING", segment: this.segment.id, seq: this.seq + 1 },
          says: `Event ${this.seq + 1} of segment ${this.segment.id} is missing, and all after it: seal ${seal.number} covers ${seq}.`,
        });
  }

  /** On from where the last seal has left it. */
  async toEnd(lastSeal: Seal | null): Promise<void> {
    const { id: segment } = this.segment;
    const { seq } = this;
    while (await this.step())
      if (lastSeal && hasEnded(segment, lastSeal))
        found({
          ...{ kind: "INSERTED", segment, seq: seq + 1 },
          says: `Event ${seq + 1} of segment ${segment} was added after the segment had ended.`,
        });
  }

  /** Checks the next event; false: there is none. */
  private async step(): Promise<boolean> {
    const { value: event, done } = await this.events.next();
    if (done) return false;
    this.check(event);
    this.seq = event.seq;
    this.hash = event.hash;
    const { progress, onProgress } = this.following;
    progress.events += 1;
    progress.touches += event.touches.length;
    if (progress.events % 5_000 === 0) onProgress?.(progress.events);
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
    if (!isAsWritten(event, this.following.sets))
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

/** What was never written, as an instant beyond all calendars, has no hash. */
function orElse<Result>(compute: () => Result, otherwise: Result): Result {
  try {
    return compute();
  } catch {
    return otherwise;
  }
}

/** The values of an event give its hash, and what stands beside them agrees with it. */
function isAsWritten(event: StoredEvent, sets: ReadonlySet<string>): boolean {
  const { id, fields, touches } = event;
  const named = [fields, ...touches.map((touch) => touch.fields)];
  return (
    orElse(() => hashOf(event).equals(event.hash), false) &&
    id === eventId(event) &&
    named.every((set) => set === null || sets.has(set))
  );
}
