import pg from "pg";
import { connection } from "../database/client.js";
import { jsonRows } from "./json-rows.js";
import type { Seal } from "./seal.js";
import {
  type Archived,
  type EventRow,
  eventOf,
  type SegmentRow,
  type StoredSet,
  sealOf,
  segmentOf,
} from "./stored-rows.js";
import type { LedgerSource } from "./verify.js";

/** The ledger of a database, as a source for whoever verifies it. Events of archived segments are counted, and not there. */
export interface StoredLedger extends LedgerSource {
  /** How many events there are after a seal, about; null: in all. */
  total(from: Seal | null): Promise<number>;
  /** The last seal before an instant; null: there is none. */
  lastSealBefore(instant: Date): Promise<Seal | null>;
  /** The segments all of whose events are from before an instant, in order. */
  segmentsBefore(instant: Date): AsyncIterable<SegmentRow>;
  /** A segment as it is archived: the sets of fields that its events name, and these in order; each as a JSON text. */
  setsOf(segment: number): AsyncIterable<string>;
  eventsOf(segment: number): AsyncIterable<string>;
  /** In the order of the segments. */
  archived(): AsyncIterable<Archived>;
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
  const texts = jsonRows(client);
  async function* rowsOf<Row, Item = Row>(statement: string, itemOf: (row: Row) => Item) {
    for await (const text of texts(statement)) yield itemOf(JSON.parse(text) as Row);
  }
  /** Rows of a table, and those of it that were archived. */
  async function count(table: "event" | "touch"): Promise<number> {
    const archived = { event: '"events"', touch: '"touches"' }[table];
    const { rows } = await client.query<{ count: string }>(
      `SELECT (SELECT count(*) FROM ledger.${table}) + coalesce(sum(${archived}), 0) AS "count" FROM ledger.archive`,
    );
    return Number(rows[0]!.count);
  }

  return {
    segments: () => rowsOf(segmentsWhere("TRUE"), segmentOf),
    events: (segment, after) => rowsOf(eventsWhere(segment, after), (row: EventRow) => eventOf(row)),
    seals: (after) => rowsOf(sealsWhere(`"number" > ${Number(after)}`, "ASC"), sealOf),
    sets: () => rowsOf(setsWhere("TRUE"), (set: StoredSet) => set),
    counts: async () => ({ events: await count("event"), touches: await count("touch") }),
    total: async (from) => (await count("event")) - (from?.events ?? 0),
    async lastSealBefore(instant) {
      for await (const seal of rowsOf(sealsWhere(`"at" < ${literal(instant)}`, "DESC LIMIT 1"), sealOf))
        return seal;
      return null;
    },
    segmentsBefore: (instant) =>
      rowsOf(
        segmentsWhere(
          `s."openedAt" < ${literal(instant)} AND NOT EXISTS (
             SELECT FROM ledger.event e WHERE e."segment" = s."id" AND e."at" >= ${literal(instant)})`,
        ),
        (row: SegmentRow) => row,
      ),
    setsOf: (segment) =>
      texts(
        setsWhere(
          `f."id" IN (
             SELECT e."fields" FROM ledger.event e WHERE e."segment" = ${Number(segment)}
             UNION SELECT t."fields" FROM ledger.event e JOIN ledger.touch t ON t."eventId" = e."id" AND t."at" = e."at"
             WHERE e."segment" = ${Number(segment)})`,
        ),
      ),
    eventsOf: (segment) => texts(eventsWhere(segment, 0)),
    archived: () =>
      rowsOf(
        `SELECT json_build_object('segment', "segment", 'events', "events", 'touches', "touches", 'lastSeq', "lastSeq",
           'lastHash', encode("lastHash", 'hex'), 'fileHash', encode("fileHash", 'hex'))::text AS "json"
         FROM ledger.archive ORDER BY "segment"`,
        (row: Archived) => row,
      ),
  };
}

const literal = (instant: Date): string => `${pg.escapeLiteral(instant.toISOString())}::timestamptz`;

const segmentsWhere = (condition: string): string =>
  `SELECT row_to_json(s)::text AS "json" FROM ledger.segment s WHERE ${condition} ORDER BY s."id"`;

const eventsWhere = (segment: number, after: number): string =>
  `SELECT json_build_array(row_to_json(e), (
     SELECT json_agg(json_build_array(t."record", t."recordId", t."customerId", t."fields", t."step")
       ORDER BY t."position")
     FROM ledger.touch t WHERE t."eventId" = e."id" AND t."at" = e."at"))::text AS "json"
   FROM ledger.event e WHERE e."segment" = ${Number(segment)} AND e."seq" > ${Number(after)} ORDER BY e."seq"`;

const setsWhere = (condition: string): string =>
  `SELECT row_to_json(f)::text AS "json" FROM ledger.fields f WHERE ${condition}`;

const sealsWhere = (condition: string, order: string): string =>
  `SELECT row_to_json(s)::text AS "json" FROM (
     SELECT "number", "at", "key", "events", "tails", encode("prevHash", 'hex') AS "prevHash",
       encode("hash", 'hex') AS "hash", encode("signature", 'hex') AS "signature"
     FROM ledger.seal WHERE ${condition} ORDER BY "number" ${order}) s`;
