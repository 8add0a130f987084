/** A value as a cell of CSV: a list with semicolons between its items, or each on a line where one has a semicolon in it. */
export function writtenCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (!Array.isArray(value)) return String(value);
  return value.some((item) => separators.test(item))
    ? value.map((item) => `${item}\n`).join("")
    : value.join("; ");
}

const separators = /[;；]/;

/** The items of a list that a cell holds, as `writtenCell` writes it. */
export const itemsOf = (cell: string): string[] =>
  cell
    .split(/[\r\n]/.test(cell) ? /[\r\n]+/ : separators)
    .map((item) => item.trim())
    .filter((item) => item !== "");
