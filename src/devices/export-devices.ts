import type { GraphQLResolveInfo } from "graphql";
import { recordOf } from "../access/classified.js";
import { mayFilter } from "../access/plan.js";
import { byteOrderMark, csvLines } from "../csv/csv-lines.js";
import { writtenCell } from "../csv/written-cell.js";
import { refusal } from "../errors.js";
import { Employee } from "../people/employee.type.js";
import type { OrderKey, Where } from "../reading/page-arguments.js";
import { type ReadContext, readTable } from "../reading/read.js";
import type { TableColumn } from "../reading/selection.js";
import { Device } from "./device.type.js";
import type { DeviceExport } from "./device-export.type.js";

/** Rows of one export: as many as an answer and its reader can hold. */
const mostRows = 50_000;

export interface ExportOptions {
  readonly where: Where | null;
  readonly byteOrderMark: boolean;
}

/**
 * The devices in the caller's reach as CSV, in the order of their numbers: columns that the caller sees on no row are left
 * out, cells that are withheld on theirs are empty. It reads what `devices` reads, page after page. Throws LIMIT_EXCEEDED.
 */
export async function exportDevices(
  context: ReadContext,
  info: GraphQLResolveInfo,
  options: ExportOptions,
): Promise<DeviceExport> {
  const decisions = context.decisions!;
  const columns = registerColumns();
  const shown = columns.filter(({ field }) =>
    decisions.branches(field, "candidates").some(({ outcome }) => outcome !== "WITHHELD"),
  );
  const names = shown.map(({ field }) => field.name);
  const pieces = [`${options.byteOrderMark ? byteOrderMark : ""}${csvLines([names])}`];
  let rows = 0;
  // What is withheld everywhere is asked for too, so that the answer says why it is not there.
  const read = readTable(context, info, columns, { where: options.where, order: orderFor(context) });
  for await (const page of read) {
    rows += page.length;
    if (rows > mostRows)
      throw refusal("LIMIT_EXCEEDED", {
        inputPath: "where",
        reason: `An export has at most ${mostRows} rows.`,
        needs: "conditions that fewer rows meet",
      });
    pieces.push(csvLines(page.map((row) => shown.map((column) => cellOf(row, column)))));
  }
  return { csv: pieces.join(""), rows, columns: names };
}

/** What a device's row of the register holds, and who has it, by their staff number: neither its opaque id nor its label. */
function registerColumns(): TableColumn[] {
  const { fields } = recordOf(Device);
  return [...fields.values()].flatMap((field): TableColumn[] => {
    if (field.name === "custodian") return [{ field, of: recordOf(Employee).fields.get("staffNo")! }];
    return field.value.kind === "column" && field.name !== "id" ? [{ field }] : [];
  });
}

/** By number where the caller sees every one: any other order would tell of numbers that are withheld. */
function orderFor({ decisions }: ReadContext): OrderKey[] {
  const { fields } = recordOf(Device);
  const [number, id] = [fields.get("deviceNo")!, fields.get("id")!];
  return (mayFilter(decisions!, number) ? [number, id] : [id]).map((field) => ({ field, descending: false }));
}

function cellOf(row: Record<string, unknown>, { field, of }: TableColumn): string {
  const value = row[field.name];
  return writtenCell(of && value ? (value as Record<string, unknown>)[of.name] : value);
}
