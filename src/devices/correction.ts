import type { Database } from "../database/client.js";
import { join, name, type Sql, sql } from "../reading/sql.js";

/** What is given to a device that is there. */
export interface Correction {
  readonly id: string;
  /** By field. */
  readonly values: Readonly<Record<string, unknown>>;
}

type Queries = Pick<Database, "$queryRaw">;

const columnsOf: Readonly<Record<string, string>> = {
  department: "departmentCode",
  custodian: "custodianId",
};
export const columnOf = (field: string): string => columnsOf[field] ?? field;

/** The values of a correction by column, as `jsonb_populate_record` lays them over a row. */
export const storedForm = (values: Correction["values"]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).map(([field, value]) => [columnOf(field), value]));

/** Each device with its corrections laid over it: `was` and `given`, rows of the same table. */
export const corrected = (corrections: readonly Correction[]): Sql => sql`
  jsonb_to_recordset(${JSON.stringify(corrections.map(({ id, values }) => ({ id, values: storedForm(values) })))}::jsonb)
    AS correction("id" text, "values" jsonb)
  JOIN "Device" was ON was."id" = correction."id"
  CROSS JOIN LATERAL jsonb_populate_record(was, correction."values") AS given`;

/** The fields that any of these corrections gives. */
export const fieldsOf = (corrections: readonly Correction[]): readonly string[] => [
  ...new Set(corrections.flatMap(({ values }) => Object.keys(values))),
];

/** Of each device, which of these fields a correction changes. */
export const changesToSql = (fields: readonly string[]): Sql =>
  sql`array_remove(ARRAY[${join(
    fields.map((field) => {
      const column = name(columnOf(field));
      return sql`CASE WHEN given.${column} IS DISTINCT FROM was.${column} THEN ${field}::text END`;
    }),
  )}]::text[], NULL)`;

/** Of those devices of which these corrections would change anything, the fields that they change, by id. */
export async function changedBy(
  db: Queries,
  corrections: readonly Correction[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const fields = fieldsOf(corrections);
  if (fields.length === 0) return new Map();
  const found = await db.$queryRaw<{ id: string; fields: string[] }[]>`
    SELECT was."id", ${changesToSql(fields)} AS "fields" FROM ${corrected(corrections)}
    WHERE given IS DISTINCT FROM was`;
  return new Map(found.map(({ id, fields }) => [id, fields]));
}
