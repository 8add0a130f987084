import type { RecordType, RowTest } from "../access/record.js";
import type { RowCondition, Rows } from "../access/rows.js";
import { secrecies } from "../access/vocabulary.js";
import { headRoleToSql } from "./heads.js";
import { all, any, column, constant, isFalse, isTrue, join, name, type Sql, sql } from "./sql.js";

/** A table row that a condition is asked of. */
export interface Place {
  readonly record: RecordType;
  readonly alias: Sql;
  /** The row that it is part of, where the statement has it at hand already. */
  readonly parent?: Place;
}

type Alias = () => Sql;

/** Rows as a predicate on one place; a word that its record type does not know holds for none. */
export const rowsToSql = (rows: Rows, place: Place, alias: Alias): Sql =>
  all(rows.map((condition) => conditionToSql(condition, place, alias)));

/** Several sets that add up. */
export const unionToSql = (sets: readonly Rows[], place: Place, alias: Alias): Sql =>
  any(sets.map((rows) => rowsToSql(rows, place, alias)));

function conditionToSql(condition: RowCondition, place: Place, alias: Alias): Sql {
  const { record } = place;
  const own = record.rows[condition.is];
  // A record's effective secrecy is the higher of its own and that of what it is part of (rulebook 2.2).
  if (own && condition.is === "secrecy" && record.partOf.length > 0)
    return all([testToSql(own, condition, place, alias), partOfToSql(condition, place, alias)]);
  return own ? testToSql(own, condition, place, alias) : partOfToSql(condition, place, alias);
}

function partOfToSql(condition: RowCondition, place: Place, alias: Alias): Sql {
  // A row is part of one row only: where that is at hand, no other kind of whole is looked for.
  if (place.parent) return conditionToSql(condition, place.parent, alias);
  return any(
    place.record.partOf.map(({ record, key }) => {
      const whole = { record: record(), alias: alias() };
      return exists(whole, sql`${column(whole.alias, "id")} = ${column(place.alias, key)}`, condition, alias);
    }),
  );
}

const exists = (whole: Place, on: Sql, condition: RowCondition, alias: Alias): Sql =>
  sql`EXISTS (SELECT 1 FROM ${name(whole.record.name)} ${whole.alias} WHERE ${on} AND ${conditionToSql(condition, whole, alias)})`;

const oneOf = (value: Sql, words: readonly string[]): Sql =>
  words.length === 0 ? isFalse : sql`${value} IN (${join(words.map(constant))})`;

function testToSql(test: RowTest, condition: RowCondition, place: Place, alias: Alias): Sql {
  const { alias: row } = place;
  if (test === "always") return isTrue;
  if (test === "signedForBy")
    return condition.is === "led" ? oneOf(headRoleToSql(row), condition.by) : isFalse;
  if (test === "secrecyAndKeeper")
    return condition.is === "secrecy" ? clearedToSql(condition, row, alias) : isFalse;
  if ("confidential" in test) {
    if (condition.is !== "secrecy") return isFalse;
    return condition.upTo === "ORDINARY" ? sql`NOT ${column(row, test.confidential)}` : isTrue;
  }
  if ("either" in test) return any(test.either.map((one) => testToSql(one, condition, place, alias)));
  if ("notNull" in test) return sql`${column(row, test.notNull)} IS NOT NULL`;
  if ("through" in test) {
    const other = { record: test.record(), alias: alias() };
    const key = column(row, test.through);
    const there = exists(other, sql`${column(other.alias, "id")} = ${key}`, condition, alias);
    return test.orNone ? any([sql`${key} IS NULL`, there]) : there;
  }
  if ("exists" in test) {
    const child = alias();
    const narrowed = test.column ? sql` AND ${oneOf(column(child, test.column), test.in ?? [])}` : sql``;
    return sql`EXISTS (SELECT 1 FROM ${name(test.exists)} ${child} WHERE ${column(child, test.key)} = ${column(row, "id")}${narrowed})`;
  }
  if ("in" in test) return oneOf(column(row, test.column), test.in);
  return valueToSql(column(row, test.column), condition);
}

function valueToSql(value: Sql, condition: RowCondition): Sql {
  switch (condition.is) {
    case "own":
    case "carried":
    case "taught":
      return sql`${value} = ${condition.person}`;
    case "aboutOthers":
      return sql`${value} IS DISTINCT FROM ${condition.person}`;
    case "department":
      return sql`${value} = ${condition.department}::"DepartmentCode"`;
    case "customers":
    case "consulted":
      return sql`${value} = ANY(${[...condition.ids]}::text[])`;
    case "naming":
      return sql`${value} = ANY(${[...condition.fields]}::text[])`;
    default:
      return isFalse;
  }
}

/** TOP_SECRET asks for more than a clearance: its keeper, or people listed by name (rulebook 3.3). */
function clearedToSql(
  { upTo, reader }: Extract<RowCondition, { is: "secrecy" }>,
  row: Sql,
  alias: Alias,
): Sql {
  const secrecy = column(row, "secrecy");
  if (upTo !== "TOP_SECRET") return oneOf(secrecy, secrecies.slice(0, secrecies.indexOf(upTo) + 1));
  const listed = alias();
  return sql`(${secrecy} <> 'TOP_SECRET' OR ${column(row, "keeperId")} = ${reader} OR EXISTS (SELECT 1 FROM "CustomerClearance" ${listed} WHERE ${column(listed, "customerId")} = ${row}."id" AND ${column(listed, "employeeId")} = ${reader}))`;
}
