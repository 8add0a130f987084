import type { Prisma } from "../../database/client.js";
import { name, type Sql, sql } from "../../reading/sql.js";

/** A column, as far as it matters for emptying it. */
export interface TableColumn {
  readonly table: string;
  readonly name: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** Of PostgreSQL: A array, B boolean, D day or instant, E enum, N number, S text, U anything else. */
  readonly category: string;
  /** Free text, or JSON, or a list of either. */
  readonly isText: boolean;
  readonly isKey: boolean;
  readonly isReference: boolean;
  /** Its type, and the first word of an enum. */
  readonly type: string;
  readonly firstWord: string | null;
}

/** Every column of every table, as the database has it. */
export const tableColumns = (tx: Pick<Prisma.TransactionClient, "$queryRaw">): Promise<TableColumn[]> =>
  tx.$queryRaw<TableColumn[]>`
    SELECT c.relname::text AS "table", a.attname::text AS "name", NOT a.attnotnull AS "nullable",
      a.atthasdef AS "hasDefault", t.typcategory::text AS "category",
      coalesce(e.typcategory, t.typcategory)::text IN ('S', 'U') AS "isText",
      t.typname::text AS "type",
      EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND a.attnum = ANY(k.conkey)) AS "isKey",
      EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'f' AND a.attnum = ANY(k.conkey)) AS "isReference",
      (SELECT w.enumlabel::text FROM pg_enum w WHERE w.enumtypid = t.oid ORDER BY w.enumsortorder LIMIT 1) AS "firstWord"
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace`;

/** The mark that stands where a text may not be missing. */
export const emptied = "—";

/** A text that tells no more than that there was one: whether there has to be one is for its form's state to say. */
export const markedText = (column: TableColumn): Sql =>
  column.category === "S"
    ? sql`CASE WHEN ${name(column.name)} IS NOT NULL THEN ${emptied} END`
    : emptyValue(column);

/** What a column holds when it tells nothing any more: the least that its constraints accept. */
export function emptyValue(column: TableColumn): Sql {
  const { nullable, hasDefault, category } = column;
  if (category === "A") return sql`'{}'`;
  if (nullable) return sql`NULL`;
  if (hasDefault) return sql`DEFAULT`;
  switch (category) {
    case "S":
      return sql`${emptied}`;
    case "E":
      return sql`${column.firstWord}::text::${name(column.type)}`;
    case "N":
      return sql`0`;
    case "B":
      return sql`FALSE`;
    case "D":
      return sql`'epoch'`;
    default:
      throw new TypeError(`Nothing empties ${column.table}.${column.name}`);
  }
}
