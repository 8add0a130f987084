import { stringify } from "csv-stringify/sync";

/** What spreadsheets know UTF-8 by, at the beginning of a file. */
export const byteOrderMark = "\uFEFF";

/** What spreadsheets take for the beginning of a formula, wide forms too. */
const beginsFormula = "[=+\\-@\\t\\r\uFF1D\uFF0B\uFF0D\uFF20]";

/** Text that would lose its `'` on the way back gets one more. */
const looksDisarmed = new RegExp(`^'+${beginsFormula}`);

const style = {
  escape_formulas: true,
  quoted_match: new RegExp(`^(${beginsFormula}|')|[\\r\\n]`),
  record_delimiter: "windows",
} as const;

/** Lines of CSV (RFC 4180). No cell of them is one that a spreadsheet runs: `'` stands before what looks like a formula. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  stringify(
    rows.map((cells) => cells.map((cell) => (looksDisarmed.test(cell) ? `'${cell}` : cell))),
    style,
  );

/** A cell as it was before `csvLines` disarmed it. */
export const rearmed = (cell: string): string => (looksDisarmed.test(cell) ? cell.slice(1) : cell);
