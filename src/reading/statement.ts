import type { Branch } from "../access/branches.js";
import type { Decisions, FieldUse } from "../access/decisions.js";
import { customerColumn } from "../access/footprint.js";
import type { ClassifiedField } from "../access/record.js";
import type { Rows } from "../access/rows.js";
import type { CursorSeal } from "./cursor.js";
import { maskToSql } from "./masks.js";
import { cursorsToSql, keysToSql, orderToSql } from "./page.js";
import type { Where } from "./page-arguments.js";
import { type Place, rowsToSql, unionToSql } from "./rows.js";
import type { PageSelection, RecordSelection, SelectedField } from "./selection.js";
import { aliases, all, column, constant, empty, join, name, type Sql, sql } from "./sql.js";
import { fieldsCompared, whereToSql } from "./where.js";

// A selection and its decisions as one statement. What is nowhere open is not in it; a masked value leaves the
// database masked; who may reach which rows stands in the WHERE of every level. Rows come as JSON with short labels
// (v0, v1, … the values; b0, b1, … which branch of the decision each cell took) that `shape.ts` reads, and with the ids
// that the ledger knows them by.

export interface Writing {
  readonly decisions: Decisions;
  readonly seal: CursorSeal;
  readonly alias: () => Sql;
}

export const writing = (decisions: Decisions, seal: CursorSeal): Writing => ({
  decisions,
  seal,
  alias: aliases(),
});

/** The rows of a record type that a caller reaches and that meet `on`, as a JSON array in one text column. */
export function recordsStatement(selection: RecordSelection, writing: Writing, on: (row: Sql) => Sql): Sql {
  return sql`SELECT ${rowsJson(selection, writing, undefined, on)}::text AS "json"`;
}

/** A page of the rows that meet `on`, as a JSON object in one text column. */
export const pageStatement = (
  page: PageSelection,
  writing: Writing,
  on: (row: Sql) => Sql = () => empty,
): Sql => sql`SELECT ${pageJson(page, writing, undefined, on)}::text AS "json"`;

/** The rows inside the caller's clearance by the values of these columns, as `[{ state, kind, count }, …]`. */
export function countsStatement(by: readonly ClassifiedField[], where: Where | null, writing: Writing): Sql {
  const place = placeOf(by[0]!, writing);
  const { alias: row, record } = place;
  const keys = by.map(({ name: label, value }) => {
    if (value.kind !== "column") throw new TypeError(`${label} is no column to count by`);
    return { label: name(label), stored: column(row, value.column) };
  });
  const stored = join(keys.map((key) => key.stored));
  const labelled = join(keys.map((key) => sql`${key.stored} AS ${key.label}`));
  const compared = [...by, ...fieldsCompared(record, where)];
  const candidates = writing.decisions.candidates(record, used(compared, "FILTER"));
  const conditions = all([
    unionToSql(candidates, place, writing.alias),
    ...(where ? [whereToSql(record, where, row)] : []),
  ]);
  const counted = writing.alias();
  return sql`SELECT coalesce(json_agg(${counted}), '[]'::json)::text AS "json" FROM (SELECT ${labelled}, count(*)::int4 AS "count" FROM ${name(record.name)} ${row} WHERE ${conditions} GROUP BY ${stored} ORDER BY ${stored}) ${counted}`;
}

const used = (fields: readonly ClassifiedField[], use: FieldUse["use"]): FieldUse[] =>
  fields.map((field) => ({ field, use }));

/** The rows that a page can be made of. */
function rowsOfPage({ record, args, insideClearance }: PageSelection, { decisions }: Writing) {
  if (!insideClearance) return decisions.reach(record).rows;
  const ordered = args.order.map(({ field }) => field);
  return decisions.candidates(record, [
    ...used(fieldsCompared(record, args.where), "FILTER"),
    ...used(ordered, "SORT"),
  ]);
}

const reachable = (place: Place, { decisions, alias }: Writing): Sql =>
  unionToSql(decisions.reach(place.record).rows, place, alias);

