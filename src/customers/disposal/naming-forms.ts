import { allRecords, recordOf } from "../../access/classified.js";
import type { RecordType } from "../../access/record.js";
import { column, join, name, type Sql, sql } from "../../reading/sql.js";
import { allWorkflows } from "../../workflow/workflow.js";
import { Customer } from "../customer.type.js";

// Which rows name a customer is read off the registry: a form that is added later is found by its edges.

/** The columns of a record type that point at rows of another one. */
function keysTo(record: RecordType, target: RecordType): readonly string[] {
  const edges = [...record.fields.values()].flatMap(({ value }) =>
    value.kind === "one" && value.record() === target ? [value.key] : [],
  );
  const wholes = record.partOf.filter((whole) => whole.record() === target).map(({ key }) => key);
  return [...new Set([...edges, ...wholes])];
}

/** Record types whose rows are part of a row of this one. */
export const partsOf = (record: RecordType): readonly RecordType[] =>
  allRecords().filter(({ partOf }) => partOf.some((whole) => whole.record() === record));

export const isForm = (record: RecordType): boolean =>
  allWorkflows().some((workflow) => workflow.record === record);

const alias = (letter: string): Sql => name(letter);

/**
 * Rows of a record type that name one of these customers, as pairs of ids ("id", "customerId"): by a column, by a table
 * between, by a part of the customer (a dossier), or by a part of their own. Null: no row of it can.
 */
export function namingToSql(record: RecordType, ids: readonly string[]): Sql | null {
  const customer = recordOf(Customer);
  const oneOf = (value: Sql): Sql => sql`${value} = ANY(${[...ids]}::text[])`;
  const [row, other] = [alias("r"), alias("o")];
  const byColumn = keysTo(record, customer).map((key) => {
    const named = column(row, key);
    return sql`SELECT ${column(row, "id")} AS "id", ${named} AS "customerId" FROM ${name(record.name)} ${row} WHERE ${oneOf(named)}`;
  });
  const byTable = [...record.fields.values()].flatMap(({ value }) => {
    if (value.kind !== "many" || !value.via || value.record() !== customer) return [];
    const { table, here, there } = value.via;
    const [form, named] = [column(other, here), column(other, there)];
    return [
      sql`SELECT ${form} AS "id", ${named} AS "customerId" FROM ${name(table)} ${other} WHERE ${oneOf(named)} AND ${form} IS NOT NULL`,
    ];
  });
  const things = partsOf(customer).filter((part) => !isForm(part));
  const byPart = things.flatMap((part) =>
    keysTo(record, part).flatMap((key) =>
      keysTo(part, customer).map((owner) => {
        const named = column(other, owner);
        return sql`SELECT ${column(row, "id")} AS "id", ${named} AS "customerId" FROM ${name(record.name)} ${row} JOIN ${name(part.name)} ${other} ON ${column(other, "id")} = ${column(row, key)} WHERE ${oneOf(named)}`;
      }),
    ),
  );
  const byOwnPart = partsOf(record).flatMap((part) => {
    const named = namingToSql(part, ids);
    if (!named) return [];
    return keysTo(part, record).map(
      (key) =>
        sql`SELECT ${column(row, key)} AS "id", ${column(other, "customerId")} AS "customerId" FROM (${named}) ${other} JOIN ${name(part.name)} ${row} ON ${column(row, "id")} = ${column(other, "id")}`,
    );
  });
  const ways = [...byColumn, ...byTable, ...byPart, ...byOwnPart];
  return ways.length === 0 ? null : join(ways, " UNION ");
}
