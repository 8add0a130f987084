import type { Branch } from "../access/branches.js";
import { type Cell, noteCells } from "../access/cells.js";
import { customerColumn, type Footprint, fieldsSeen } from "../access/footprint.js";
import { type ClassifiedField, fullName } from "../access/record.js";
import type { AccessEntry, AccessReport } from "../access/report.js";
import type { CursorSeal } from "./cursor.js";
import { listName } from "./page.js";
import type { PagePart, PageSelection, RecordSelection, SelectedField } from "./selection.js";

// From the JSON of `statement.ts` to objects by response key, counting on the way what was not shown clear, and noting for
// the ledger what was looked at.

type Json = Record<string, unknown>;

export interface Shaping {
  readonly report: AccessReport;
  readonly footprint: Footprint;
  readonly seal: CursorSeal;
}

/** Marks which type a row has, for fields that return an interface. */
export const typeMark = Symbol("type");

/** A row by response key. */
export function shapeRow(row: Json, selection: RecordSelection, shaping: Shaping, part = 0): object {
  const shaped: Json = Object.create(null);
  const cells = new Map<string, Cell>();
  noteLook(row, selection, shaping.footprint, part);
  for (const [index, selected] of selection.fields.entries()) {
    const { key, field } = selected;
    const label = `${part}_${index}`;
    const cell: Cell = branchTaken(row, selected, label);
    if (selected.told) {
      shaped[key] = [...((shaped[key] as FieldAccess[]) ?? []), tell(field, cell)];
      continue;
    }
    cells.set(key, cell);
    shaping.report.count(field, cell);
    shaped[key] = shapeValue(row[`v${label}`], selected, shaping);
  }
  noteCells(shaped, cells);
  Object.defineProperty(shaped, typeMark, { value: selection.record.name });
  return shaped;
}

const seenOf = new WeakMap<RecordSelection, Map<string, ReturnType<typeof fieldsSeen>>>();

/** Rows whose cells took the same branches were seen alike. */
function noteLook(row: Json, selection: RecordSelection, footprint: Footprint, part: number): void {
  const { record, fields } = selection;
  if (!record.leavesLook) return;
  const asked = fields.filter(({ told }) => !told);
  const taken = asked.map((selected) => branchTaken(row, selected, `${part}_${fields.indexOf(selected)}`));
  const key = asked.map(({ branches }, index) => branches.indexOf(taken[index]!)).join();
  const known = seenOf.get(selection) ?? new Map<string, ReturnType<typeof fieldsSeen>>();
  seenOf.set(selection, known);
  const seen = known.get(key) ?? fieldsSeen(asked.map(({ field }, index) => ({ ...taken[index]!, field })));
  known.set(key, seen);
  const id = row.id as string;
  const column = customerColumn(record);
  const customer = column === "id" ? id : ((row.customerId as string | undefined) ?? null);
  footprint.note({ record: record.name, id, customer, fields: seen.fields }, seen.opened);
}

const branchTaken = (row: Json, { branches }: SelectedField, label: string): Branch =>
  branches[branches.length > 1 ? (row[`b${label}`] as number) : 0]!;

function shapeValue(value: unknown, { field, below }: SelectedField, shaping: Shaping): unknown {
  if (value === undefined || value === null) return null;
  if (field.value.kind === "made") return field.value.make(value as string);
  if (!below) return value;
  if (below.kind === "one") return shapeRow(value as Json, below.selection, shaping);
  if (below.kind === "list") return (value as Json[]).map((row) => shapeRow(row, below.selection, shaping));
  return below.kind === "page" ? shapePage(value as Json, below.page, shaping) : null;
}

/** What `access` says of one field of one row. */
export interface FieldAccess {
  readonly field: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly needs: string | null;
  readonly request: string | null;
}

const tell = (field: ClassifiedField, { outcome, reason }: Cell): FieldAccess => ({
  field: fullName(field),
  outcome,
  reason: reason?.code ?? null,
  needs: reason?.needs ?? null,
  request: reason?.request ?? null,
});

/** A connection by response key. */
export function shapePage(json: Json, page: PageSelection, shaping: Shaping): object {
  const { size, backwards, after, before, order } = page.args;
  const fetched = (json.rows as Json[] | undefined) ?? [];
  const more = fetched.length > size;
  const rows = fetched.slice(0, size);
  if (backwards) rows.reverse();
  const list = listName(page.record, order);
  const cursor = (row: Json | undefined) => (row ? shaping.seal.seal(row.keys as string[], list) : null);
  const info: Json = {
    hasNextPage: backwards ? before !== null : more,
    hasPreviousPage: backwards ? more : after !== null,
    ...(page.needsCursors && { startCursor: cursor(rows[0]), endCursor: cursor(rows.at(-1)) }),
  };
  let part = 0;
  const shaped: Json = Object.create(null);
  for (const asked of page.parts) {
    shaped[asked.key] = shapePart(asked, rows, part);
    part += asked.kind === "nodes" ? 1 : asked.kind === "edges" ? asked.nodes.length : 0;
  }
  return shaped;

  function shapePart(asked: PagePart, from: readonly Json[], first: number): unknown {
    switch (asked.kind) {
      case "totalCount":
        return json.total;
      case "pageInfo":
        return Object.fromEntries(asked.fields.map(({ key, name }) => [key, info[name]]));
      case "nodes":
        return from.map((row) => shapeRow(row, asked.selection, shaping, first));
      case "edges":
        return from.map((row) =>
          Object.fromEntries([
            ...asked.cursors.map((key) => [key, cursor(row)]),
            ...asked.nodes.map(({ key, selection }, index) => [
              key,
              shapeRow(row, selection, shaping, first + index),
            ]),
          ]),
        );
    }
  }
}

export type { AccessEntry };
