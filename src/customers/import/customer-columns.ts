import { parseColumnMap } from "../../csv/column-map.js";
import { type Columns, columnNames, type FieldSource, matchColumns } from "../../csv/columns.js";
import { headerWords } from "./header-words.js";
import { type ImportField, importFields } from "./import-fields.js";

export type CustomerColumns = Columns<ImportField>;
export type CustomerSource = FieldSource<ImportField>;

export const parseCustomerMap = (map: string) => parseColumnMap(map, importFields);

/** Finds the columns of each field of a customer. Throws a refusal. */
export const matchCustomerColumns = (
  header: readonly string[],
  map: ReturnType<typeof parseCustomerMap>,
): CustomerColumns => matchColumns(header, map, headerWords);

/** The names of the columns that a problem's field was read from; empty where the field stands in none. */
export const customerColumnNames = (columns: CustomerColumns, problemField: string): string =>
  columnNames(columns, problemField.replace(/^bankAccounts\.\d+/, "bankAccount"));
