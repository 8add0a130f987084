import { recordOf } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import { refuse } from "../access/guard.js";
import type { ClassifiedField, RecordType } from "../access/record.js";
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

/**
 * Throws unless the caller may write every one of these fields on this row: NOT_FOUND where they do not reach it, as where
 * it does not exist; the reason, where something keeps them from writing a row that they reach.
 */
export async function requireWritable(
  { db, decisions }: WriteContext,
  { type, id, fields, use, inputPath }: Writing,
): Promise<void> {
  const record = recordOf(type);
  const isIn = (sets: readonly { readonly rows: Rows }[]) =>
    isAmong(
      db,
      record,
      id,
      sets.map(({ rows }) => rows),
    );
  const asked = fields.map((field) => decisions.of(field, use));
  // Fields of one class open on the same rows, as a rule: one look-up for all of them.
  const distinct = new Map(asked.map((decision) => [JSON.stringify(decision), decision]));
  for (const { openings, closings, otherwise } of distinct.values()) {
    if (await isIn(openings)) continue;
    if (!(await isAmong(db, record, id, decisions.reach(record).rows)))
      throw refusal("NOT_FOUND", { inputPath });
    for (const closing of closings) if (await isIn([closing])) throw refuse(closing.reason, inputPath);
    throw refuse(otherwise, inputPath);
  }
}

/** Throws NOT_FOUND unless the caller can reach this row: for ids that an input refers to. */
export async function requireReachable(
  { db, decisions }: Pick<WriteContext, "decisions"> & { db: Queries },
  { type, id, inputPath }: Pick<Writing, "type" | "id" | "inputPath">,
): Promise<void> {
  const record = recordOf(type);
  if (!(await isAmong(db, record, id, decisions.reach(record).rows)))
    throw refusal("NOT_FOUND", { inputPath });
}

const isAmong = async (
  db: Queries,
  record: RecordType,
  id: string,
  rows: readonly Rows[],
): Promise<boolean> => (await db.$queryRaw<object[]>(rowExistsStatement({ record }, id, rows))).length > 0;

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
