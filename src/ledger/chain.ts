import { type ChainedEvent, eventId, genesisOf, hashOf, type Segment } from "./event.js";
import { forged, found, orElse } from "./finding.js";
import { hasEnded, type Seal, type Tail } from "./seal.js";

/** An event as it is stored: with the id, which its own values already say. */
export interface StoredEvent extends ChainedEvent {
  readonly id: string;
}

/** What all chains of a ledger are followed with. */
export interface Following {
  readonly sets: ReadonlySet<string>;
  readonly progress: { events: number; touches: number };
  readonly onProgress: ((events: number) => void) | undefined;
}

/** How far one segment has been followed. */
export class Chain {
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

  /** On to the event that a seal names. */
  async follow({ seq, hash }: Tail, seal: Seal): Promise<void> {
    const { id: segment } = this.segment;
    if (seq < this.seq) found(forged(seal, `goes back in segment ${segment}`));
    await this.to(seq, seal);
    if (this.hash.toString("hex") !== hash)
      found({
        ...{ kind: "REWRITTEN", segment, seq },
        says: `The chain of segment ${segment} does not lead to what seal ${seal.number} covers at ${seq}: it was computed anew.`,
      });
  }

  private async to(seq: number, seal: Seal): Promise<void> {
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
