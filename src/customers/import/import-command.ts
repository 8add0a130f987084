import type { Caller } from "../../access/caller.js";
import { type FileCommand, importFile, parseFileCommand, summaryOf } from "../../csv/import-file.js";
import { type ImportComponents, importCsv } from "./import-csv.js";

export interface ImportCommand extends FileCommand {
  /** Why, where the person's grants demand a purpose and the first that they name is not the one. */
  readonly purpose?: string | undefined;
  /** By whose numbering plan phone numbers are read in rows that name no country. */
  readonly country?: string | undefined;
}

const usage =
  "Usage: npm run import -- customers.csv --as sam [--map 'name=CompanyName,address=Street+City,partyType:=ORGANISATION'] " +
  "[--country DE] [--null NULL] [--encoding windows-1252] [--purpose P] [--problems problems.csv] [--dry-run] [--skip-invalid]";

/** Reads the command line. Throws StartError. */
export function parseImportCommand(args: readonly string[]): ImportCommand {
  const { more, ...command } = parseFileCommand(args, ["country", "purpose"], { usage, example: "sam" });
  return { ...command, country: more.country, purpose: more.purpose };
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
  const report = await importFile(command, (text, { onProblem, onProgress }) =>
    importCsv(components, caller, text, { ...command, onProblem }, onProgress),
  );
  const did = `${report.created} customers ${command.dryRun ? "would be created" : "created"}, ${report.unchanged} there already`;
  for (const line of summaryOf(report, command, did)) output(line);
  return report.invalid === 0 || command.skipInvalid === true;
}
