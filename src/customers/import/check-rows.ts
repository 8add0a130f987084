import type { Caller } from "../../access/caller.js";
import { hasMoreCells } from "../../csv/cells-of.js";
import type { Row } from "../../csv/read-rows.js";
import { checkDepartment, newCustomer } from "../new-customer.js";
import { findStaffContacts } from "../staff-contact.js";
import type { FieldProblem, ValidCustomer } from "../validate-customer.js";
import { validateCustomer } from "../validate-customer.js";
import type { CustomerColumns } from "./customer-columns.js";
import { rowCode } from "./row-code.js";
import { type RowOptions, rowDraft } from "./row-draft.js";
import { type StagedRow, stageRows, type Transaction, takenCodes } from "./stage.js";

/** Something that keeps a row from being imported. */
export interface RowProblem extends FieldProblem {
  /** Of the file, from 1: where the row begins. */
  readonly line: number;
}

export interface CheckContext extends RowOptions {
  readonly caller: Caller;
  readonly now: Date;
  readonly columns: CustomerColumns;
  /** The key of the codes of rows that have none. */
  readonly codeKey: Uint8Array;
}

/** What became of some rows: how many of them are staged to be written, how many were there before, what is wrong. */
export interface CheckedRows {
  readonly staged: number;
  readonly unchanged: number;
  readonly invalid: number;
  /** In the order of the lines. */
  readonly problems: readonly RowProblem[];
}

/** Checks some rows of the file, by themselves, against the database and against the lines before, and stages the good ones. */
export async function checkRows(
  db: Transaction,
  rows: readonly Row[],
  context: CheckContext,
): Promise<CheckedRows> {
  const problems: RowProblem[] = [];
  const customers = readCustomers(rows, context, problems);
  const taken = await takenCodes(
    db,
    customers.map(({ code }) => code),
    context.caller.id,
  );
  const staffContacts = await findStaffContacts(
    db,
    customers.map(({ customer }) => customer),
  );
  for (const { index, ...problem } of staffContacts)
    problems.push({ line: customers[index]!.line, ...problem });
  for (const { line, code } of customers)
    if (taken.get(code)?.own === false)
      problems.push({ line, field: "code", code: "DUPLICATE", reason: "The code is taken." });

  const bad = new Set(problems.map(({ line }) => line));
  const good = customers.filter(({ line }) => !bad.has(line));
  const repeated = await stageRows(
    db,
    good.map(
      ({ line, code, customer }): StagedRow => ({
        line,
        code,
        rows: taken.has(code) ? null : newCustomer({ ...customer, code }, context),
      }),
    ),
  );
  for (const [line, earlier] of repeated)
    problems.push({
      line,
      field: "code",
      code: "DUPLICATE",
      reason: `Line ${earlier} is the same customer.`,
    });

  const kept = good.filter(({ line }) => !repeated.has(line));
  const unchanged = kept.filter(({ code }) => taken.has(code)).length;
  return {
    staged: kept.length - unchanged,
    unchanged,
    invalid: rows.length - kept.length,
    problems: problems.sort((one, other) => one.line - other.line),
  };
}

interface ReadRow {
  readonly line: number;
  readonly code: string;
  readonly customer: ValidCustomer;
}

/** The rows that are good by themselves; what is wrong with the others goes to `problems`. */
function readCustomers(rows: readonly Row[], context: CheckContext, problems: RowProblem[]): ReadRow[] {
  const { caller, now, columns, codeKey } = context;
  return rows.flatMap((row) => {
    const found = (list: readonly FieldProblem[]) => {
      problems.push(...list.map((problem) => ({ line: row.line, ...problem })));
      return [];
    };
    if (hasMoreCells(row, columns))
      return found([
        { field: "", code: "FORM_INCOMPLETE", reason: "The row has more cells than the header." },
      ]);
    const { draft, country } = rowDraft(row, columns, context);
    const validation = validateCustomer(draft, { country, now });
    if ("problems" in validation) return found(validation.problems);
    const { customer } = validation;
    const outside = checkDepartment(customer, caller);
    if (outside.length > 0) return found(outside);
    return [{ line: row.line, code: customer.code ?? rowCode(row, columns.header, codeKey), customer }];
  });
}
