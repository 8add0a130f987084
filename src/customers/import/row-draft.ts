import type { CountryCode } from "libphonenumber-js";
import type { Row } from "../../csv/read-rows.js";
import type { AccountDraft, CustomerDraft } from "../draft-fields.js";
import { countryOf, fieldWord } from "./cell-words.js";
import type { CustomerColumns, CustomerSource } from "./customer-columns.js";
import type { ImportField } from "./import-fields.js";

/** What a row says, before anybody has checked it. */
export interface RowDraft {
  readonly draft: CustomerDraft;
  /** Whose phone numbers need no country code. */
  readonly country: CountryCode | undefined;
}

export interface RowOptions {
  /** Of rows that do not name one. */
  readonly country: CountryCode;
  /** What stands in cells that are empty. */
  readonly null?: string | undefined;
}

/** A constant for one of these says something only in rows where the other is filled. */
const saidOf: Partial<Record<ImportField, ImportField>> = {
  idType: "idNumber",
  "bankAccount.holderName": "bankAccount.accountNumber",
  "bankAccount.bankName": "bankAccount.accountNumber",
};

/** Reads a row by its columns. */
export function rowDraft({ cells }: Row, { sources }: CustomerColumns, options: RowOptions): RowDraft {
  const cell = (column: number) => {
    const text = cells[column]?.trim() ?? "";
    return text === options.null ? "" : text;
  };
  const read = (field: ImportField): string => {
    const source = sources.get(field);
    return source ? fieldWord(field, written(field, source)) : "";
  };
  const written = (field: ImportField, source: CustomerSource): string => {
    if ("columns" in source) return joined(field, source.columns.map(cell));
    const other = "with" in source ? source.with : saidOf[field];
    return other === undefined || read(other) !== "" ? source.constant : "";
  };
  const draft: Record<string, unknown> = {};
  const account: Record<string, string> = {};
  for (const field of sources.keys()) {
    const [record, accountField] = field.split(".");
    if (accountField) account[accountField] = read(field);
    else if (record !== "country") draft[field] = read(field);
  }
  if (account.accountNumber || account.bankName)
    draft.bankAccounts = [{ ...account, holderName: account.holderName || read("name") } as AccountDraft];
  const country = read("country");
  return { draft: draft as CustomerDraft, country: country === "" ? options.country : countryOf(country) };
}

/** An address is a list, anything else one text; Chinese writing needs nothing between. */
function joined(field: ImportField, texts: readonly string[]): string {
  const separator = field === "address" ? ", " : " ";
  return texts.reduce((whole, text) => {
    if (whole === "" || text === "") return whole + text;
    const isChinese = /\p{sc=Han}$/u.test(whole) && /^[\p{sc=Han}\d]/u.test(text);
    return whole + (isChinese ? "" : separator) + text;
  }, "");
}
