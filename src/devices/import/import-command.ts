import { type FileCommand, importFile, parseFileCommand, summaryOf } from "../../csv/import-file.js";
import type { SteppingContext } from "../../workflow/transact.js";
import { importDevices } from "./import-devices.js";

const usage =
  "Usage: npm run import -- devices devices.csv --as tim [--map 'deviceNo=Asset Tag,state='] [--null NULL] " +
  "[--encoding windows-1252] [--problems problems.csv] [--dry-run] [--skip-invalid]";

/** Reads the command line after `devices`. Throws StartError. */
export const parseDeviceCommand = (args: readonly string[]): FileCommand =>
  parseFileCommand(args, [], { usage, example: "tim" });

/** Imports the file of the command into the register, as `runImport` does a list of customers. */
export async function runDeviceImport(
  context: SteppingContext,
  command: FileCommand,
  output: (line: string) => void,
): Promise<boolean> {
  const report = await importFile(command, (text, { onProblem, onProgress }) =>
    importDevices(context, text, {
      ...command,
      onProblem,
      onProgress: (rows) => onProgress("checking", rows),
    }),
  );
  const would = command.dryRun ? "would be " : "";
  const did = `${report.created} devices ${would}registered, ${report.corrected} ${would}corrected, ${report.unchanged} unchanged`;
  for (const line of summaryOf(report, command, did)) output(line);
  for (const { field, rows } of report.leftAsTheyAre)
    output(`${field} is yours to give to new devices only: it was left as it is on ${rows}.`);
  return report.invalid === 0 || command.skipInvalid === true;
}
