import { type MapEntry, shortened, wrongMap } from "./column-map.js";
import { headerWords } from "./header-words.js";
import { type ImportField, sameWord } from "./import-fields.js";

/** Where the rows of a list find what a field holds. */
export type FieldSource =
  | { readonly columns: readonly number[] }
  | { readonly constant: string }
  /** In every row where the field `with` is filled. */
  | { readonly constant: string; readonly with: ImportField };

export interface Columns {
  readonly header: readonly string[];
  readonly sources: ReadonlyMap<ImportField, FieldSource>;
  /** The names of the columns that fill nothing. */
  readonly unused: readonly string[];
}

/** Finds the columns of each field: first as the map says, then by the names of the columns. Throws a refusal. */
export function matchColumns(header: readonly string[], map: readonly MapEntry[]): Columns {
  const sources = new Map<ImportField, FieldSource>(
    map.map((entry) => [
      entry.field,
      "constant" in entry ? entry : { columns: entry.columns.map((name) => columnNamed(header, name)) },
    ]),
  );
  const names = header.map(sameWord);
  const used = new Set(
    [...sources.values()].flatMap((source) => ("columns" in source ? source.columns : [])),
  );
  const implied: [ImportField, FieldSource][] = [];
  for (const { field, words, implies } of headerWords) {
    // The country of an address is the country of the phone numbers too.
    const isFree = (column: number) => field === "country" || !used.has(column);
    const columns = words.map((word) => names.findIndex((name, at) => name === word && isFree(at)));
    if (sources.has(field) || columns.includes(-1)) continue;
    sources.set(field, { columns });
    for (const column of columns) used.add(column);
    if (implies) implied.push([implies.field, { constant: implies.value, with: field }]);
  }
  for (const [field, source] of implied) if (!sources.has(field)) sources.set(field, source);
  // A map that names no column for a field keeps it empty, whatever the columns are called.
  for (const [field, source] of sources)
    if ("columns" in source && source.columns.length === 0) sources.delete(field);
  return {
    header,
    sources,
    unused: header.filter((name, at) => name.trim() !== "" && !used.has(at)).map(shortened),
  };
}

/** The names of the columns that a problem's field was read from; empty where the field stands in none. */
export function columnNames({ header, sources }: Columns, problemField: string): string {
  const source = sources.get(problemField.replace(/^bankAccounts\.\d+/, "bankAccount") as ImportField);
  return source && "columns" in source
    ? source.columns.map((column) => shortened(header[column]!)).join("+")
    : "";
}

/** Which field is filled from what, in words. */
export const describeColumns = ({ header, sources }: Columns): { field: string; from: string }[] =>
  [...sources].map(([field, source]) => ({
    field,
    from:
      "columns" in source
        ? source.columns.map((column) => shortened(header[column]!)).join("+")
        : `:=${source.constant}`,
  }));

function columnNamed(header: readonly string[], name: string): number {
  const sameAs = (same: (text: string) => string) =>
    header.flatMap((column, at) => (same(column) === same(name) ? [at] : []));
  const exact = sameAs((text) => text.trim());
  const found = exact.length > 0 ? exact : sameAs(sameWord);
  if (found.length > 1) throw wrongMap(`Several columns are called ${shortened(name)}.`);
  if (found.length === 0)
    throw wrongMap(`No column is called ${shortened(name)}. There are: ${listed(header)}.`);
  return found[0]!;
}

/** As many names as somebody reads. */
const listed = (names: readonly string[]): string =>
  [...names.slice(0, 100).map(shortened), ...(names.length > 100 ? ["…"] : [])].join(", ");
