import type { Columns } from "./columns.js";
import { rearmed } from "./csv-lines.js";
import type { Row } from "./read-rows.js";

/** What a row holds by field, as it was written; fields whose cells are empty are left out. */
export function cellsOf<Field extends string>(
  { cells }: Row,
  { sources }: Columns<Field>,
  empty: string | undefined,
): Map<Field, string> {
  const found = new Map<Field, string>();
  const cell = (at: number) => {
    const text = rearmed(cells[at] ?? "");
    return text.trim() === empty ? "" : text;
  };
  for (const [field, source] of sources) {
    const text = "columns" in source ? source.columns.map(cell).join(" ") : source.constant;
    if (text.trim() !== "") found.set(field, text);
  }
  return found;
}

/** Are there more cells in the row than names in the header? Then nobody knows which belongs where. */
export const hasMoreCells = ({ cells }: Row, { header }: Columns<string>): boolean =>
  cells.slice(header.length).some((cell) => cell.trim() !== "");