/** Rows as `[{…}, …]`, in the record's own order. */
function rowsJson(
  selection: RecordSelection,
  writing: Writing,
  parent: Place | undefined,
  on: (row: Sql) => Sql,
): Sql {
  const place = placeOf(selection, writing, parent);
  const { alias: row, record } = place;
  const inner = writing.alias();
  return sql`coalesce((SELECT json_agg(${inner}.j) FROM (SELECT ${rowJson([selection], place, writing)} AS j FROM ${name(record.name)} ${row} WHERE ${on(row)} AND ${reachable(place, writing)} ORDER BY ${column(row, orderColumn(selection))}, ${column(row, "id")}) ${inner}), '[]'::json)`;
}

const orderColumn = ({ record }: RecordSelection): string => {
  const value = record.fields.get(record.defaultOrder)?.value;
  return value?.kind === "column" ? value.column : "id";
};

const placeOf = ({ record }: Pick<RecordSelection, "record">, { alias }: Writing, parent?: Place): Place => ({
  record,
  alias: alias(),
  ...(parent && { parent }),
});

/** A page as `{ rows: [{ p0: {…}, p1: {…}, keys: […] }, …], total }`, each only where it is asked for. */
function pageJson(
  page: PageSelection,
  writing: Writing,
  parent: Place | undefined,
  on: (row: Sql) => Sql,
): Sql {
  const { args } = page;
  const conditions = (place: Place): Sql[] => {
    const joined = on(place.alias);
    return [
      ...(joined === empty ? [] : [joined]),
      unionToSql(rowsOfPage(page, writing), place, writing.alias),
      ...(args.where ? [whereToSql(page.record, args.where, place.alias)] : []),
    ];
  };
  const rows = () => {
    const place = placeOf(page, writing, parent);
    const inner = writing.alias();
    const selections = page.parts.flatMap((part) =>
      part.kind === "nodes"
        ? [part.selection]
        : part.kind === "edges"
          ? part.nodes.map(({ selection }) => selection)
          : [],
    );
    const keys = page.needsCursors ? keysToSql(args.order, place.alias) : undefined;
    const cursors = cursorsToSql(page.record, args, place.alias, writing.seal);
    return sql`(SELECT coalesce(json_agg(${inner}.j), '[]'::json) FROM (SELECT ${rowJson(selections, place, writing, keys)} AS j FROM ${name(page.record.name)} ${place.alias} WHERE ${all([...conditions(place), ...cursors])} ORDER BY ${orderToSql(args.order, place.alias, args.backwards)} LIMIT ${constant(args.size + 1)}) ${inner})`;
  };
  const total = () => {
    const place = placeOf(page, writing, parent);
    return sql`(SELECT count(*)::int4 FROM ${name(page.record.name)} ${place.alias} WHERE ${all(conditions(place))})`;
  };
  const parts = [
    ...(page.needsRows ? [sql`'rows', ${rows()}`] : []),
    ...(page.needsTotal ? [sql`'total', ${total()}`] : []),
  ];
  // `@skip` can leave a connection with nothing to tell.
  return parts.length === 0 ? sql`'{}'::json` : sql`json_build_object(${join(parts)})`;
}

/** One row's JSON: its selections one after another, and the keys of its cursor. */
function rowJson(selections: readonly RecordSelection[], place: Place, writing: Writing, keys?: Sql): Sql {
  const labelled = selections.flatMap((selection, part) =>
    selection.fields.flatMap((selected, index) => cellColumns(selected, `${part}_${index}`, place, writing)),
  );
  if (keys) labelled.push(sql`${keys} AS "keys"`);
  const customer = customerColumn(place.record);
  labelled.push(sql`${column(place.alias, "id")} AS "id"`);
  if (customer && customer !== "id") labelled.push(sql`${column(place.alias, customer)} AS "customerId"`);
  const record = writing.alias();
  return sql`(SELECT row_to_json(${record}) FROM (SELECT ${join(labelled)}) ${record})`;
}

/** The value, where any branch shows one, and the branch, where it depends on the row. */
function cellColumns(selected: SelectedField, label: string, place: Place, writing: Writing): Sql[] {
  const { branches, told } = selected;
  const test = ({ rows }: Branch) => rowsToSql(rows, place, writing.alias);
  const columns: Sql[] = [];
  const shown = branches.map((branch) => shownBy(selected, branch, place, writing));
  if (!told && shown.some((value) => value !== null))
    columns.push(sql`${cases(branches, (index) => shown[index] ?? null, test)} AS ${name(`v${label}`)}`);
  if (branches.length > 1)
    columns.push(sql`${cases(branches, (index) => constant(index), test)} AS ${name(`b${label}`)}`);
  return columns;
}

