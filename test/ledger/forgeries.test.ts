import { createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import fc from "fast-check";
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import type { StoredEvent } from "../../src/ledger/chain.js";
import { genesisOf, hashOf, type NewEvent } from "../../src/ledger/event.js";
import { createLedger } from "../../src/ledger/ledger.js";
import { beforeAllSeals, type SealKey, sealHash, signSeal } from "../../src/ledger/seal.js";
import { verifyLedger } from "../../src/ledger/verify.js";
import { type Dice, diceOf } from "../support/dice.js";
import {
  copyOf,
  each,
  emptyRows,
  memoryStore,
  type StoredRows,
  sealRows,
  sourceOf,
} from "./memory-ledger.js";
import { problemsOf } from "./other-verifier.js";

const keyPair = (id: string): { key: SealKey; publicKey: KeyObject } => {
  const { privateKey } = generateKeyPairSync("ed25519");
  return { key: { id, privateKey }, publicKey: createPublicKey(privateKey) };
};
const own = keyPair("own");
const foreign = keyPair("foreign");
const keys = new Map([["own", own.publicKey]]);

const start = new Date("2026-11-22T07:00:00.000Z");
const names = ["Customer.name", "Customer.mobile", "Customer.idNumber", "Order.amount", "Device.ipAddress"];
const some = (dice: Dice, of: readonly string[]) => (dice.chance(40) ? dice.some(of, 3).sort() : []);

function randomEvent(dice: Dice): NewEvent {
  const fields = () => ({
    clear: some(dice, names),
    masked: some(dice, names),
    withheld: some(dice, names),
    used: [],
  });
  return {
    kind: dice.pick(["QUERY", "MUTATION", "IDENTITY", "CLOCKWORK"]),
    roots: some(dice, ["customers", "node", "signIn"]),
    outcome: dice.pick(["BEGUN", "ANSWERED", "REFUSED", "FAILED"]),
    codes: some(dice, ["FILTER_FORBIDDEN", "NOT_FOUND"]),
    reasons: some(dice, ["TIER_TOO_LOW", "DECLARATION_REQUIRED"]),
    principalId: dice.chance(80) ? dice.pick(["emp_a", "emp_b"]) : null,
    department: dice.chance(80) ? "SALES" : null,
    deviceId: dice.chance(50) ? "dev_1" : null,
    address: dice.chance(50) ? "10.0.0.1" : null,
    purpose: null,
    grants: some(dice, ["gra_1", "gra_2"]),
    declarations: [],
    policyVersion: dice.chance(90) ? 1 : null,
    requestId: `request ${dice.below(1_000_000)} "ü"`,
    used: some(dice, names),
    touched: Array.from({ length: dice.below(4) }, (_, index) => ({
      record: dice.pick(["Customer", "Order"]),
      recordId: `cus_${index}`,
      customerId: dice.chance(70) ? `cus_${dice.below(5)}` : null,
      fields: dice.chance(90) ? fields() : null,
      step: dice.chance(10) ? "SUBMITTED approve APPROVED" : null,
    })),
  };
}

/** An honest ledger of a few writers, sealed now and then; `older` is how it stood at one of its seals. */
async function randomLedger(dice: Dice): Promise<{ rows: StoredRows; older: StoredRows }> {
  const rows = emptyRows();
  let older = copyOf(rows);
  let now = start;
  const clock = { now: () => now };
  const log = pino({ level: "silent" });
  const writers = Array.from({ length: 1 + dice.below(3) }, () =>
    createLedger({ connect: async () => memoryStore(rows), clock, log }),
  );
  const seals = 1 + dice.below(4);
  for (let round = 0; round < seals; round += 1) {
    const events = Array.from({ length: 1 + dice.below(8) }, () =>
      dice.pick(writers).record(randomEvent(dice)),
    );
    await Promise.all(events);
    // Now and then a month goes by, and with it the segments.
    now = new Date(now.getTime() + (dice.chance(20) ? 31 * 86_400_000 : 1_000));
    if (dice.chance(30)) older = copyOf(rows);
    sealRows(rows, now, own.key);
  }
  if (dice.chance(50)) await dice.pick(writers).record(randomEvent(dice));
  await Promise.all(writers.map((writer) => writer.close()));
  return { rows, older };
}

const verified = async (rows: StoredRows, kept: StoredRows["seals"] | null = null) =>
  (await verifyLedger(sourceOf(rows), { keys, ...(kept && { against: each(kept) }) })).finding;

/** Chains a segment anew from its values, as whoever has no key can. */
function rechain(rows: StoredRows, segment: number): void {
  let prevHash = genesisOf(rows.segments.find(({ id }) => id === segment)!);
  const events = rows.events.filter((event) => event.segment === segment).sort((a, b) => a.seq - b.seq);
  for (const [index, event] of events.entries()) {
    const seq = index + 1;
    const moved = {
      ...event,
      seq,
      id: `led_${segment.toString(36)}_${seq.toString(36).padStart(6, "0")}`,
      prevHash,
    };
    prevHash = hashOf(moved);
    rows.events[rows.events.indexOf(event)] = { ...moved, hash: prevHash };
  }
}

const remove = (rows: StoredRows, event: StoredEvent) =>
  void rows.events.splice(rows.events.indexOf(event), 1);
const edited = (event: StoredEvent): StoredEvent => ({ ...event, principalId: "emp_nobody" });
const replace = (rows: StoredRows, event: StoredEvent, by: StoredEvent) =>
  void rows.events.splice(rows.events.indexOf(event), 1, by);

interface Forgery {
  /** What is done; false: there is nothing here to do it to. */
  readonly forge: (rows: StoredRows, at: StoredEvent, dice: Dice, older: StoredRows) => unknown;
  /** The kinds that it is named as. */
  readonly named: readonly string[];
  /** Is the very event named that was touched, rather than one that it shows at? */
  readonly place?: true;
}

/** `at` is an event that a seal covers. */
const forgeries: Record<string, Forgery> = {
  "an edited event": { forge: (rows, at) => replace(rows, at, edited(at)), named: ["EDITED"], place: true },
  "an edited event with its hash computed anew": {
    forge: (rows, at) => replace(rows, at, { ...edited(at), hash: hashOf(edited(at)) }),
    named: ["EDITED", "REWRITTEN"],
    place: true,
  },
  "a deleted event": { forge: remove, named: ["MISSING"], place: true },
  "a tail cut off": {
    forge(rows, at) {
      rows.events = rows.events.filter(({ segment, seq }) => segment !== at.segment || seq < at.seq);
    },
    named: ["MISSING"],
    place: true,
  },
  "an inserted event": {
    forge: (rows, at) => void rows.events.push(edited(at)),
    named: ["INSERTED", "EDITED"],
    place: true,
  },
  "an inserted event, and the chain computed anew": {
    forge(rows, at) {
      for (const event of rows.events.filter(({ segment, seq }) => segment === at.segment && seq >= at.seq))
        replace(rows, event, { ...event, seq: event.seq + 1 });
      rows.events.push(edited(at));
      rechain(rows, at.segment);
    },
    named: ["REWRITTEN", "SEAL_FORGED"],
  },
  "two events in each other's place": {
    forge(rows, at) {
      const next = rows.events.find(({ segment, seq }) => segment === at.segment && seq === at.seq + 1);
      if (!next) return false;
      replace(rows, at, { ...next, seq: at.seq, id: at.id });
      replace(rows, next, { ...at, seq: next.seq, id: next.id });
    },
    named: ["EDITED"],
    place: true,
  },
  "a chain computed anew without the key": {
    forge(rows, at) {
      replace(rows, at, edited(at));
      rechain(rows, at.segment);
    },
    named: ["REWRITTEN"],
  },
  "a chain and its seals computed anew with another key": {
    forge(rows, at) {
      replace(rows, at, edited(at));
      rechain(rows, at.segment);
      resign(rows, foreign.key);
    },
    named: ["SEAL_FORGED"],
  },
  "the same under the name of our key": {
    forge(rows, at) {
      replace(rows, at, edited(at));
      rechain(rows, at.segment);
      resign(rows, { ...foreign.key, id: "own" });
    },
    named: ["SEAL_FORGED"],
  },
  "a seal left out": {
    forge(rows, _at, dice) {
      if (rows.seals.length < 2) return false;
      rows.seals.splice(dice.below(rows.seals.length - 1), 1);
    },
    named: ["SEAL_MISSING"],
  },
  "an edited seal": {
    forge(rows, _at, dice) {
      const index = dice.below(rows.seals.length);
      rows.seals[index] = { ...rows.seals[index]!, at: new Date(0) };
    },
    named: ["SEAL_FORGED"],
  },
  "a segment that is gone": {
    forge(rows, at) {
      rows.segments = rows.segments.filter(({ id }) => id !== at.segment);
      rows.events = rows.events.filter(({ segment }) => segment !== at.segment);
    },
    named: ["MISSING"],
  },
  "a segment that began at another time": {
    forge(rows, at) {
      rows.segments = rows.segments.map((one) =>
        one.id === at.segment ? { ...one, openedAt: new Date(0) } : one,
      );
    },
    named: ["EDITED"],
  },
  "a record that was not touched": {
    forge: (rows, at) =>
      replace(rows, at, {
        ...at,
        touches: [
          ...at.touches,
          { record: "Customer", recordId: "cus_9", customerId: "cus_9", fields: null, step: null },
        ],
      }),
    named: ["EDITED"],
    place: true,
  },
  "touched records of no event": {
    forge(rows) {
      rows.strayTouches = 1;
    },
    named: ["STRAY_ROWS"],
  },
  "events of no segment": {
    forge: (rows, at) => void rows.events.push({ ...at, segment: 999 }),
    named: ["STRAY_ROWS"],
  },
  "an edited set of fields": {
    forge(rows) {
      const [set] = rows.sets;
      if (!set) return false;
      rows.sets[0] = { ...set, clear: [...set.clear, "Customer.rating"] };
    },
    named: ["FIELDS_FORGED"],
  },
  "a set of fields that is gone": {
    forge(rows, at) {
      if (!at.fields) return false;
      rows.sets = rows.sets.filter(({ id }) => id !== at.fields);
    },
    named: ["EDITED"],
  },
};

/** Signs all seals anew over the chains as they are now. */
function resign(rows: StoredRows, key: SealKey): void {
  let prevHash = beforeAllSeals;
  rows.seals = rows.seals.map((seal) => {
    const tails = seal.tails.map((tail) => ({
      ...tail,
      hash: rows.events
        .find(({ segment, seq }) => segment === tail.segment && seq === tail.seq)!
        .hash.toString("hex"),
    }));
    const anew = signSeal({ ...seal, tails, prevHash }, key);
    prevHash = sealHash(anew);
    return anew;
  });
}

/** An event that a seal covers. */
const sealedEvent = (rows: StoredRows, dice: Dice): StoredEvent => {
  const { tails } = rows.seals.at(-1)!;
  return dice.pick(
    rows.events.filter((event) =>
      tails.some(({ segment, seq }) => event.segment === segment && event.seq <= seq),
    ),
  );
};

const placeOf = (finding: { segment?: number; seq?: number; seal?: number; kind: string; says: string }) =>
  finding.seal !== undefined
    ? `seal ${finding.seal}`
    : finding.segment !== undefined
      ? `event ${finding.segment}/${finding.seq}`
      : finding.kind === "STRAY_ROWS"
        ? "stray"
        : `fields ${/[0-9a-f-]{36}/.exec(finding.says)![0]}`;

const tapes = fc.array(fc.nat(), { minLength: 64, maxLength: 256 });
const runs = Number(process.env.LEDGER_RUNS ?? 440);

describe.each(Object.entries(forgeries))("%s", (_name, { forge, named, place }) => {
  test("is found, where it is, by two verifiers that share no code", () =>
    fc.assert(
      fc.asyncProperty(tapes, async (tape) => {
        const dice = diceOf(tape);
        const { rows, older } = await randomLedger(dice);
        const at = sealedEvent(rows, dice);
        const forged = copyOf(rows);
        if (forge(forged, forged.events.find(({ id }) => id === at.id)!, dice, older) === false) return;
        const finding = await verified(forged);
        expect(named).toContain(finding?.kind);
        if (place) expect(placeOf(finding!)).toBe(`event ${at.segment}/${at.seq}`);
        expect([...problemsOf(forged, keys)]).toContain(placeOf(finding!));
      }),
      { numRuns: runs },
    ));
});

test("an honest ledger is found whole by both, also beside the seals that were kept", () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const { rows, older } = await randomLedger(diceOf(tape));
      for (const kept of [null, rows.seals, older.seals]) {
        expect(await verified(rows, kept)).toBeNull();
        expect([...problemsOf(rows, keys, kept)]).toEqual([]);
      }
    }),
    { numRuns: runs },
  ));

test("an old copy is whole by itself, and found to be old by the seals that were kept", () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const { rows, older } = await randomLedger(diceOf(tape));
      expect(await verified(older)).toBeNull();
      expect([...problemsOf(older, keys)]).toEqual([]);
      if (older.seals.length === rows.seals.length) return;
      const place = `seal ${older.seals.length + 1}`;
      expect(placeOf((await verified(older, rows.seals))!)).toBe(place);
      expect([...problemsOf(older, keys, rows.seals)]).toContain(place);
    }),
    { numRuns: runs },
  ));

test("whoever has the key too is found by the seals that were kept", () =>
  fc.assert(
    fc.asyncProperty(tapes, async (tape) => {
      const dice = diceOf(tape);
      const { rows } = await randomLedger(dice);
      const forged = copyOf(rows);
      const at = sealedEvent(forged, dice);
      replace(forged, at, edited(at));
      rechain(forged, at.segment);
      resign(forged, own.key);
      expect(await verified(forged)).toBeNull();
      const finding = await verified(forged, rows.seals);
      expect(finding?.kind).toBe("REWRITTEN");
      expect([...problemsOf(forged, keys, rows.seals)]).toContain(placeOf(finding!));
    }),
    { numRuns: runs },
  ));
