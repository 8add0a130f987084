import pg from "pg";
import { connection } from "../database/client.js";
import { type ChainedEvent, eventId, type FieldSet, type Segment, type Touch } from "./event.js";

/** Milliseconds that an insert of many touched records gets beside the usual: several times what it takes where little else runs. */
export const extraTime = (touches: number): number => (touches > 5_000 ? touches * 0.05 : 0);

/** Where events are kept. Every call ends within the time that it was made for, or rejects. */
export interface LedgerStore {
  /** Begins a chain, which no other session adds to for as long as this one lasts. */
  openSegment(openedAt: Date): Promise<Segment>;
  /** Adds events at the end of a chain, with the sets of fields that they name: all of it or nothing. */
  append(events: readonly ChainedEvent[], sets: ReadonlyMap<string, FieldSet>): Promise<void>;
  /** The place of the last event of a chain whose session is lost, once that session can add nothing any more. */
  lastOf(segment: number): Promise<number>;
  close(): void;
}

/** Locks on segments are of this class: each ends with the session that writes there. */
export const segmentLocks = 0x7e3;

/** A connection of its own: a pool that is exhausted keeps nobody from recording. Each statement ends within `timeout` ms. */
export async function connectStore(url: string, timeout: number): Promise<LedgerStore> {
  const { options, ...address } = connection(url);
  const client = new pg.Client({
    ...address,
    // Seconds after which the server ends a session whose other end is gone, and with it what it has locked.
    options: `${options} -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3`,
    application_name: "tierkeep ledger",
    connectionTimeoutMillis: timeout,
    statement_timeout: timeout,
    keepAlive: true,
  });
  let lost: Error | undefined;
  client.on("error", (error) => {
    lost = error;
  });
  await client.connect();
  const send = async <Row extends pg.QueryResultRow>(
    text: string,
    values: unknown[],
    { name, extra = 0 }: { name?: string; extra?: number } = {},
  ) => {
    if (lost) throw lost;
    // The server's own limit comes first; this one is for a server that no longer answers at all.
    return client.query<Row>({
      ...{ text, values, query_timeout: timeout + 100 + extra },
      ...(name && { name }),
    });
  };
  const limitTo = (milliseconds: number) => send(`SET statement_timeout = ${Math.ceil(milliseconds)}`, []);

  return {
    async openSegment(openedAt) {
      const { rows } = await send<Segment>(
        `WITH new AS (INSERT INTO ledger.segment ("openedAt", "writer") VALUES ($1, gen_random_uuid())
           RETURNING "id", "openedAt", "writer")
         SELECT *, pg_advisory_lock(${segmentLocks}, "id") FROM new`,
        [openedAt],
      );
      const { id, writer } = rows[0]!;
      return { id, openedAt, writer };
    },

    async append(events, sets) {
      const values = valuesOf(events, sets);
      // By its name: it is parsed and planned once.
      const extra = extraTime(events.reduce((sum, { touches }) => sum + touches.length, 0));
      const add = () => send(insert, values, { name: "append", extra });
      try {
        if (extra > 0) await limitTo(timeout + extra);
        await add();
      } catch (error) {
        if ((error as { code?: string }).code !== noSuchMonth) throw error;
        await send("SELECT ledger.add_month($1)", [events[0]!.at]);
        await add();
      } finally {
        // What it failed with counts, not that a lost session cannot be told.
        if (extra > 0) await limitTo(timeout).catch(() => {});
      }
    },

    async lastOf(segment) {
      // Whoever still holds the lock is what is left of a session that we have lost: it notices so within seconds, or is
      // ended, where the role may do that.
      await send(
        `SELECT pg_terminate_backend(pid) FROM pg_locks
         WHERE locktype = 'advisory' AND classid = ${segmentLocks} AND objid = $1 AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        [segment],
      ).catch((error: { code?: string }) => {
        if (error.code !== "42501") throw error;
      });
      // Until this statement ends, and no longer: nobody writes there any more.
      await send(`SELECT pg_advisory_xact_lock(${segmentLocks}, $1)`, [segment]);
      const { rows } = await send<{ last: number }>(
        `SELECT greatest(
           (SELECT max("seq") FROM ledger.event WHERE "segment" = $1),
           (SELECT "lastSeq" FROM ledger.archive WHERE "segment" = $1), 0) AS "last"`,
        [segment],
      );
      return rows[0]!.last;
    },

    close() {
      // Not `end()`, which waits for a server that may not answer.
      client.end().catch(() => {});
      (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    },
  };
}

/** check_violation: of a partitioned table, no part takes the row. */
const noSuchMonth = "23514";

const insert = `
  WITH sets AS (
    INSERT INTO ledger.fields SELECT * FROM json_populate_recordset(NULL::ledger.fields, $3)
    ON CONFLICT DO NOTHING
  ), touches AS (
    INSERT INTO ledger.touch ("eventId", "position", "at", "record", "recordId", "customerId", "fields", "step")
    SELECT alike."eventId", alike."from" + (one."number" - 1)::int, $4, alike."record", one."recordId",
      CASE WHEN alike."customers" IS NULL THEN one."recordId" ELSE one."customerId" END, alike."fields", alike."step"
    FROM json_to_recordset($2) AS alike ("eventId" text, "from" int, "record" text, "fields" uuid, "step" text,
        "records" text[], "customers" text[]),
      unnest(alike."records", alike."customers") WITH ORDINALITY AS one ("recordId", "customerId", "number")
  )
  INSERT INTO ledger.event SELECT * FROM json_populate_recordset(NULL::ledger.event, $1)`;

function valuesOf(events: readonly ChainedEvent[], sets: ReadonlyMap<string, FieldSet>): unknown[] {
  const rows = events.map(({ touches: _, prevHash, hash, ...event }) => ({
    ...event,
    id: eventId(event),
    prevHash: `\\x${prevHash.toString("hex")}`,
    hash: `\\x${hash.toString("hex")}`,
  }));
  return [
    JSON.stringify(rows),
    JSON.stringify(events.flatMap(alikeIn)),
    // In one order, whoever writes: two that wait for each other would wait for ever.
    JSON.stringify(
      [...sets].sort(([one], [other]) => (one < other ? -1 : 1)).map(([id, set]) => ({ id, ...set })),
    ),
    events[0]!.at,
  ];
}

/** Touches of an event that differ by the record alone, from a position on. */
interface Alike extends Pick<Touch, "record" | "fields" | "step"> {
  readonly eventId: string;
  readonly from: number;
  readonly records: string[];
  /** Null: each record is a customer. */
  customers: (string | null)[] | null;
}

/** Pages are of one type and mostly of one set of fields: to say these once takes half the time of saying them in each row. */
function alikeIn(event: ChainedEvent): readonly Alike[] {
  const id = eventId(event);
  const all: Alike[] = [];
  for (const [from, { recordId, customerId, ...same }] of event.touches.entries()) {
    let last = all.at(-1);
    if (last?.record !== same.record || last.fields !== same.fields || last.step !== same.step) {
      last = { eventId: id, from, ...same, records: [], customers: null };
      all.push(last);
    }
    if (customerId !== recordId) last.customers ??= [...last.records];
    last.customers?.push(customerId);
    last.records.push(recordId);
  }
  return all;
}
