import type { RecordType } from "../access/record.js";
import type { CursorKeys, CursorSeal } from "./cursor.js";
import type { OrderKey, PageArguments } from "./page-arguments.js";
import { any, column, isFalse, join, type Sql, sql, typeName } from "./sql.js";

/** What a cursor is bound to: the record type and the order that it was given out for. */
export const listName = (record: RecordType, order: readonly OrderKey[]): string =>
  `${record.name} ${order.map(({ field, descending }) => `${field.name}${descending ? "-" : "+"}`).join(" ")}`;

const keyColumn = ({ field }: OrderKey, row: Sql): Sql => {
  if (field.value.kind !== "column") throw new TypeError("An order goes by columns");
  const stored = column(row, field.value.column);
  return field.value.part === "year" ? sql`EXTRACT(YEAR FROM ${stored})::int4` : stored;
};

/** The keys of a row, for its cursor. */
export const keysToSql = (order: readonly OrderKey[], row: Sql): Sql =>
  sql`ARRAY[${join(order.map((key) => sql`${keyColumn(key, row)}::text`))}]`;

/** Rows without a value come last in either direction; read from the end, everything is turned round. */
export const orderToSql = (order: readonly OrderKey[], row: Sql, backwards: boolean): Sql =>
  join(
    order.map((key) => {
      const value = keyColumn(key, row);
      // An id is never missing: saying so would keep its index from being used.
      const nulls =
        key.field.name === "id" || key.field.name === key.field.record.defaultOrder
          ? sql``
          : backwards
            ? sql` NULLS FIRST`
            : sql` NULLS LAST`;
      return key.descending !== backwards ? sql`${value} DESC${nulls}` : sql`${value} ASC${nulls}`;
    }),
  );

/** Rows on the far side of the cursors. */
export function cursorsToSql(
  record: RecordType,
  { order, after, before }: PageArguments,
  row: Sql,
  seal: CursorSeal,
): Sql[] {
  const list = listName(record, order);
  return [
    ...(after === null ? [] : [beyond(order, seal.open(after, list, "after"), row, false)]),
    ...(before === null ? [] : [beyond(order, seal.open(before, list, "before"), row, true)]),
  ];
}

/** Lexicographically after (or before) the keys: beyond in one key and equal in all earlier ones. */
function beyond(order: readonly OrderKey[], keys: CursorKeys, row: Sql, backwards: boolean): Sql {
  const equal: Sql[] = [];
  return any(
    order.map((key, index) => {
      const value = keyColumn(key, row);
      const at = keys[index] ?? null;
      const step = [...equal, strictly(key, value, at, backwards)];
      equal.push(at === null ? sql`${value} IS NULL` : sql`${value} = ${parameterOf(key, at)}`);
      return sql`(${join(step, " AND ")})`;
    }),
  );
}

const parameterOf = ({ field }: OrderKey, at: string): Sql =>
  field.value.kind === "column" ? sql`${at}::text::${typeName(field.value.scalar)}` : isFalse;

function strictly(key: OrderKey, value: Sql, at: string | null, backwards: boolean): Sql {
  // Nothing is after a missing value; every value is before it.
  if (at === null) return backwards ? sql`${value} IS NOT NULL` : isFalse;
  const compared =
    key.descending !== backwards
      ? sql`${value} < ${parameterOf(key, at)}`
      : sql`${value} > ${parameterOf(key, at)}`;
  return backwards ? compared : sql`(${compared} OR ${value} IS NULL)`;
}
