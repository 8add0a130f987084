import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import { StartError } from "../errors.js";
import { byteOrderMark, csvLines } from "./csv-lines.js";
import type { ImportProblem } from "./import-problem.type.js";

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
    opened.write(`${byteOrderMark}${csvLines([["line", "column", "field", "code", "reason"]])}`);
    return opened;
  };
  const failed = (error: Error) => {
    throw new StartError(`${path} cannot be written: ${error.message}`);
  };
  return {
    path,
    write: async ({ line, column, field, code, reason }) => {
      file ??= await open().catch(failed);
      if (!file.write(csvLines([[String(line), column, field, code, reason]])))
        await once(file, "drain").catch(failed);
    },
    close: async () => {
      file?.end();
      if (file) await finished(file).catch(failed);
    },
  };
}
