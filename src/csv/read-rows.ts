import { pipeline, Readable } from "node:stream";
import { CsvError, type Info, parse } from "csv-parse";
import { refusal } from "../errors.js";

/** A row of the file: where it begins, from 1, and its cells. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Characters that one row may have: beyond this, a quote has been left open. */
const longestRow = 4_000_000;

/**
 * The rows of a CSV text, the header first; rows without any text are left out. Reads as it is asked, so memory does
 * not grow with the file. Throws a refusal for a text that is not CSV.
 */
export async function* readRows(text: AsyncIterable<string>): AsyncGenerator<Row> {
  const { head, whole } = await peek(withLineFeeds(text));
  const parser = parse({
    bom: true,
    delimiter: separatorOf(head),
    record_delimiter: "\n",
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRow,
    info: true,
  });
  pipeline(Readable.from(whole), parser, () => {});
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (record.every((cell) => cell.trim() === "")) continue;
      const lineBreaks = record.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
      yield { line: info.lines - lineBreaks, cells: record };
    }
  } catch (error) {
    if (error instanceof CsvError) throw notCsv(error, parser.info.lines);
    throw error;
  }
}

/** The names of the columns, which are the first of these rows. Throws a refusal where there are none. */
export async function readHeader(rows: AsyncGenerator<Row>): Promise<readonly string[]> {
  const { value, done } = await rows.next();
  if (done) throw refusal("BAD_USER_INPUT", { reason: "The file is empty.", inputPath: "input.csv" });
  return value.cells;
}

const notCsv = ({ code }: CsvError, line: number) =>
  refusal("BAD_USER_INPUT", {
    reason:
      code === "CSV_QUOTE_NOT_CLOSED" || code === "CSV_MAX_RECORD_SIZE"
        ? `The file is not CSV: a quote is opened and not closed, up to line ${line}.`
        : `The file is not CSV: line ${line} cannot be read.`,
    inputPath: "input.csv",
  });

/** Every line break as a line feed, also where one is cut in two between pieces. */
async function* withLineFeeds(text: AsyncIterable<string>) {
  let carried = "";
  for await (const piece of text) {
    const known: string = carried + piece;
    carried = known.endsWith("\r") ? "\r" : "";
    yield known.slice(0, known.length - carried.length).replace(/\r\n?/g, "\n");
  }
  if (carried) yield "\n";
}

/** The text up to the end of its first line, and the whole text again. */
async function peek(text: AsyncGenerator<string>) {
  let head = "";
  for (;;) {
    const { value, done } = await text.next();
    head += value ?? "";
    if (done || head.includes("\n") || head.length > longestRow) break;
  }
  async function* whole() {
    yield head;
    yield* text;
  }
  return { head, whole: whole() };
}

/** Which of comma, semicolon and tab stands most often between the names of the header. */
export function separatorOf(head: string): string {
  const names = head
    .replace(/"[^"]*"/g, "")
    .trimStart()
    .split("\n", 1)[0]!;
  const count = (separator: string) => names.split(separator).length;
  return [",", ";", "\t"].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
