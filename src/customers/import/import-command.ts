import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import { GraphQLError } from "graphql";
import type { Caller } from "../../access/caller.js";
import { StartError } from "../../errors.js";
import { openCsvFile } from "./csv-source.js";
import { type ImportComponents, type ImportOptions, type ImportReport, importCsv } from "./import-csv.js";
import { problemFile } from "./problem-file.js";

export interface ImportCommand extends ImportOptions {
  readonly path: string;
  /** The staff number of the person who imports. */
  readonly as: string;
  /** Why, where the person's grants demand a purpose and the first that they name is not the one. */
  readonly purpose?: string | undefined;
  readonly encoding?: string | undefined;
  /** Where to tell what is wrong with which line. */
  readonly problemsPath: string;
}

const usage =
  "Usage: npm run import -- customers.csv --as sam [--map 'name=CompanyName,address=Street+City,partyType:=ORGANISATION'] " +
  "[--country DE] [--null NULL] [--encoding windows-1252] [--purpose P] [--problems problems.csv] [--dry-run] [--skip-invalid]";

/** Reads the command line. Throws StartError. */
export function parseImportCommand(args: readonly string[]): ImportCommand {
  const { values, positionals } = parsed(args);
  const [path] = positionals;
  if (positionals.length !== 1 || !path) throw new StartError(`Name one file to import. ${usage}`);
  if (!values.as) throw new StartError(`Say who imports, as --as sam. ${usage}`);
  return {
    path,
    as: values.as,
    map: values.map,
    country: values.country,
    null: values.null,
    encoding: values.encoding,
    purpose: values.purpose,
    dryRun: values["dry-run"],
    skipInvalid: values["skip-invalid"],
    problemsPath: values.problems ?? `${path.replace(/\.[^./\\]*$/, "")}.problems.csv`,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean" } as const;
  const options = {
    as: text,
    map: text,
    country: text,
    null: text,
    encoding: text,
    purpose: text,
    problems: text,
    "dry-run": flag,
    "skip-invalid": flag,
  };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const [reason] = (error as Error).message.split(/\.(?: |$)/);
    throw new StartError(`${reason}. ${usage}`);
  }
}

/**
 * Imports the file of the command and says on `output` what came of it, the progress on stderr. False where the rows
 * were refused. Throws StartError for what cannot be imported at all.
 */
export async function runImport(
  components: ImportComponents,
  caller: Caller,
  command: ImportCommand,
  output: (line: string) => void,
): Promise<boolean> {
  const file = await openCsvFile(command.path, command.encoding);
  const problems = problemFile(command.problemsPath);
  const bar = progressBar(file.size);
  try {
    const report = await importCsv(
      components,
      caller,
      file.text,
      { ...command, onProblem: problems.write },
      (phase, rows) => bar.update(file.bytesRead(), { phase, rows }),
    );
    await problems.close();
    bar.stop();
    for (const line of summary(report, command)) output(line);
    return report.invalid === 0 || command.skipInvalid === true;
  } catch (error) {
    bar.stop();
    await problems.close();
    throw error instanceof GraphQLError ? new StartError(error.message) : error;
  }
}

/** Draws on a terminal only; elsewhere it stays silent. */
function progressBar(size: number): SingleBar {
  const bar = new SingleBar({
    format: "{bar} {percentage} % | {phase} | {rows} rows",
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: false,
    stream: process.stderr,
  });
  bar.start(size, 0, { phase: "checking", rows: 0 });
  return bar;
}

function summary(report: ImportReport, { dryRun, skipInvalid, problemsPath }: ImportCommand): string[] {
  const { rows, created, unchanged, invalid } = report;
  const columns = report.columns.map(({ field, from }) => `${field} from ${from}`).join(", ");
  const refused = invalid > 0 && !skipInvalid;
  return [
    `Columns: ${columns}.`,
    ...(report.unusedColumns.length > 0 ? [`Not used: ${report.unusedColumns.join(", ")}.`] : []),
    `${rows} rows: ${created} customers ${dryRun ? "would be created" : "created"}, ${unchanged} there already, ${invalid} not good.`,
    ...(invalid > 0 ? [`What is wrong with which line stands in ${problemsPath}.`] : []),
    ...(refused
      ? ["Nothing was written. Correct the rows, or import the good ones with --skip-invalid."]
      : []),
  ];
}
