import pg from "pg";
import { connection } from "../database/client.js";
import { StartError } from "../errors.js";
import { writtenSegments } from "./sealer.js";
import type { Archived } from "./stored-rows.js";

/** Who takes segments out of the ledger: the owner of the database, one at a time. */
export interface Archivist {
  /** Segments that somebody was writing before anything else was looked at. */
  readonly written: ReadonlySet<number>;
  /** Puts what was archived in the place of the rows of a segment. Throws StartError where these are not as many. */
  move(archived: Archived, at: Date): Promise<void>;
}

const archiveLock = 0x7e5;

/** Throws StartError where the user may not archive, or somebody else is about it. */
export async function withArchivist<Result>(
  ownerUrl: string,
  work: (archivist: Archivist) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ ...connection(ownerUrl), connectionTimeoutMillis: 5_000 });
  client.on("error", () => {});
  await client.connect();
  try {
    await requireOwner(client);
    const { rows } = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_lock(${archiveLock}) AS "mine"`,
    );
    if (!rows[0]?.mine) throw new StartError("Somebody else is archiving this ledger: nothing was moved.");
    const { text, values } = writtenSegments;
    const { rows: written } = await client.query<{ id: number }>(text, values);
    return await work({
      written: new Set(written.map(({ id }) => id)),
      move: (archived, at) => move(client, archived, at),
    });
  } finally {
    await client.end().catch(() => {});
  }
}

async function requireOwner(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ user: string; may: boolean }>(
    `SELECT current_user AS "user", bool_and(has_table_privilege(oid, 'DELETE')) AS "may" FROM pg_class
     WHERE oid IN ('ledger.segment'::regclass, 'ledger.event'::regclass, 'ledger.touch'::regclass, 'ledger.archive'::regclass)`,
  );
  if (!rows[0]?.may)
    throw new StartError(
      `The database user ${rows[0]?.user} may take nothing out of the ledger: DATABASE_OWNER_URL names the owner, who may.`,
    );
}

/** All of it or nothing. */
async function move(
  client: pg.Client,
  { segment, events, touches, lastSeq, lastHash, fileHash }: Archived,
  at: Date,
): Promise<void> {
  await client.query("BEGIN");
  try {
    const { rows } = await client.query<{ lastAt: Date | null }>(
      `SELECT max("at") AS "lastAt" FROM ledger.event WHERE "segment" = $1`,
      [segment],
    );
    const gone = [
      await client.query(
        `DELETE FROM ledger.touch t USING ledger.event e
         WHERE e."segment" = $1 AND t."eventId" = e."id" AND t."at" = e."at"`,
        [segment],
      ),
      await client.query(`DELETE FROM ledger.event WHERE "segment" = $1`, [segment]),
      await client.query(`DELETE FROM ledger.segment WHERE "id" = $1`, [segment]),
    ];
    if (gone.map(({ rowCount }) => rowCount).join() !== [touches, events, 1].join())
      throw new StartError(`Segment ${segment} was changed while it was archived: nothing of it was moved.`);
    await client.query(
      `INSERT INTO ledger.archive ("segment", "archivedAt", "events", "touches", "lastSeq", "lastAt", "lastHash", "fileHash")
       VALUES ($1, $2, $3, $4, $5, $6, decode($7, 'hex'), decode($8, 'hex'))`,
      [segment, at, events, touches, lastSeq, rows[0]!.lastAt, lastHash, fileHash],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  }
}
