import type { Mask } from "../access/masks.js";
import { column, constant, type Sql, sql } from "./sql.js";

/** How many characters must stay hidden for the ends to be shown: a short value is not shown by its own mask. */
const ends = (value: Sql, first: number, stars: Sql, last: number): Sql => {
  const masked = first + last;
  return sql`CASE WHEN ${value} IS NULL THEN NULL WHEN char_length(${value}) >= ${constant(masked + 4)} THEN left(${value}, ${constant(first)}) || ${stars} || right(${value}, ${constant(last)}) WHEN char_length(${value}) >= ${constant(last + 4)} THEN ${stars} || right(${value}, ${constant(last)}) ELSE ${stars} END`;
};

const person = (value: Sql): Sql =>
  sql`CASE WHEN char_length(${value}) < 2 THEN '*' ELSE left(${value}, 1) || repeat('*', char_length(${value}) - 1) END`;

const organisation = (value: Sql): Sql =>
  sql`CASE WHEN char_length(${value}) < 3 THEN '****' ELSE left(${value}, 2) || '****' END`;

/** The masks of `access/masks.ts`, made by the database, so that the clear value never leaves it; null where nothing does. */
export const maskToSql: Record<Mask, ((value: Sql, row: Sql) => Sql) | null> = {
  hidden: null,
  shown: (value) => value,
  customerName: (value, row) =>
    sql`CASE ${column(row, "partyType")} WHEN 'PERSON' THEN ${person(value)} ELSE ${organisation(value)} END`,
  personName: person,
  address: (value, row) =>
    sql`CASE WHEN ${value} IS NOT NULL THEN coalesce(${column(row, "region")}, '') || '***' END`,
  lastFour: (value) => ends(value, 0, sql`'****'`, 4),
  mobile: (value) => ends(sql`regexp_replace(${value}, '^\\+86', '')`, 3, sql`'****'`, 4),
  email: (value) =>
    sql`CASE WHEN position('@' IN ${value}) > 2 THEN left(${value}, 1) || '***@' || split_part(${value}, '@', 2) WHEN ${value} IS NOT NULL THEN '***@' || split_part(${value}, '@', 2) END`,
  idNumber: (value) => ends(value, 3, sql`'*'`, 4),
};
