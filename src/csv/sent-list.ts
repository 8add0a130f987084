import { Readable } from "node:stream";
import type { LimitFunction } from "p-limit";
import { refusal } from "../errors.js";

const longestCsv = 5 * 1024 * 1024;

/**
 * Imports a list that came with a request, beside no more than a few others of the whole server. Throws LIMIT_EXCEEDED,
 * OVERLOADED.
 */
export function importSent<Report>(
  imports: LimitFunction,
  csv: string,
  run: (text: AsyncIterable<string>) => Promise<Report>,
): Promise<Report> {
  if (Buffer.byteLength(csv) > longestCsv)
    throw refusal("LIMIT_EXCEEDED", {
      inputPath: "input.csv",
      reason: "A list has at most 5 MB; npm run import takes longer ones.",
    });
  if (imports.activeCount >= imports.concurrency)
    throw refusal("OVERLOADED", {
      reason: "Other lists are being imported; try again after the time in retry-after.",
      status: 503,
    });
  return imports(() => run(Readable.from([csv])));
}
