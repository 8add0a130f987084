import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import iconv from "iconv-lite";
import { StartError } from "../errors.js";
import { detectEncoding } from "./detect-encoding.js";

/** A file being read: its text in pieces, and how far the reading is. */
export interface CsvFile {
  readonly text: AsyncIterable<string>;
  readonly size: number;
  readonly bytesRead: () => number;
}

/** Opens a file in the encoding named, or else found out. Throws StartError. */
export async function openCsvFile(path: string, encoding?: string): Promise<CsvFile> {
  if (encoding !== undefined && !iconv.encodingExists(encoding))
    throw new StartError(`No encoding is called ${encoding}.`);
  const size = await sizeOf(path);
  const found = encoding ?? (await detectEncoding(createReadStream(path)));
  const bytes = createReadStream(path);
  return { text: decoded(bytes, found), size, bytesRead: () => bytes.bytesRead };
}

async function sizeOf(path: string): Promise<number> {
  const file = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `${path} cannot be read: ${error.code === "ENOENT" ? "there is no such file" : error.message}`,
    );
  });
  if (!file.isFile()) throw new StartError(`${path} is not a file.`);
  return file.size;
}

async function* decoded(bytes: AsyncIterable<Buffer>, encoding: string) {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of bytes) yield decoder.write(chunk);
  yield decoder.end() ?? "";
}

/** A text in pieces, so that a large one does not hold up everything else. */
export async function* textInPieces(text: string, length = 65_536): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += length) yield text.slice(start, start + length);
}
