import { batches } from "../../csv/batches.js";
import { columnNames, describeColumns } from "../../csv/columns.js";
import { type ImportProblem, problemsTold } from "../../csv/import-problem.type.js";
import { type Row, readHeader, readRows } from "../../csv/read-rows.js";
import { refusal } from "../../errors.js";
import type { SteppingContext } from "../../workflow/transact.js";
import type { DeviceImport, DeviceImportResult } from "../device-import.type.js";
import { checkAddresses } from "./check-addresses.js";
import { checkLines } from "./check-lines.js";
import type { Line } from "./line.js";
import { rightsTo } from "./may-import.js";
import { registerColumns } from "./register-columns.js";
import { writeDevices } from "./write-devices.js";

export interface DeviceImportOptions {
  /** Which columns fill which fields, where their names do not say so: see `parseColumnMap`. */
  readonly map?: string | undefined;
  /** Check only, and tell what would happen. */
  readonly dryRun?: boolean | undefined;
  /** Write the good lines although there are bad ones. */
  readonly skipInvalid?: boolean | undefined;
  /** What stands in cells that are empty. */
  readonly null?: string | undefined;
  /** Hears every problem, in the order of the lines; the report keeps the first thousand. */
  readonly onProblem?: ((problem: ImportProblem) => void | Promise<void>) | undefined;
  /** Hears how many lines have been checked. */
  readonly onProgress?: ((lines: number) => void) | undefined;
}

/** Lines of one list: what is checked of them is held until all are. */
const mostLines = 50_000;

/**
 * Imports a CSV text into the register. A line with a number that is not there is a new device, REGISTERED; any other
 * corrects what it gives, an empty cell leaving the value as it is. All lines or none, unless `skipInvalid`; what a list
 * has brought once it brings no second time. Throws a refusal for a list or map that cannot be used and for columns that
 * are not the caller's to fill; problems of lines are in the report.
 */
export async function importDevices(
  context: SteppingContext,
  source: AsyncIterable<string>,
  options: DeviceImportOptions = {},
): Promise<DeviceImport> {
  const rows = readRows(source);
  try {
    const header = await readHeader(rows);
    const columns = registerColumns(header, options.map ?? "");
    const checking = {
      ...context,
      columns,
      rights: rightsTo(context.decisions, columns),
      empty: options.null,
    };
    const lines: Line[] = [];
    const lineOf = new Map<string, number>();
    for await (const batch of batches(rows)) {
      refuseTooMany(lines.length + batch.length, batch);
      lines.push(...(await checkLines(checking, batch, lineOf)));
      options.onProgress?.(lines.length);
    }
    await checkAddresses(context.db, lines);
    const problems = lines.flatMap(({ line, problems: found }) =>
      found.map((one): ImportProblem => ({ line, ...one, column: columnNames(columns, one.field) })),
    );
    for (const problem of problems) await options.onProblem?.(problem);
    const good = lines.filter(({ problems }) => problems.length === 0);
    const writes = good.length === lines.length || options.skipInvalid === true;
    if (writes && options.dryRun !== true) await writeDevices(context, good);
    const count = (outcome: DeviceImportResult["outcome"]) =>
      good.filter((line) => line.outcome === outcome).length;
    return {
      rows: lines.length,
      created: writes ? count("CREATED") : 0,
      corrected: writes ? count("CORRECTED") : 0,
      unchanged: count("UNCHANGED"),
      invalid: lines.length - good.length,
      problems: problems.slice(0, problemsTold),
      results: lines.map(({ line, deviceNo, outcome, problems }) => ({
        line,
        deviceNo,
        outcome:
          problems.length > 0 ? "REFUSED" : writes || outcome === "UNCHANGED" ? outcome : "NOT_WRITTEN",
        code: problems[0]?.code ?? null,
      })),
      leftAsTheyAre: leftIn(lines),
      columns: describeColumns(columns),
      unusedColumns: columns.unused,
    };
  } finally {
    await rows.return(undefined);
  }
}

function refuseTooMany(lines: number, [first]: readonly Row[]): void {
  if (lines > mostLines)
    throw refusal("LIMIT_EXCEEDED", {
      inputPath: "input.csv",
      reason: `A list has at most ${mostLines} devices; it goes on after line ${first!.line - 1}.`,
    });
}

/** On how many devices that exist a column was left as it is, because it is the caller's to give to new ones only. */
function leftIn(lines: readonly Line[]): DeviceImport["leftAsTheyAre"] {
  const rows = new Map<string, number>();
  for (const { left } of lines) for (const field of left) rows.set(field, (rows.get(field) ?? 0) + 1);
  return [...rows].map(([field, count]) => ({ field, rows: count }));
}
