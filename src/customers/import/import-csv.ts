import type { CountryCode } from "libphonenumber-js";
import type { Caller } from "../../access/caller.js";
import type { Clock } from "../../clock.js";
import { batches } from "../../csv/batches.js";
import { describeColumns } from "../../csv/columns.js";
import { type ImportProblem, problemsTold } from "../../csv/import-problem.type.js";
import { type Row, readHeader, readRows } from "../../csv/read-rows.js";
import { refuseFields } from "../../csv/refuse-fields.js";
import type { Database } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { homeCountry } from "../contacts.js";
import type { FieldProblem } from "../validate-customer.js";
import { countryOf } from "./cell-words.js";
import { checkColumns, filledFields } from "./check-columns.js";
import { type CheckContext, checkRows } from "./check-rows.js";
import { customerColumnNames, matchCustomerColumns, parseCustomerMap } from "./customer-columns.js";
import { createStage, type Transaction, writeStage } from "./stage.js";

export interface ImportComponents {
  readonly db: Database;
  readonly clock: Clock;
  /** What keeps the caller from creating customers with these fields (`Customer.mobile`, …); nothing: they may. */
  readonly mayWrite: (fields: readonly string[]) => readonly FieldProblem[];
  /** A secret that stays the same: codes of rows without one are made with it. */
  readonly codeKey: Uint8Array;
}

export interface ImportOptions {
  /** Which columns fill which fields, where their names do not say so: see `parseColumnMap`. */
  readonly map?: string | undefined;
  /** Check only, and tell what would happen. */
  readonly dryRun?: boolean | undefined;
  /** Write the good rows although there are bad ones. */
  readonly skipInvalid?: boolean | undefined;
  /** By whose numbering plan phone numbers are read in rows that name no country; an ISO 3166 code or a name. */
  readonly country?: string | undefined;
  /** What stands in cells that are empty. */
  readonly null?: string | undefined;
  /** Hears every problem, in the order of the lines; the report keeps the first thousand. */
  readonly onProblem?: ((problem: ImportProblem) => void | Promise<void>) | undefined;
}

export interface ImportReport {
  /** Rows of the file, without the header. */
  readonly rows: number;
  /** Customers written, or to be written were it not a dry run. */
  readonly created: number;
  /** Rows whose customer is there already; they are left as they are. */
  readonly unchanged: number;
  /** Rows with a problem. */
  readonly invalid: number;
  /** The first thousand. */
  readonly problems: readonly ImportProblem[];
  /** Which field was read from what: `mobile` from `Phone`. */
  readonly columns: readonly { readonly field: string; readonly from: string }[];
  readonly unusedColumns: readonly string[];
}

export type ImportProgress = (phase: "checking" | "writing", rows: number) => void;

/** Milliseconds for the longest list; a command may take its time, a request is bounded by the size of its body. */
const longestImport = 60 * 60_000;

/**
 * Imports a CSV text as new customers of the caller, in one transaction: all rows or none, unless `skipInvalid`.
 * Every row is checked and staged on the way through the file, then the staged rows are written; memory does not grow
 * with the file. A customer whom the caller has imported before, told by `code`, is left unchanged: where the list has
 * no codes, each row has one made of its content. Throws a refusal for a list, a map or a country that cannot be used, or
 * for fields that the caller may not write; problems of rows are in the report.
 */
export async function importCsv(
  components: ImportComponents,
  caller: Caller,
  source: AsyncIterable<string>,
  options: ImportOptions = {},
  onProgress: ImportProgress = () => {},
): Promise<ImportReport> {
  const map = parseCustomerMap(options.map ?? "");
  const country = countryNamed(options.country);
  const now = components.clock.now();
  const rows = readRows(source);
  try {
    const header = await readHeader(rows);
    const columns = matchCustomerColumns(header, map);
    checkColumns(columns, { country, now });
    refuseFields(components.mayWrite(filledFields(columns)));
    const context = { caller, now, columns, codeKey: components.codeKey, country, null: options.null };
    return await components.db.$transaction(
      (transaction) => importRows(transaction, rows, context, options, onProgress),
      { timeout: longestImport },
    );
  } finally {
    await rows.return(undefined);
  }
}

async function importRows(
  db: Transaction,
  rows: AsyncIterable<Row>,
  context: CheckContext,
  { dryRun, skipInvalid, onProblem }: ImportOptions,
  onProgress: ImportProgress,
): Promise<ImportReport> {
  const { columns } = context;
  const count = { rows: 0, staged: 0, unchanged: 0, invalid: 0 };
  const problems: ImportProblem[] = [];
  let lastLine = 0;
  await createStage(db);
  for await (const batch of batches(rows)) {
    const checked = await checkRows(db, batch, context);
    for (const found of checked.problems) {
      const problem = { ...found, column: customerColumnNames(columns, found.field) };
      if (problems.length < problemsTold) problems.push(problem);
      await onProblem?.(problem);
    }
    count.rows += batch.length;
    count.staged += checked.staged;
    count.unchanged += checked.unchanged;
    count.invalid += checked.invalid;
    lastLine = batch.at(-1)!.line;
    onProgress("checking", count.rows);
  }
  const isGood = count.invalid === 0 || skipInvalid === true;
  const writes = isGood && !dryRun;
  const created = writes
    ? await writeStage(db, lastLine, (written) => onProgress("writing", written))
    : count.staged;
  return {
    rows: count.rows,
    created: isGood ? created : 0,
    unchanged: count.unchanged,
    invalid: count.invalid,
    problems,
    columns: describeColumns(columns),
    unusedColumns: columns.unused,
  };
}

function countryNamed(name: string | undefined): CountryCode {
  const country = name === undefined ? homeCountry : countryOf(name);
  if (country) return country;
  throw refusal("BAD_USER_INPUT", {
    reason: "The country is not known: write its two letters, as DE.",
    inputPath: "input.country",
  });
}
