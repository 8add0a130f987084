import { Chain, type Following, type StoredEvent } from "./chain.js";
import { addressOf, type Segment } from "./event.js";
import { type Finding, Found, forged, found, orElse } from "./finding.js";
import { Kept } from "./kept.js";
import {
  beforeAllSeals,
  hasEnded,
  isAsSigned,
  isOurs,
  type PublicKeys,
  type Seal,
  sealHash,
  type Tail,
} from "./seal.js";
import type { StoredSet } from "./stored-rows.js";

/** A ledger to verify. Whatever it brings may be forged; it is read once, in order, and never held whole. */
export interface LedgerSource {
  readonly segments: () => AsyncIterable<Segment>;
  /** Events of a segment after a place, in the order of their places. */
  readonly events: (segment: number, after: number) => AsyncIterator<StoredEvent>;
  /** In the order of their numbers, after one of them. */
  readonly seals: (after: number) => AsyncIterable<Seal>;
  readonly sets: () => AsyncIterable<StoredSet>;
  /** How many events and touched records there are, whatever segments and events they claim to belong to. */
  readonly counts: () => Promise<{ readonly events: number; readonly touches: number }>;
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
  readonly keys: PublicKeys;
  /** The seal to go on from, trusted by its signature: what it covers is not looked at. */
  readonly from?: Seal | null;
  /** Seals that were kept elsewhere, in order: what they say the ledger has to have held. */
  readonly against?: AsyncIterable<Seal>;
  /** Is told now and then how many events have been looked at. */
  readonly onProgress?: (events: number) => void;
}

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
    if (from && !isAsSigned(from, options.keys)) found(forged(from, "is not as it was signed"));
    if (from) await kept?.check(from);
    const sets = await knownSets(source.sets());
    const chains = await chainsOf(source, from, { sets, progress, onProgress: options.onProgress });
    for await (const seal of source.seals(from?.number ?? 0)) {
      checkSeal(seal, lastSeal, options.keys);
      await kept?.check(seal);
      for (const tail of seal.tails) await chainOf(chains, tail, seal).follow(tail, seal);
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

/** Their addresses, which what is in them gives. */
export async function knownSets(
  sets: AsyncIterable<StoredSet> | Iterable<StoredSet>,
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for await (const { id, ...set } of sets) {
    if (addressOf(set) !== id)
      found({ kind: "FIELDS_FORGED", says: `The set of fields ${id} does not hold what its address says.` });
    known.add(id);
  }
  return known;
}

/** It stands at its place, and is signed. */
export function checkSeal(seal: Seal, before: Seal | null, keys: PublicKeys): void {
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

/** Every chain, from its beginning or from where a seal has left it. */
async function chainsOf(
  source: LedgerSource,
  from: Seal | null,
  following: Following,
): Promise<ReadonlyMap<number, Chain>> {
  const left = new Map(from?.tails.map((tail) => [tail.segment, tail]));
  const chains = new Map<number, Chain>();
  for await (const segment of source.segments()) {
    if (from && hasEnded(segment.id, from)) continue;
    const tail = left.get(segment.id);
    const events = source.events(segment.id, tail?.seq ?? 0);
    chains.set(segment.id, new Chain(segment, tail, events, following));
  }
  return chains;
}

/** The chain that a seal speaks of. */
function chainOf(chains: ReadonlyMap<number, Chain>, { segment, seq }: Tail, { number }: Seal): Chain {
  return (
    chains.get(segment) ??
    found({
      ...{ kind: "MISSING", segment, seq: 1 },
      says: `Segment ${segment} is missing: seal ${number} covers ${seq} events of it.`,
    })
  );
}
