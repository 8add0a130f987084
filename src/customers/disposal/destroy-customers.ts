import { allRecords, recordOf } from "../../access/classified.js";
import type { RecordType } from "../../access/record.js";
import { isCustomerClass } from "../../access/vocabulary.js";
import type { Prisma } from "../../database/client.js";
import { column, join, name, type Sql, sql } from "../../reading/sql.js";
import { allWorkflows } from "../../workflow/workflow.js";
import { Customer } from "../customer.type.js";
import { isForm, namingToSql, partsOf } from "./naming-forms.js";
import { emptyValue, markedText, type TableColumn, tableColumns } from "./table-columns.js";
import { staysOnForm, staysOnTombstone } from "./what-stays.js";

type Transaction = Prisma.TransactionClient;

/** Customer data that belongs to a customer, directly or as part of what does. */
const isWithinCustomer = ({ governedBy, partOf }: RecordType): boolean =>
  governedBy === "grants" &&
  partOf.some(({ record }) => record() === recordOf(Customer) || isWithinCustomer(record()));

/** A form speaks of it by its id, which has to lead somewhere. */
const isNamedByForms = (record: RecordType): boolean =>
  allWorkflows().some(({ record: form }) =>
    [...form.fields.values()].some(({ value }) => value.kind === "one" && value.record() === record),
  );

/**
 * Leaves nothing of these customers that can be read: no value, in no table and no history (S000-4.3b, S004-P5-25).
 *
 * What belongs to a customer goes, rows and all: an order without its values would tell no more than that there was one.
 * Where a form speaks of a row, an empty one stays; forms keep who did what when, and lose every text that may quote the
 * customer, whoever else they name. The customer stays as a tombstone, so that every id on record leads to it.
 */
export async function destroyCustomers(tx: Transaction, ids: readonly string[], now: Date): Promise<void> {
  const columns = await tableColumns(tx);
  // Forms first: some are found by what is about to go.
  for (const { record } of allWorkflows()) await emptyForms(tx, record, ids, columns);
  // A part is declared after what it is part of.
  for (const record of [...allRecords()].reverse())
    if (isWithinCustomer(record) && !isForm(record)) await removeParts(tx, record, ids, columns);
  await closeLogins(tx, ids, now, columns);
  await emptyRows(tx, columnsToGo("Customer", columns), (row) => oneOf(column(row, "id"), ids), [
    sql`"status" = 'DESTROYED', "lastUpdatedAt" = ${now.toISOString()}::text::timestamptz, "version" = "version" + 1`,
  ]);
}

const oneOf = (value: Sql, ids: readonly string[]): Sql => sql`${value} = ANY(${[...ids]}::text[])`;

/** What goes from a row that stays as a tombstone: all but its keys and what is said to stay. */
const columnsToGo = (table: string, columns: readonly TableColumn[]): readonly Emptied[] =>
  columns
    .filter(
      (one) =>
        one.table === table &&
        !one.isKey &&
        !(one.isReference && !one.nullable) &&
        !staysOnTombstone(table, one.name),
    )
    .map(empty);

/** What goes from a form: texts, and whatever is of a customer's classes or of the field that it names. */
function textsToGo({ name: table, fields }: RecordType, columns: readonly TableColumn[]): readonly Emptied[] {
  const classes = new Map(
    [...fields.values()].flatMap(({ fieldClass, value }) =>
      value.kind === "column" ? [[value.column, fieldClass] as const] : [],
    ),
  );
  const isNamed = ({ name: of }: TableColumn): boolean => classes.get(of) === "NAMED";
  const isCustomers = ({ name: of }: TableColumn): boolean => isCustomerClass(classes.get(of) ?? "META");
  return columns
    .filter(
      (one) =>
        one.table === table &&
        !one.isKey &&
        !one.isReference &&
        (one.isText || isNamed(one) || isCustomers(one)) &&
        !staysOnForm(table, one.name),
    )
    .map((one) => ({ column: one, value: (isNamed(one) ? emptyValue : markedText)(one) }));
}

/** A column, and what is to stand in it. */
interface Emptied {
  readonly column: TableColumn;
  readonly value: Sql;
}

const empty = (column: TableColumn): Emptied => ({ column, value: emptyValue(column) });

async function emptyForms(
  tx: Transaction,
  record: RecordType,
  customerIds: readonly string[],
  columns: readonly TableColumn[],
): Promise<void> {
  const naming = namingToSql(record, customerIds);
  if (!naming) return;
  const forms = (await tx.$queryRaw<{ id: string }[]>`SELECT DISTINCT "id" FROM (${naming}) n`).map(
    ({ id }) => id,
  );
  if (forms.length === 0) return;
  await emptyRows(tx, textsToGo(record, columns), (row) => oneOf(column(row, "id"), forms));
  for (const part of partsOf(record)) {
    const key = part.partOf.find((whole) => whole.record() === record)!.key;
    // A history can be emptied and not rewritten: see `refuse_rewriting_history`.
    const texts = part.name === "FormEvent" ? historyTexts(columns) : textsToGo(part, columns);
    await emptyRows(tx, texts, (row) => oneOf(column(row, key), forms));
  }
}

const historyTexts = (columns: readonly TableColumn[]): readonly Emptied[] =>
  columns
    .filter(({ table, name: column }) => table === "FormEvent" && ["note", "changes"].includes(column))
    .map(empty);

async function removeParts(
  tx: Transaction,
  record: RecordType,
  customerIds: readonly string[],
  columns: readonly TableColumn[],
): Promise<void> {
  const rows = sql`SELECT n."id" FROM (${namingToSql(record, customerIds)!}) n`;
  if (isNamedByForms(record))
    await emptyRows(tx, columnsToGo(record.name, columns), (row) => sql`${column(row, "id")} IN (${rows})`);
  else await tx.$executeRaw(sql`DELETE FROM ${name(record.name)} WHERE "id" IN (${rows})`);
}

/** Nobody signs in as a customer who is no more; not even the name to sign in with stays. */
async function closeLogins(
  tx: Transaction,
  customerIds: readonly string[],
  now: Date,
  columns: readonly TableColumn[],
): Promise<void> {
  const logins = { employee: { customerId: { in: [...customerIds] } } };
  await tx.refreshToken.deleteMany({ where: logins });
  await tx.login.deleteMany({ where: logins });
  await emptyRows(
    tx,
    columnsToGo("Employee", columns).filter(({ column: { name: column } }) => column !== "staffNo"),
    (row) => oneOf(column(row, "customerId"), customerIds),
    [sql`"staffNo" = "id", "status" = 'LEFT', "leftAt" = ${now.toISOString()}::text::timestamptz`],
  );
}

/** Empties these columns of the rows of one table that meet a condition. */
async function emptyRows(
  tx: Transaction,
  columns: readonly Emptied[],
  on: (row: Sql) => Sql,
  besides: readonly Sql[] = [],
): Promise<void> {
  const [first] = columns;
  if (!first) return;
  const row = name("t");
  const sets = [...columns.map(({ column: one, value }) => sql`${name(one.name)} = ${value}`), ...besides];
  await tx.$executeRaw(sql`UPDATE ${name(first.column.table)} ${row} SET ${join(sets)} WHERE ${on(row)}`);
}
