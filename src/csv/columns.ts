import { type MapEntry, shortened, wrongMap } from "./column-map.js";
import { sameWord } from "./same-word.js";

/** A way in which lists name what a field holds. */
export interface HeaderWord<Field extends string> {
  readonly field: Field;
  /** As `sameWord` writes it. Several: the columns that make up the field together. */
  readonly words: readonly string[];
  /** What the name of the column says besides, wherever the cell is filled. */
  readonly implies?: { readonly field: Field; readonly value: string };
  /** The column may fill another field too. */
  readonly shared?: true;
}

/** Where the rows of a list find what a field holds. */
export type FieldSource<Field extends string> =
  | { readonly columns: readonly number[] }
  | { readonly constant: string }
  /** In every row where the field `with` is filled. */
  | { readonly constant: string; readonly with: Field };

export interface Columns<Field extends string> {
  readonly header: readonly string[];
  readonly sources: ReadonlyMap<Field, FieldSource<Field>>;
  /** The names of the columns that fill nothing. */
  readonly unused: readonly string[];
}

/** Finds the columns of each field: first as the map says, then by the names of the columns. Throws a refusal. */
export function matchColumns<Field extends string>(
  header: readonly string[],
  map: readonly MapEntry<Field>[],
  known: readonly HeaderWord<Field>[],
): Columns<Field> {
  const sources = new Map<Field, FieldSource<Field>>(
    map.map((entry) => [
      entry.field,
      "constant" in entry ? entry : { columns: entry.columns.map((name) => columnNamed(header, name)) },
    ]),
  );
  const names = header.map(sameWord);
  const used = new Set(
    [...sources.values()].flatMap((source) => ("columns" in source ? source.columns : [])),
  );
  const implied: [Field, FieldSource<Field>][] = [];
  for (const { field, words, implies, shared } of known) {
    const isFree = (column: number) => shared || !used.has(column);
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

/** The names of the columns that a field was read from; empty where it stands in none. */
export function columnNames<Field extends string>(
  { header, sources }: Columns<Field>,
  field: string,
): string {
  const source = sources.get(field as Field);
  return source && "columns" in source
    ? source.columns.map((column) => shortened(header[column]!)).join("+")
    : "";
}

/** Which field is filled from what, in words. */
export const describeColumns = <Field extends string>({
  header,
  sources,
}: Columns<Field>): { field: string; from: string }[] =>
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
