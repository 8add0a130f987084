import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { StartError } from "../../errors.js";
import type { ImportProblem } from "./import-csv.js";

/** A CSV file that problems are written to as they are found; made with the first of them. */
export interface ProblemFile {
  readonly path: string;
  write(problem: ImportProblem): Promise<void>;
  close(): Promise<void>;
}

export function problemFile(path: string): ProblemFile {
  let file: WriteStream | undefined;
  const open = async () => {
    const opened = createWriteStream(path);
    await once(opened, "open");
    // A later failure is told by whichever of write and close comes next.
    opened.on("error", () => {});
    // A byte order mark, by which spreadsheets know UTF-8.
    opened.write(`\uFEFF${csvLine(["line", "column", "field", "code", "reason"])}`);
    return opened;
  };
  const failed = (error: Error) => {
    throw new StartError(`${path} cannot be written: ${error.message}`);
  };
  return {
    path,
    write: async ({ line, column, field, code, reason }) => {
      file ??= await open().catch(failed);
      if (!file.write(csvLine([String(line), column, field, code, reason])))
        await once(file, "drain").catch(failed);
    },
    close: async () => {
      file?.end();
      if (file) await finished(file).catch(failed);
    },
  };
}

const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** A cell that no spreadsheet takes for a formula: the names of columns come from whoever made the list. */
export function csvCell(text: string): string {
  const disarmed = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(disarmed) ? `"${disarmed.replaceAll('"', '""')}"` : disarmed;
}
