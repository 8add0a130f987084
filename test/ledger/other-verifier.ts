import { createHash, type KeyObject, verify } from "node:crypto";
import type { StoredRows } from "./memory-ledger.js";

// A verifier that shares no code with the server's: everything in memory, every position looked at, all problems told.
// What an event and a seal are hashed from is read here once more out of the description in the docstrings.

const hex = (parts: unknown): string =>
  createHash("sha256").update(JSON.stringify(parts), "utf8").digest("hex");

/** Every position that is not as it was written: `event 3/7`, `seal 2`, `fields <id>`, `stray`. Empty: all is well. */
export function problemsOf(
  ledger: StoredRows,
  keys: ReadonlyMap<string, KeyObject>,
  kept: StoredRows["seals"] | null = null,
): ReadonlySet<string> {
  const problems = new Set<string>();
  const sets = new Set(ledger.sets.map(({ id }) => id));
  for (const { id, clear, masked, withheld, used } of ledger.sets)
    if (hex([clear, masked, withheld, used]).slice(0, 32) !== id.split("-").join(""))
      problems.add(`fields ${id}`);

  const bySegment = grouped(ledger.events, ({ segment }) => segment);
  const hashAt = new Map<string, string>();
  let claimed = 0;
  for (const segment of ledger.segments) {
    const events = [...(bySegment.get(segment.id) ?? [])].sort((a, b) => a.seq - b.seq);
    claimed += events.length;
    let before = hex(["tierkeep segment", 1, segment.id, segment.openedAt.toISOString(), segment.writer]);
    for (const [index, event] of events.entries()) {
      const place = index + 1;
      if (event.seq !== place) problems.add(`event ${segment.id}/${Math.min(event.seq, place)}`);
      const touches = event.touches.map((t) => [t.record, t.recordId, t.customerId, t.fields, t.step]);
      const own = hex([
        "tierkeep event",
        1,
        event.segment,
        event.seq,
        event.at.toISOString(),
        event.kind,
        event.roots,
        event.outcome,
        event.codes,
        event.reasons,
        event.principalId,
        event.department,
        event.deviceId,
        event.address,
        event.purpose,
        event.grants,
        event.declarations,
        event.policyVersion,
        event.requestId,
        event.fields,
        event.customers,
        touches,
        event.prevHash.toString("hex"),
      ]);
      const unknown = [event.fields, ...event.touches.map((t) => t.fields)].some(
        (id) => id !== null && !sets.has(id),
      );
      const named = `led_${Number(event.segment).toString(36)}_${Number(event.seq).toString(36).padStart(6, "0")}`;
      if (own !== event.hash.toString("hex") || unknown || event.id !== named)
        problems.add(`event ${segment.id}/${event.seq}`);
      if (event.prevHash.toString("hex") !== before)
        problems.add(`event ${segment.id}/${Math.max(place - 1, 1)}`);
      before = event.hash.toString("hex");
      hashAt.set(`${segment.id}/${event.seq}`, before);
    }
  }

  let last = createHash("sha256").update("tierkeep seals").digest("hex");
  const reached = new Map<number, number>();
  for (const [index, seal] of [...ledger.seals].sort((a, b) => a.number - b.number).entries()) {
    const place = `seal ${Math.min(seal.number, index + 1)}`;
    const tails = seal.tails.map((t) => [t.segment, t.seq, t.hash]);
    const own = hex([
      "tierkeep seal",
      1,
      seal.number,
      seal.at.toISOString(),
      seal.key,
      seal.events,
      tails,
      seal.prevHash,
    ]);
    const key = keys.get(seal.key);
    const signed =
      key && verify(null, Buffer.from(seal.hash, "hex"), key, Buffer.from(seal.signature, "hex"));
    if (seal.number !== index + 1 || own !== seal.hash || seal.prevHash !== last || !signed)
      problems.add(place);
    last = seal.hash;
    for (const tail of seal.tails) {
      if ((reached.get(tail.segment) ?? 0) > tail.seq) problems.add(place);
      reached.set(tail.segment, tail.seq);
      const there = hashAt.get(`${tail.segment}/${tail.seq}`);
      if (there === undefined) {
        const length = bySegment.get(tail.segment)?.length ?? 0;
        problems.add(`event ${tail.segment}/${hashAt.size && length ? length + 1 : 1}`);
        for (let seq = 1; seq <= tail.seq; seq += 1)
          if (!hashAt.has(`${tail.segment}/${seq}`)) problems.add(`event ${tail.segment}/${seq}`);
      } else if (there !== tail.hash) problems.add(`event ${tail.segment}/${tail.seq}`);
    }
    if ([...reached.values()].reduce((a, b) => a + b, 0) !== seal.events) problems.add(place);
  }

  for (const seal of kept ?? []) {
    const stored = ledger.seals.find(({ number }) => number === seal.number);
    if (!stored) problems.add(`seal ${ledger.seals.length + 1}`);
    else if (stored.hash !== seal.hash) problems.add(`seal ${seal.number}`);
  }
  const touched = ledger.events.reduce((sum, { touches }) => sum + touches.length, 0);
  if (claimed !== ledger.events.length || touched + ledger.strayTouches !== touched) problems.add("stray");
  return problems;
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