function cases(
  branches: readonly Branch[],
  value: (index: number) => Sql | null,
  test: (branch: Branch) => Sql,
): Sql {
  const last = branches.length - 1;
  const fallback = value(last);
  if (last === 0) return fallback ?? sql`NULL`;
  const whens = branches
    .slice(0, -1)
    .map((branch, index) => sql`WHEN ${test(branch)} THEN ${value(index) ?? sql`NULL`}`);
  return sql`CASE ${join(whens, " ")}${fallback ? sql` ELSE ${fallback}` : sql``} END`;
}

/** What a branch shows: null for nothing at all. */
function shownBy(
  { field, below }: SelectedField,
  { outcome }: Branch,
  place: Place,
  writing: Writing,
): Sql | null {
  if (outcome === "WITHHELD") return null;
  const { value } = field;
  if (value.kind === "column") {
    const stored = column(place.alias, value.column);
    if (outcome === "CLEAR")
      return value.part === "year"
        ? sql`EXTRACT(YEAR FROM ${stored})::int4`
        : printed(stored, value.scalar.type);
    return maskToSql[field.mask]?.(stored, place.alias) ?? null;
  }
  if (value.kind === "document" || value.kind === "made")
    return outcome === "CLEAR" ? column(place.alias, value.column) : null;
  if (value.kind === "values" && outcome === "CLEAR") {
    const other = writing.alias();
    const word = column(other, value.column);
    return sql`(SELECT coalesce(json_agg(${word} ORDER BY ${word}), '[]'::json) FROM ${name(value.table)} ${other} WHERE ${column(other, value.key)} = ${column(place.alias, "id")})`;
  }
  if (outcome === "MASKED" || !below) return null;
  if (value.kind === "one" && below.kind === "one") {
    const key = column(place.alias, value.key);
    return sql`(${rowsJson(below.selection, writing, undefined, (row) => sql`${column(row, "id")} = ${key}`)} -> 0)`;
  }
  if (value.kind !== "many" || below.kind === "one") return null;
  const { via } = value;
  const here = column(place.alias, "id");
  const on = (row: Sql): Sql => {
    if (!via) return sql`${column(row, value.key)} = ${here}`;
    const between = writing.alias();
    return sql`EXISTS (SELECT 1 FROM ${name(via.table)} ${between} WHERE ${column(between, via.here)} = ${here} AND ${column(between, via.there)} = ${column(row, "id")})`;
  };
  const parent = via
    ? undefined
    : partOf(below.kind === "page" ? below.page.record : below.selection.record, value.key, place);
  return below.kind === "page"
    ? pageJson(below.page, writing, parent, on)
    : rowsJson(below.selection, writing, parent, on);
}

/** The row at hand, if it is the very one that the child is part of: its conditions need no second look-up. */
const partOf = (child: Place["record"], key: string, place: Place): Place | undefined =>
  child.partOf.some((whole) => whole.key === key && whole.record() === place.record) ? place : undefined;

/** Decimals go as text: JSON numbers would lose digits. */
const printed = (stored: Sql, type: string): Sql => (type === "numeric" ? sql`${stored}::text` : stored);

/** Does the caller reach this row through these rows? For writes that name a row. */
export const rowExistsStatement = (place: Omit<Place, "alias">, id: string, rows: readonly Rows[]): Sql => {
  const alias = aliases();
  const row = alias();
  return sql`SELECT 1 AS "found" FROM ${name(place.record.name)} ${row} WHERE ${column(row, "id")} = ${id} AND ${unionToSql(rows, { ...place, alias: row }, alias)}`;
};

/** Which of these rows are in a set of rows. */
export const rowsWithIdsStatement = (
  place: Omit<Place, "alias">,
  ids: readonly string[],
  rows: readonly Rows[],
): Sql => {
  const alias = aliases();
  const row = alias();
  return sql`SELECT ${column(row, "id")} AS "id" FROM ${name(place.record.name)} ${row} WHERE ${column(row, "id")} = ANY(${[...ids]}::text[]) AND ${unionToSql(rows, { ...place, alias: row }, alias)}`;
};
