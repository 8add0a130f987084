import pg from "pg";
import { connection } from "../database/client.js";
import type { StoredEvent } from "./chain.js";
import type { FieldSet, Segment, Touch } from "./event.js";
import type { Seal } from "./seal.js";
import type { LedgerSource } from "./verify.js";

/** Rows that are fetched at once at most, and about how many characters of them. */
const mostRows = 1_000;
const mostCharacters = 1_000_000;

/** The ledger of a database, as a source for whoever verifies it. */
export interface StoredLedger extends LedgerSource {
  /** How many events there are after a seal, about; null: in all. */
  total(from: Seal | null): Promise<number>;
  /** The last seal before an instant; null: there is none. */
  lastSealBefore(instant: Date): Promise<Seal | null>;
}

/** Looks at the ledger of a database as it is at one instant, whatever is added meanwhile. */
export async function withStoredLedger<Result>(
  url: string,
  work: (source: StoredLedger) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ ...connection(url), connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    return await work(sourceOn(client));
  } finally {
    await client.end().catch(() => {});
  }
}

function sourceOn(client: pg.Client): StoredLedger {
  let cursors = 0;
  /** The rows of a statement that gives one JSON text a row: the next are fetched while those before are looked at. */
  async function* rowsOf<Row, Item>(statement: string, itemOf: (row: Row) => Item): AsyncGenerator<Item> {
    cursors += 1;
    const cursor = `ledger_${cursors}`;
    const fetch = (size: number) => {
      const fetched = client.query<{ json: string }>(`FETCH ${size} FROM ${cursor}`);
      // Whoever has found something amiss asks for no more.
      fetched.catch(() => {});
      return fetched;
    };
    await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${statement}`);
    let size = 16;
    let next = fetch(size);
    for (let isLast = false; !isLast; ) {
      const { rows } = await next;
      isLast = rows.length < size;
      if (isLast) await client.query(`CLOSE ${cursor}`);
      else {
        size = nextSize(rows);
        next = fetch(size);
      }
      for (const { json } of rows) yield itemOf(JSON.parse(json) as Row);
    }
  }

  return {
    segments: () =>
      rowsOf('SELECT row_to_json(s)::text AS "json" FROM ledger.segment s ORDER BY s."id"', segmentOf),
    events: (segment, after) =>
      rowsOf(
        `SELECT json_build_array(row_to_json(e), (
             SELECT json_agg(json_build_array(t."record", t."recordId", t."customerId", t."fields", t."step")
               ORDER BY t."position")
             FROM ledger.touch t WHERE t."eventId" = e."id" AND t."at" = e."at"))::text AS "json"
           FROM ledger.event e WHERE e."segment" = ${Number(segment)} AND e."seq" > ${Number(after)} ORDER BY e."seq"`,
        eventOf,
      ),
    seals: (after) => rowsOf(sealsWhere(`"number" > ${Number(after)}`, "ASC"), sealOf),
    sets: () => rowsOf('SELECT row_to_json(f)::text AS "json" FROM ledger.fields f', (set: StoredSet) => set),
    async counts() {
      const { rows } = await client.query<{ events: string; touches: string }>(
        'SELECT (SELECT count(*) FROM ledger.event) AS "events", (SELECT count(*) FROM ledger.touch) AS "touches"',
      );
      return { events: Number(rows[0]!.events), touches: Number(rows[0]!.touches) };
    },
    async total(from) {
      const { rows } = await client.query<{ events: string }>(
        'SELECT count(*) AS "events" FROM ledger.event',
      );
      return Number(rows[0]!.events) - (from?.events ?? 0);
    },
    async lastSealBefore(instant) {
      const before = `"at" < ${pg.escapeLiteral(instant.toISOString())}::timestamptz`;
      for await (const seal of rowsOf(sealsWhere(before, "DESC LIMIT 1"), sealOf)) return seal;
      return null;
    },
  };
}

/** Twice as many rows as before, while they are short. */
function nextSize(rows: readonly { readonly json: string }[]): number {
  const characters = rows.reduce((sum, { json }) => sum + json.length, 0);
  const fitting = Math.ceil((mostCharacters / characters) * rows.length);
  return Math.min(mostRows, 2 * rows.length, fitting);
}

const sealsWhere = (condition: string, order: string): string =>
  `SELECT row_to_json(s)::text AS "json" FROM (
     SELECT "number", "at", "key", "events", "tails", encode("prevHash", 'hex') AS "prevHash",
       encode("hash", 'hex') AS "hash", encode("signature", 'hex') AS "signature"
     FROM ledger.seal WHERE ${condition} ORDER BY "number" ${order}) s`;

type StoredSet = FieldSet & { readonly id: string };

const segmentOf = (row: Omit<Segment, "openedAt"> & { readonly openedAt: string }): Segment => ({
  ...row,
  openedAt: new Date(row.openedAt),
});

type SealRow = Omit<Seal, "at"> & { readonly at: string };

const sealOf = (row: SealRow): Seal => ({ ...row, at: new Date(row.at) });

type TouchRow = [
  record: string,
  recordId: string,
  customerId: string | null,
  fields: string | null,
  step: string | null,
];

type EventRow = [
  Omit<StoredEvent, "at" | "touches" | "prevHash" | "hash"> & {
    at: string;
    prevHash: string;
    hash: string;
  },
  TouchRow[] | null,
];

function eventOf([event, touches]: EventRow): StoredEvent {
  return {
    ...event,
    at: new Date(event.at),
    prevHash: bytes(event.prevHash),
    hash: bytes(event.hash),
    touches: (touches ?? []).map(
      ([record, recordId, customerId, fields, step]): Touch => ({
        ...{ record, recordId, customerId },
        ...{ fields, step },
      }),
    ),
  };
}

const bytes = (shown: string): Buffer => Buffer.from(shown.slice(2), "hex");
