import DataLoader from "dataloader";
import type { FieldNode, GraphQLResolveInfo } from "graphql";
import { getArgumentValues } from "graphql";
import type { LimitFunction } from "p-limit";
import { allRecords, recordOf } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import type { Footprint } from "../access/footprint.js";
import { checkUse } from "../access/plan.js";
import type { ClassifiedField, RecordType } from "../access/record.js";
import type { AccessReport } from "../access/report.js";
import type { Database } from "../database/client.js";
import { type CursorSeal, sealFor } from "./cursor.js";
import type { PageArguments, Where } from "./page-arguments.js";
import { rowId, selectPage, selectRecord, type TableColumn, tablePageOf } from "./selection.js";
import { shapePage, shapeRow } from "./shape.js";
import { column, type Sql, sql } from "./sql.js";
import { countsStatement, pageStatement, recordsStatement, writing } from "./statement.js";

type RecordClass = new () => object;
type Json = Record<string, unknown>;

/** What reading needs of a request. */
export interface ReadContext {
  readonly db: Database;
  readonly statements: LimitFunction;
  readonly decisions: Decisions | null;
  readonly seal: CursorSeal;
  readonly report: AccessReport;
  readonly footprint: Footprint;
}

// Every record leaves the database through here: selection and decision become one statement for the root field.

async function run<Result>({ db, statements }: ReadContext, statement: Sql): Promise<Result> {
  const [row] = await statements(() => db.$queryRaw<{ json: string }[]>(statement));
  return JSON.parse(row!.json) as Result;
}

const askedBy = (
  { decisions, report, footprint, seal }: ReadContext,
  { schema, fragments, variableValues }: GraphQLResolveInfo,
) => {
  if (!decisions) throw new TypeError("Nothing is read for nobody");
  const asked = { schema, fragments, variableValues, decisions, report, footprint };
  return { ...asked, seal: sealFor(seal, decisions.caller.id) };
};

/** The connection that a root field asks for, of the rows that meet `on`. */
export async function readPage(
  context: ReadContext,
  info: GraphQLResolveInfo,
  type: RecordClass,
  on?: (row: Sql) => Sql,
): Promise<object> {
  const asked = askedBy(context, info);
  const definition = info.parentType.getFields()[info.fieldName]!;
  const args = getArgumentValues(definition, info.fieldNodes[0]!, info.variableValues);
  const page = selectPage(asked, recordOf(type), info.fieldNodes, args);
  if (!page.needsRows && !page.needsTotal) return shapePage({}, page, asked);
  return shapePage(
    await run<Json>(context, pageStatement(page, writing(asked.decisions, asked.seal), on)),
    page,
    asked,
  );
}

/** Rows that one statement brings where a table is read whole: it is held up by nobody for long, and holds up nobody. */
const tablePage = 500;

/**
 * All rows in reach that meet a condition, page after page as a client would turn them, each by the names of the columns.
 */
export async function* readTable(
  context: ReadContext,
  info: GraphQLResolveInfo,
  columns: readonly TableColumn[],
  { where, order }: Pick<PageArguments, "where" | "order">,
): AsyncGenerator<readonly Json[]> {
  const asked = askedBy(context, info);
  for (let after: string | null = null; ; ) {
    const page = tablePageOf(asked, columns, {
      size: tablePage,
      backwards: false,
      before: null,
      after,
      where,
      order,
    });
    const { rows, at } = shapePage(
      await run<Json>(context, pageStatement(page, writing(asked.decisions, asked.seal))),
      page,
      asked,
    ) as { rows: Json[]; at: { hasNextPage: boolean; endCursor: string } };
    yield rows;
    if (!at.hasNextPage) return;
    after = at.endCursor;
  }
}

/**
 * How many rows in reach there are of each combination of these columns' values. Throws FILTER_FORBIDDEN for a column that
 * is not clear on every row in reach.
 */
export async function readCounts(
  context: ReadContext,
  info: GraphQLResolveInfo,
  by: readonly ClassifiedField[],
  where: Where | null,
): Promise<readonly Json[]> {
  const { decisions, seal } = askedBy(context, info);
  for (const field of by) checkUse(decisions, { field, use: "FILTER" });
  return run<Json[]>(context, countsStatement(by, where, writing(decisions, seal)));
}

/** All rows in reach that meet a condition, in the record's own order: for short lists. */
export async function readAll(
  context: ReadContext,
  info: GraphQLResolveInfo,
  type: RecordClass,
  on: (row: Sql) => Sql = () => sql`TRUE`,
): Promise<object[]> {
  const asked = askedBy(context, info);
  const selection = selectRecord(asked, recordOf(type), info.fieldNodes);
  const rows = await run<Json[]>(
    context,
    recordsStatement(selection, writing(asked.decisions, asked.seal), on),
  );
  return rows.map((row) => shapeRow(row, selection, asked));
}

/** The row with this id, or null: out of reach and not existing answer alike. */
export const readOne = (context: ReadContext, info: GraphQLResolveInfo, type: RecordClass, id: string) =>
  readById(context, info, recordOf(type), id);

/** The row with this id, of whatever type its prefix names. */
export async function readNode(
  context: ReadContext,
  info: GraphQLResolveInfo,
  id: string,
): Promise<object | null> {
  const record = allRecords().find(({ idPrefix }) => idPrefix && id.startsWith(`${idPrefix}_`));
  return record ? readById(context, info, record, id) : null;
}

const loaders = new WeakMap<ReadContext, Map<string, DataLoader<string, object | null>>>();

/** Look-ups of one type and one selection in one request share a statement. */
async function readById(
  context: ReadContext,
  info: GraphQLResolveInfo,
  record: RecordType,
  id: string,
): Promise<object | null> {
  const asked = askedBy(context, info);
  const known = loaders.get(context) ?? new Map<string, DataLoader<string, object | null>>();
  loaders.set(context, known);
  const key = `${record.name} ${info.fieldNodes.map(sourceOf).join(" ")}`;
  const loader =
    known.get(key) ??
    new DataLoader<string, object | null>(
      async (ids) => {
        const selection = selectRecord(asked, record, info.fieldNodes);
        const idLabel = `${selection.fields.length}`;
        const withId = { ...selection, fields: [...selection.fields, rowId(record, "id")] };
        const statement = recordsStatement(
          withId,
          writing(asked.decisions, asked.seal),
          (row) => sql`${column(row, "id")} = ANY(${[...ids]}::text[])`,
        );
        const rows = await run<Json[]>(context, statement);
        const found = new Map(rows.map((row) => [row[`v0_${idLabel}`], row]));
        return ids.map((wanted) => {
          const row = found.get(wanted);
          return row ? shapeRow(row, selection, asked) : null;
        });
      },
      // Shaping counts what is withheld, so two askers of one row are two.
      { cache: false },
    );
  known.set(key, loader);
  return loader.load(id);
}

const sourceOf = ({ loc, selectionSet }: FieldNode): string => {
  const { start, end } = selectionSet?.loc ?? loc ?? { start: 0, end: 0 };
  return loc?.source.body.slice(start, end) ?? "";
};
