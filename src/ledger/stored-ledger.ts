import pg from "pg";
import { connection } from "../database/client.js";
import type { StoredEvent } from "./chain.js";
import type { FieldSet, Segment, Touch } from "./event.js";
import type { Seal } from "./seal.js";
import type { LedgerSource } from "./verify.js";

/** Rows that are in memory at once, of each chain that is being followed. */
const chunk = 2_000;

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
  /** The rows of a statement that gives one JSON text a row, a chunk at a time. */
  async function* rowsOf<Row>(statement: string): AsyncGenerator<Row> {
    cursors += 1;
    const cursor = `ledger_${cursors}`;
    await client.query(`DECLARE ${cursor} NO SCROLL CURSOR FOR ${statement}`);
    for (;;) {
      const { rows } = await client.query<{ json: string }>(`FETCH ${chunk} FROM ${cursor}`);
      for (const { json } of rows) yield JSON.parse(json) as Row;
      if (rows.length < chunk) break;
    }
    await client.query(`CLOSE ${cursor}`);
  }

  return {
    async *segments() {
      const rows = rowsOf<Omit<Segment, "openedAt"> & { openedAt: string }>(
        'SELECT row_to_json(s)::text AS "json" FROM ledger.segment s ORDER BY s."id"',
      );
      for await (const row of rows) yield { ...row, openedAt: new Date(row.openedAt) };
    },
    events: (segment, after) =>
      mapped(
        rowsOf<EventRow>(
          `SELECT json_build_array(row_to_json(e), (
             SELECT json_agg(json_build_array(t."record", t."recordId", t."customerId", t."fields", t."step")
               ORDER BY t."position")
             FROM ledger.touch t WHERE t."eventId" = e."id" AND t."at" = e."at"))::text AS "json"
           FROM ledger.event e WHERE e."segment" = ${Number(segment)} AND e."seq" > ${Number(after)} ORDER BY e."seq"`,
        ),
        eventOf,
      ),
    seals: (after) => mapped(rowsOf<SealRow>(sealsWhere(`"number" > ${Number(after)}`, "ASC")), sealOf),
    sets: () =>
      rowsOf<FieldSet & { id: string }>('SELECT row_to_json(f)::text AS "json" FROM ledger.fields f'),
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
      for await (const row of rowsOf<SealRow>(sealsWhere(before, "DESC LIMIT 1"))) return sealOf(row);
      return null;
    },
  };
}

const sealsWhere = (condition: string, order: string): string =>
  `SELECT row_to_json(s)::text AS "json" FROM (
     SELECT "number", "at", "key", "events", "tails", encode("prevHash", 'hex') AS "prevHash",
       encode("hash", 'hex') AS "hash", encode("signature", 'hex') AS "signature"
     FROM ledger.seal WHERE ${condition} ORDER BY "number" ${order}) s`;

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

async function* mapped<From, To>(items: AsyncIterable<From>, map: (item: From) => To): AsyncGenerator<To> {
  for await (const item of items) yield map(item);
}
