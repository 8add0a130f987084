import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import { GraphQLError } from "graphql";
import { StartError } from "../errors.js";
import { openCsvFile } from "./csv-source.js";
import type { ImportProblem } from "./import-problem.type.js";
import { problemFile } from "./problem-file.js";

// What commands that import a file have in common.

export interface FileCommand {
  readonly path: string;
  /** The staff number of the person who imports. */
  readonly as: string;
  readonly encoding?: string | undefined;
  /** Where to tell what is wrong with which line. */
  readonly problemsPath: string;
  readonly map?: string | undefined;
  readonly null?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly skipInvalid?: boolean | undefined;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const common = {
  as: text,
  map: text,
  null: text,
  encoding: text,
  problems: text,
  "dry-run": flag,
  "skip-invalid": flag,
};

/** Reads a command line that names one file, with what the command takes beside; `example` is whose it could be. Throws StartError. */
export function parseFileCommand<More extends string>(
  args: readonly string[],
  more: readonly More[],
  { usage, example }: { readonly usage: string; readonly example: string },
): FileCommand & { readonly more: Readonly<Partial<Record<More, string>>> } {
  const { values, positionals } = parsed(args, more, usage);
  const [path] = positionals;
  if (positionals.length !== 1 || !path) throw new StartError(`Name one file to import. ${usage}`);
  if (!values.as) throw new StartError(`Say who imports, as --as ${example}. ${usage}`);
  return {
    path,
    as: values.as,
    map: values.map,
    null: values.null,
    encoding: values.encoding,
    dryRun: values["dry-run"],
    skipInvalid: values["skip-invalid"],
    problemsPath: values.problems ?? `${path.replace(/\.[^./\\]*$/, "")}.problems.csv`,
    more: Object.fromEntries(
      more.map((name) => [name, (values as Record<string, unknown>)[name]]),
    ) as Partial<Record<More, string>>,
  };
}

function parsed(args: readonly string[], more: readonly string[], usage: string) {
  const options = { ...common, ...Object.fromEntries(more.map((name) => [name, text])) };
  try {
    return parseArgs({ args: [...args], options: options as typeof common, allowPositionals: true });
  } catch (error) {
    const [reason] = (error as Error).message.split(/\.(?: |$)/);
    throw new StartError(`${reason}. ${usage}`);
  }
}

/** What an import tells while it goes on. */
export interface ImportListener {
  readonly onProblem: (problem: ImportProblem) => Promise<void>;
  readonly onProgress: (phase: string, rows: number) => void;
}

/** Opens the file of a command, lets it be imported, and keeps its problems beside it. Throws StartError. */
export async function importFile<Report>(
  { path, encoding, problemsPath }: FileCommand,
  run: (text: AsyncIterable<string>, listener: ImportListener) => Promise<Report>,
): Promise<Report> {
  const file = await openCsvFile(path, encoding);
  const problems = problemFile(problemsPath);
  const bar = progressBar(file.size);
  try {
    const report = await run(file.text, {
      onProblem: problems.write,
      onProgress: (phase, rows) => bar.update(file.bytesRead(), { phase, rows }),
    });
    await problems.close();
    bar.stop();
    return report;
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

interface Told {
  readonly columns: readonly { readonly field: string; readonly from: string }[];
  readonly unusedColumns: readonly string[];
  readonly rows: number;
  readonly invalid: number;
}

/** What came of an import, in lines for the terminal; `did` is what became of its rows. */
export const summaryOf = (
  report: Told,
  { skipInvalid, problemsPath }: FileCommand,
  did: string,
): string[] => [
  `Columns: ${report.columns.map(({ field, from }) => `${field} from ${from}`).join(", ")}.`,
  ...(report.unusedColumns.length > 0 ? [`Not used: ${report.unusedColumns.join(", ")}.`] : []),
  `${report.rows} rows: ${did}, ${report.invalid} not good.`,
  ...(report.invalid > 0 ? [`What is wrong with which line stands in ${problemsPath}.`] : []),
  ...(report.invalid > 0 && !skipInvalid
    ? ["Nothing was written. Correct the rows, or import the good ones with --skip-invalid."]
    : []),
];
