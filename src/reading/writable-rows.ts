import { recordOf } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import type { ClassifiedField } from "../access/record.js";
import type { Rows } from "../access/rows.js";
import type { Use } from "../access/vocabulary.js";
import type { Database } from "../database/client.js";
import { refusal } from "../errors.js";
import { rowExistsStatement, rowsWithIdsStatement } from "./statement.js";

type RecordClass = new () => object;
type Queries = Pick<Database, "$queryRaw">;

/** What writing needs of a request; a guard has made sure that somebody is signed in. */
export interface WriteContext {
  readonly db: Database;
  readonly decisions: Decisions;
}

interface Writing {
  /** The row that is written, or that a new row becomes part of. */
  readonly type: RecordClass;
  readonly id: string;
  readonly fields: readonly ClassifiedField[];
  readonly use: Extract<Use, "CREATE" | "CORRECT">;
  readonly inputPath: string;
}

/** Throws NOT_FOUND unless the caller may write every one of these fields on this row; not existing answers alike. */
export async function requireWritable(
  { db, decisions }: WriteContext,
  { type, id, fields, use, inputPath }: Writing,
): Promise<void> {
  const asked = fields.map((field) => decisions.of(field, use).openings.map(({ rows }) => rows));
  // Fields of one class open on the same rows, as a rule: one look-up for all of them.
  const distinct = new Map(asked.map((rows) => [JSON.stringify(rows), rows]));
  for (const rows of distinct.values()) await requireRow(db, type, id, rows, inputPath);
}

/** Throws NOT_FOUND unless the caller can reach this row: for ids that an input refers to. */
export const requireReachable = (
  { db, decisions }: Pick<WriteContext, "decisions"> & { db: Queries },
  { type, id, inputPath }: Pick<Writing, "type" | "id" | "inputPath">,
): Promise<void> => requireRow(db, type, id, decisions.reach(recordOf(type)).rows, inputPath);

async function requireRow(
  db: Queries,
  type: RecordClass,
  id: string,
  rows: readonly Rows[],
  inputPath: string,
): Promise<void> {
  const found = await db.$queryRaw<object[]>(rowExistsStatement({ record: recordOf(type) }, id, rows));
  if (found.length === 0) throw refusal("NOT_FOUND", { inputPath });
}

/** Those of these rows that are in a set of rows, by id. */
export async function idsInReach(
  db: Queries,
  type: RecordClass,
  ids: readonly string[],
  rows: readonly Rows[],
): Promise<ReadonlySet<string>> {
  const found = await db.$queryRaw<{ id: string }[]>(
    rowsWithIdsStatement({ record: recordOf(type) }, ids, rows),
  );
  return new Set(found.map(({ id }) => id));
}
