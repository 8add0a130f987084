import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { createLedger, type Ledger } from "../../src/ledger/ledger.js";
import type { LedgerStore } from "../../src/ledger/store.js";
import { verifyLedger } from "../../src/ledger/verify.js";
import { eventNamed } from "./events.js";
import { emptyRows, memoryStore, type StoredRows, sourceOf } from "./memory-ledger.js";

// The writer, over stores that fail in every way there is.

const log = pino({ level: "silent" });
const clock = { now: () => new Date("2026-11-22T07:00:00Z") };

interface Try {
  readonly requestId: string;
  readonly recorded: boolean;
  readonly ms: number;
}

/** Records so many events, so many at once; what became of each. */
async function recordAll(ledger: Ledger, count: number, atOnce: number): Promise<Try[]> {
  const names = Array.from({ length: count }, (_, index) => `r${index}`).values();
  const tries: Try[] = [];
  const worker = async () => {
    for (const requestId of names) {
      const began = performance.now();
      const recorded = await ledger.record(eventNamed(requestId)).then(
        () => true,
        (error: { extensions: { code: string } }) => {
          expect(error.extensions.code).toBe("LEDGER_UNAVAILABLE");
          return false;
        },
      );
      tries.push({ requestId, recorded, ms: performance.now() - began });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return tries;
}

const answered = (rows: StoredRows) =>
  rows.events.filter(({ outcome }) => outcome === "ANSWERED").map(({ requestId }) => requestId);
const hasNoFinding = async (rows: StoredRows) =>
  expect((await verifyLedger(sourceOf(rows), { keys: new Map() })).finding).toBeNull();
const forever = () => new Promise<never>(() => {});

test("what comes at once goes in one insert, and what comes meanwhile in the next", async () => {
  const rows = emptyRows();
  const sizes: number[] = [];
  const store = memoryStore(rows);
  const connect = async (): Promise<LedgerStore> => ({
    ...store,
    append(events, sets) {
      sizes.push(events.length);
      return store.append(events, sets);
    },
  });
  const ledger = createLedger({ connect, clock, log });
  await Promise.all(Array.from({ length: 40 }, (_, index) => ledger.record(eventNamed(`r${index}`))));
  expect(sizes).toEqual([40]);
  expect(rows.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  expect(rows.sets).toHaveLength(1);
  await ledger.close();
  await hasNoFinding(rows);
});

describe("a store that", () => {
  /** A connection that does this at its n-th insert of all. */
  type Fault = (at: number, append: () => Promise<void>) => Promise<void>;
  const faults: Record<string, Fault> = {
    "fails now and then, before anything is stored": async (at, append) => {
      if (at % 3 === 0) throw new Error("no");
      await append();
    },
    "fails now and then, when all is stored": async (at, append) => {
      await append();
      if (at % 3 === 0) throw new Error("no");
    },
    "never answers now and then": (at, append) => (at % 7 === 3 ? forever() : append()),
    "stores now and then, and never says so": async (at, append) => {
      await append();
      if (at % 7 === 3) await forever();
    },
  };
  test.each(Object.entries(faults))(
    "%s: no answer without its event, no event twice, no wait without end",
    async (_name, fault) => {
      const rows = emptyRows();
      let at = 0;
      const connect = async (): Promise<LedgerStore> => {
        const store = memoryStore(rows);
        return {
          ...store,
          append: (events, sets) => {
            at += 1;
            // What the connection to a database ends by itself.
            const late = new Promise<never>((_, reject) => setTimeout(reject, 50, new Error("timeout")));
            return Promise.race([fault(at, () => store.append(events, sets)), late]);
          },
        };
      };
      const ledger = createLedger({ connect, clock, log, patience: 400 });
      const tries = await recordAll(ledger, 150, 8);
      await ledger.close();
      const stored = answered(rows);
      expect(new Set(stored).size).toBe(stored.length);
      for (const { requestId, recorded } of tries) if (recorded) expect(stored).toContain(requestId);
      expect(Math.max(...tries.map(({ ms }) => ms))).toBeLessThan(2_000);
      expect(tries.some(({ recorded }) => recorded)).toBe(true);
      await hasNoFinding(rows);
    },
  );

  test("is away: what has to wait is refused in time, the next at once, and it goes on by itself", async () => {
    const rows = emptyRows();
    let isAway = true;
    const connect = async () => {
      if (isAway) throw new Error("away");
      return memoryStore(rows);
    };
    const ledger = createLedger({ connect, clock, log, patience: 300 });
    const first = await recordAll(ledger, 1, 1);
    expect(first[0]).toMatchObject({ recorded: false });
    expect(ledger.isWritable()).toBe(false);
    expect(() => ledger.requireWritable()).toThrow("cannot be put on record");
    const [second] = await recordAll(ledger, 1, 1);
    expect(second!.recorded).toBe(false);
    expect(second!.ms).toBeLessThan(100);
    isAway = false;
    await expect.poll(() => ledger.isWritable()).toBe(true);
    expect(await recordAll(ledger, 5, 1)).toMatchObject(Array(5).fill({ recorded: true }));
    await ledger.close();
    // That somebody was refused is not lost either.
    expect(rows.events.filter(({ codes }) => codes.includes("LEDGER_UNAVAILABLE"))).toMatchObject([
      { requestId: "r0", outcome: "REFUSED", touches: [] },
      { requestId: "r0", outcome: "REFUSED", touches: [] },
    ]);
    await hasNoFinding(rows);
  });

  test("does not take one of the events: that one is refused, and no other", async () => {
    const rows = emptyRows();
    const connect = async (): Promise<LedgerStore> => {
      const store = memoryStore(rows);
      return {
        ...store,
        append: async (events, sets) => {
          if (events.some(({ requestId }) => requestId === "r3"))
            throw Object.assign(new Error("invalid"), { code: "22P02" });
          await store.append(events, sets);
        },
      };
    };
    const ledger = createLedger({ connect, clock, log, patience: 5_000 });
    const tries = await recordAll(ledger, 8, 8);
    await ledger.close();
    expect(tries.filter(({ recorded }) => !recorded).map(({ requestId }) => requestId)).toEqual(["r3"]);
    expect(answered(rows).sort()).toEqual(["r0", "r1", "r2", "r4", "r5", "r6", "r7"]);
    await hasNoFinding(rows);
  });
});

test("refusals that are too many to be recorded one by one: that there were some is on record, once", async () => {
  const rows = emptyRows();
  let isAway = true;
  const connect = async () => {
    if (isAway) throw new Error("away");
    return memoryStore(rows);
  };
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const ledger = createLedger({ connect, clock, log, patience: 100 });
  await recordAll(ledger, 1, 1);
  await recordAll(ledger, 10_050, 50);
  isAway = false;
  await expect.poll(() => ledger.isWritable()).toBe(true);
  await ledger.close();
  const told = rows.events.filter(({ roots }) => roots.includes("leaveOutRefusals"));
  expect(told).toMatchObject([
    { kind: "CLOCKWORK", outcome: "FAILED", codes: ["LEDGER_UNAVAILABLE"], principalId: null, touches: [] },
  ]);
  // 10,000 of the 10,051 found a place.
  expect(rows.events).toHaveLength(10_001);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(expect.objectContaining({ untold: 51 }));
  await hasNoFinding(rows);
});

test("a new month begins a new segment", async () => {
  const rows = emptyRows();
  let now = clock.now();
  const ledger = createLedger({ connect: async () => memoryStore(rows), clock: { now: () => now }, log });
  await ledger.record(eventNamed("a"));
  now = new Date("2026-12-01T00:00:00Z");
  await ledger.record(eventNamed("b"));
  await ledger.close();
  expect(rows.events.map(({ segment, seq }) => [segment, seq])).toEqual([
    [1, 1],
    [2, 1],
  ]);
  await hasNoFinding(rows);
});

test("after its end nothing is recorded, and whoever asks hears so", async () => {
  const rows = emptyRows();
  const ledger = createLedger({ connect: async () => memoryStore(rows), clock, log });
  await ledger.close();
  expect(await recordAll(ledger, 1, 1)).toMatchObject([{ recorded: false }]);
  expect(rows.events).toEqual([]);
});
