import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "pino";
import type { FieldsSeen } from "../access/footprint.js";
import type { Clock } from "../clock.js";
import { refusal } from "../errors.js";
import {
  addressOf,
  type ChainedEvent,
  type FieldSet,
  genesisOf,
  hashOf,
  type NewEvent,
  type Segment,
} from "./event.js";
import { leftOut, refusedFor } from "./refused-events.js";
import { extraTime, type LedgerStore } from "./store.js";

/** The record of everything that is read, done and refused. */
export interface Ledger {
  /**
   * Resolves when the event is committed. Rejects with LEDGER_UNAVAILABLE when it is not within `patience`, less the
   * milliseconds that its answer has waited for the ledger before: nothing that it tells of may be answered then.
   */
  record(event: NewEvent, waited?: number): Promise<void>;
  /** False while nothing can be recorded. */
  isWritable(): boolean;
  /** Throws LEDGER_UNAVAILABLE then; that this was refused is recorded when it can be. */
  requireWritable(refused?: NewEvent): void;
  /** Records what is waiting, then ends. */
  close(): Promise<void>;
}

export interface LedgerComponents {
  readonly connect: () => Promise<LedgerStore>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Is told how many events have been committed, each time. */
  readonly committed?: (events: number) => void;
  /** Milliseconds that an answer waits at most for all that is recorded of it. */
  readonly patience?: number;
}

/** Milliseconds between two tries while nothing can be recorded. */
const pause = 200;
/** Events and touched records that go into one insert. */
const mostEvents = 500;
const mostTouches = 20_000;
/** Events that wait at once; one that comes beyond them is refused. */
const mostWaiting = 10_000;

interface Waiting {
  event: NewEvent;
  /** Undefined: nobody waits for it, as for the record of an answer that was refused. */
  readonly settle?: (failure?: Error) => void;
}

/** What was sent, and may have been committed or not. */
interface Sent {
  readonly segment: Segment;
  readonly last: number;
  readonly batch: readonly Waiting[];
}

export const unavailable = () =>
  refusal("LEDGER_UNAVAILABLE", { status: 503, needs: "another try when the ledger can be written again" });

/**
 * One writer: one chain at a time, and one insert under way, which takes along all that has come meanwhile. What cannot
 * be recorded is refused, and that it was refused is recorded when it can be again; this goes on by itself.
 */
