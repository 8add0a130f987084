import type { ClassifiedField, RecordType, Scalar } from "../access/record.js";
import { refusal } from "../errors.js";
import type { Comparison } from "./filter-inputs.js";
import type { Where } from "./page-arguments.js";
import { all, any, column, isFalse, isTrue, type Sql, sql, typeName } from "./sql.js";

const deepest = 8;

/** A `where` as a predicate; the values are parameters. Throws BAD_USER_INPUT for an explicit null or too deep a nest. */
export function whereToSql(record: RecordType, where: Where, row: Sql, path = "where", depth = 0): Sql {
  if (depth > deepest)
    throw refusal("LIMIT_EXCEEDED", { inputPath: path, reason: `Conditions nest at most ${deepest} deep.` });
  return all(
    Object.entries(where).map(([key, value]) => {
      const here = `${path}.${key}`;
      if (value === null) throw notNull(here);
      const nested = (inner: unknown, at: string) => whereToSql(record, inner as Where, row, at, depth + 1);
      if (key === "not") return sql`NOT coalesce(${nested(value, here)}, FALSE)`;
      if (key === "and" || key === "or") {
        const parts = (value as unknown[]).map((inner, index) => nested(inner, `${here}.${index}`));
        return key === "and" ? all(parts) : any(parts);
      }
      return comparisonsToSql(record.fields.get(key)!, value as Record<string, unknown>, row, here);
    }),
  );
}

/** The fields that a `where` compares; whether it is one is for `whereToSql` to say. */
export function fieldsCompared(record: RecordType, where: Where | null): readonly ClassifiedField[] {
  return Object.entries(where ?? {}).flatMap(([key, value]) => {
    if (key === "not") return fieldsCompared(record, value as Where | null);
    if (key !== "and" && key !== "or") return [record.fields.get(key)!];
    return ((value ?? []) as Where[]).flatMap((inner) => fieldsCompared(record, inner));
  });
}

const notNull = (path: string) =>
  refusal("BAD_USER_INPUT", {
    inputPath: path,
    reason: "A condition is never null; ask for isNull, or leave it out.",
  });

function comparisonsToSql(
  field: ClassifiedField,
  filter: Record<string, unknown>,
  row: Sql,
  path: string,
): Sql {
  if (field.value.kind !== "column") return isFalse;
  const { scalar, list, part } = field.value;
  const stored = column(row, field.value.column);
  const value = part === "year" ? sql`EXTRACT(YEAR FROM ${stored})::int4` : stored;
  return all(
    Object.entries(filter).map(([comparison, operand]) => {
      if (operand === null) throw notNull(`${path}.${comparison}`);
      return list
        ? hasToSql(value, scalar, operand)
        : comparisonToSql(comparison as Comparison, value, scalar, operand);
    }),
  );
}

const parameter = (operand: unknown, scalar: Scalar): Sql => sql`${operand}::text::${typeName(scalar)}`;

const hasToSql = (value: Sql, scalar: Scalar, operand: unknown): Sql =>
  sql`${value} @> ARRAY[${parameter(String(operand), scalar)}]`;

function comparisonToSql(comparison: Comparison, value: Sql, scalar: Scalar, operand: unknown): Sql {
  const operandSql = () => parameter(String(operand), scalar);
  switch (comparison) {
    case "eq":
      return sql`${value} = ${operandSql()}`;
    case "in":
      return sql`${value} = ANY(${(operand as unknown[]).map(String)}::text[]::${typeName(scalar)}[])`;
    case "lt":
      return sql`${value} < ${operandSql()}`;
    case "lte":
      return sql`${value} <= ${operandSql()}`;
    case "gt":
      return sql`${value} > ${operandSql()}`;
    case "gte":
      return sql`${value} >= ${operandSql()}`;
    case "contains":
      return like(value, `%${literal(operand)}%`);
    case "startsWith":
      return like(value, `${literal(operand)}%`);
    case "endsWith":
      return like(value, `%${literal(operand)}`);
    case "isNull":
      return operand ? sql`${value} IS NULL` : sql`${value} IS NOT NULL`;
    default:
      return isTrue;
  }
}

const literal = (text: unknown): string => String(text).replace(/[\\%_]/g, "\\$&");
const like = (value: Sql, pattern: string): Sql => sql`${value} ILIKE ${pattern}::text`;
