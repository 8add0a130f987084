import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { Readable, pipeline as stream } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { StartError } from "../errors.js";
import type { StoredEvent } from "./chain.js";
import { genesisOf, type Segment } from "./event.js";
import { found, orElse } from "./finding.js";
import type { StoredLedger } from "./stored-ledger.js";
import { type Archived, eventOf, type SegmentRow, type StoredSet, segmentOf } from "./stored-rows.js";

// The file of an archived segment: JSON lines, gzipped. First `{"segment": …}`, then a line `{"fields": …}` for every set of
// fields that its events name, then a line `{"event": [event, touches]}` for every event, in order.

export const segmentFile = (segment: number): string => `segment-${segment}.jsonl.gz`;

/** Writes it as the database tells it, whole or not at all once this resolves: it is on the disk then. */
export const writeSegment = (
  path: string,
  segment: SegmentRow,
  stored: Pick<StoredLedger, "setsOf" | "eventsOf">,
): Promise<void> =>
  pipeline(
    Readable.from(inPieces(linesOf(segment, stored))),
    createGzip(),
    createWriteStream(path, { mode: 0o600, flush: true }),
  );

async function* linesOf(
  segment: SegmentRow,
  { setsOf, eventsOf }: Pick<StoredLedger, "setsOf" | "eventsOf">,
): AsyncGenerator<string> {
  yield `{"segment":${JSON.stringify(segment)}}\n`;
  for await (const set of setsOf(segment.id)) yield `{"fields":${set}}\n`;
  for await (const event of eventsOf(segment.id)) yield `{"event":${event}}\n`;
}

/** Compressing each line by itself would take longer than what it is read from. */
async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = "";
  for await (const line of lines) {
    piece += line;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}

/** The segment of a file, and the sets of fields that are said before its events. Ends verifying where it is not this segment's. */
export async function frontOf(
  path: string,
  id: number,
): Promise<{ readonly segment: Segment; readonly sets: readonly StoredSet[] }> {
  let segment: Segment | undefined;
  const sets: StoredSet[] = [];
  for await (const line of linesIn(path, id)) {
    if (line.event) break;
    segment ??= line.segment;
    if (line.set) sets.push(line.set);
  }
  if (segment?.id !== id)
    return forgedFile(path, id, segment ? `is that of segment ${segment.id}` : "tells of no segment");
  return { segment, sets };
}

/** The events of a file after a place. When it is at its end, and closed, `atEnd` is told what was read, all of it. */
export async function* eventsIn(
  path: string,
  id: number,
  after: number,
  atEnd: (read: Archived) => void,
): AsyncGenerator<StoredEvent> {
  const hash = createHash("sha256");
  const read = { events: 0, touches: 0, lastSeq: 0, lastHash: "" };
  // One behind: whoever has the last event keeps no file open.
  let event: StoredEvent | undefined;
  for await (const line of linesIn(path, id, hash)) {
    if (line.segment && !event) read.lastHash = orElse(() => genesisOf(line.segment!).toString("hex"), "");
    if (!line.event) continue;
    if (event && !(event.seq <= after)) yield event;
    event = line.event;
    read.events += 1;
    read.touches += event.touches.length;
    read.lastSeq = event.seq;
    read.lastHash = event.hash.toString("hex");
  }
  if (event && !(event.seq <= after)) yield event;
  atEnd({ segment: id, ...read, fileHash: hash.digest("hex") });
}

export const forgedFile = (path: string, segment: number, what: string): never =>
  found({
    ...{ kind: "ARCHIVE_FORGED", segment },
    says: `The file of segment ${segment}, ${path}, ${what}.`,
  });

interface Line {
  readonly segment?: Segment;
  readonly set?: StoredSet;
  readonly event?: StoredEvent;
}

/** Ends verifying where there is no file, or none of this form. Throws StartError where it cannot be read at all. */
async function* linesIn(path: string, segment: number, hash?: Hash): AsyncGenerator<Line> {
  let number = 0;
  try {
    let torn = "";
    for await (const piece of unpacked(path, hash)) {
      const lines = (torn + piece).split("\n");
      torn = lines.pop()!;
      for (const line of lines) {
        yield lineOf(line);
        number += 1;
      }
    }
    if (torn !== "") throw new Error("the last line is torn");
  } catch (error) {
    const { code = "", syscall, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      found({
        ...{ kind: "ARCHIVE_MISSING", segment },
        says: `The file of segment ${segment} is missing: ${path}.`,
      });
    if (syscall) throw new StartError(`${path} cannot be read: ${message}`);
    forgedFile(path, segment, `is damaged after its line ${number}: ${message}`);
  }
}

function unpacked(path: string, hash?: Hash): AsyncIterable<string> {
  const gunzip = createGunzip();
  const hashed = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      hash?.update(piece);
      yield piece;
    }
  };
  // What goes wrong, whoever reads hears from the last of them.
  stream(createReadStream(path), hashed, gunzip, () => {});
  return gunzip.setEncoding("utf8");
}

function lineOf(text: string): Line {
  const line = JSON.parse(text) as {
    segment?: SegmentRow;
    fields?: StoredSet;
    event?: Parameters<typeof eventOf>[0];
  };
  if (line.segment) return { segment: segmentOf(line.segment) };
  if (line.fields) return { set: line.fields };
  if (line.event) return { event: eventOf(line.event) };
  throw new Error("it is neither a segment, nor fields, nor an event");
}