export function createLedger({
  connect,
  clock,
  log,
  committed = () => {},
  patience = 1_500,
}: LedgerComponents): Ledger {
  let waiting: Waiting[] = [];
  let store: LedgerStore | undefined;
  let chain: { segment: Segment; seq: number; hash: Buffer } | undefined;
  let sent: Sent | undefined;
  const knownSets = new Set<string>();
  let failingSince: number | undefined;
  /** Events that nobody waits for any more: their answers have been refused. */
  const gone = new WeakSet<NewEvent>();
  /** Refusals that found no place among those that wait. */
  let untold = 0;
  /** Events that go one by one, since one of them cannot be stored at all. */
  let suspects = 0;
  let work: Promise<void> | undefined;
  let closing = false;

  const isWritable = () => failingSince === undefined || performance.now() - failingSince < patience;

  const wait = (one: Waiting): void => {
    waiting.push(one);
    work ??= run();
  };

  /** That an answer was refused for want of a record is recorded as soon as that can be. */
  const noteRefusal = (event: NewEvent): void => {
    if (closing) return;
    if (waiting.length >= mostWaiting) untold += 1;
    else wait({ event: refusedFor(event) });
  };

  /** That refusals were left out is on record; how many, the log says. */
  const tellOfUntold = (): void => {
    if (untold === 0 || waiting.length >= mostWaiting) return;
    log.error({ untold }, "refusals were too many to be recorded one by one");
    untold = 0;
    waiting.push({ event: leftOut() });
  };

  async function run(): Promise<void> {
    // Those that come at the same time go together.
    await Promise.resolve();
    while (waiting.length > 0 || sent) {
      try {
        await flush();
        if (failingSince !== undefined) log.info("the ledger is written again");
        failingSince = undefined;
        tellOfUntold();
      } catch (err) {
        if (sent && isAboutValues(err)) {
          log.error({ err }, "an event cannot be recorded");
          suspect(sent.batch);
          continue;
        }
        if (failingSince === undefined) log.error({ err }, "the ledger cannot be written");
        failingSince ??= performance.now();
        store?.close();
        store = undefined;
        chain = undefined;
        // It may be another copy of the database that answers next.
        knownSets.clear();
        if (closing) break;
        await delay(pause);
      }
    }
    // At once: whoever comes from here on starts it again.
    work = undefined;
  }

  async function flush(): Promise<void> {
    store ??= await connect();
    if (sent) await settleSent(store, sent);
    const batch = suspects > 0 ? waiting.slice(0, 1) : nextBatch(waiting);
    suspects = Math.max(suspects - 1, 0);
    if (batch.length === 0) return;
    const now = clock.now();
    if (!chain || monthOf(chain.segment.openedAt) !== monthOf(now)) {
      const segment = await store.openSegment(now);
      chain = { segment, seq: 0, hash: genesisOf(segment) };
    }
    const { events, sets } = chained(batch, chain, now);
    const { seq: last, hash } = events.at(-1)!;
    waiting = waiting.slice(batch.length);
    sent = { segment: chain.segment, last, batch };
    await store.append(events, withoutKnown(sets));
    chain = { segment: chain.segment, seq: last, hash };
    remember(sets);
    sent = undefined;
    settled(batch);
  }

  /** What was sent over a connection that broke is looked up: it counts if it is there, and is sent again if not. */
  async function settleSent(store: LedgerStore, { segment, last, batch }: Sent): Promise<void> {
    const isThere = (await store.lastOf(segment.id)) >= last;
    sent = undefined;
    if (isThere) settled(batch);
    else waiting = [...batch.filter(({ event }) => !gone.has(event)), ...waiting];
  }

  /** An event that the database does not take must not keep the others out: it is found, and refused alone. */
  function suspect(batch: readonly Waiting[]): void {
    sent = undefined;
    const [only, ...others] = batch.filter(({ event }) => !gone.has(event));
    if (only && others.length > 0) {
      suspects = 1 + others.length;
      waiting = [only, ...others, ...waiting];
    } else if (only?.settle) {
      only.settle(unavailable());
      noteRefusal(only.event);
    }
  }

  function settled(batch: readonly Waiting[]): void {
    for (const { settle } of batch) settle?.();
    committed(batch.length);
  }

  const withoutKnown = (sets: ReadonlyMap<string, FieldSet>) =>
    new Map([...sets].filter(([id]) => !knownSets.has(id)));

  function remember(sets: ReadonlyMap<string, FieldSet>): void {
    if (knownSets.size > 10_000) knownSets.clear();
    for (const id of sets.keys()) knownSets.add(id);
  }

  return {
    record(event, waited = 0) {
      if (!isWritable() || waiting.length >= mostWaiting || closing) {
        noteRefusal(event);
        return Promise.reject(unavailable());
      }
      return new Promise((resolve, reject) => {
        const one: Waiting = {
          event,
          settle: (failure) => {
            clearTimeout(timer);
            if (failure) reject(failure);
            else resolve();
          },
        };
        const timer = setTimeout(
          () => {
            gone.add(event);
            waiting = waiting.filter((other) => other !== one);
            noteRefusal(event);
            reject(unavailable());
          },
          patience - waited + extraTime(event.touched.length),
        );
        wait(one);
      });
    },
    isWritable,
    requireWritable(refused) {
      if (isWritable()) return;
      if (refused) noteRefusal(refused);
      throw unavailable();
    },
    async close() {
      closing = true;
      await work;
      store?.close();
    },
  };
}

/** SQLSTATE classes 22 (data exception) and 23 (integrity): the same values would fail again. */
const isAboutValues = (error: unknown): boolean => /^2[23]/.test((error as { code?: string }).code ?? "");

const monthOf = (instant: Date): string => instant.toISOString().slice(0, 7);

/** The first of those that wait, as many as go into one insert. */
function nextBatch(waiting: readonly Waiting[]): readonly Waiting[] {
  let touches = 0;
  const end = waiting.findIndex(({ event: { touched } }, index) => {
    touches += touched.length;
    return index === mostEvents || (index > 0 && touches > mostTouches);
  });
  return end === -1 ? waiting : waiting.slice(0, end);
}

function chained(
  batch: readonly Waiting[],
  head: { readonly segment: Segment; readonly seq: number; readonly hash: Buffer },
  at: Date,
): { events: readonly ChainedEvent[]; sets: ReadonlyMap<string, FieldSet> } {
  const sets = new Map<string, FieldSet>();
  const addresses = new Map<FieldsSeen, string>();
  const store = (seen: FieldsSeen, used: readonly string[] = []): string => {
    const known = addresses.get(seen);
    if (known) return known;
    const set = { ...seen, used };
    const address = addressOf(set);
    addresses.set(seen, address);
    sets.set(address, set);
    return address;
  };
  let { seq, hash: prevHash } = head;
  const events = batch.map(({ event: { used, touched, ...event } }) => {
    seq += 1;
    const chained = {
      ...event,
      ...{ segment: head.segment.id, seq, at, prevHash },
      fields: store(unionOf(touched), [...used].sort()),
      customers: new Set(touched.flatMap(({ customerId }) => customerId ?? [])).size,
      touches: touched.map((touch) => ({ ...touch, fields: touch.fields && store(touch.fields) })),
    };
    const hash = hashOf(chained);
    prevHash = hash;
    return { ...chained, hash };
  });
  return { events, sets };
}

/** Every field of every record that was touched. */
function unionOf(touched: NewEvent["touched"]): FieldsSeen {
  const sets = new Set(touched.flatMap(({ fields }) => fields ?? []));
  const all = (of: keyof FieldsSeen) => [...new Set([...sets].flatMap((set) => set[of]))].sort();
  return { clear: all("clear"), masked: all("masked"), withheld: all("withheld") };
}
