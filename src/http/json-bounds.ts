import { refusal } from "../errors.js";
import type { Limits } from "./limits.js";

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const opening = [0x5b, 0x7b];
const closing = [0x5d, 0x7d];

/** Refuses JSON that nests or branches beyond the bounds, before anything is built of it. */
export function checkJsonBounds(
  json: Uint8Array,
  { jsonDepth, jsonValues }: Pick<Limits, "jsonDepth" | "jsonValues">,
): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at]!;
    if (byte === quote) at = endOfString(json, at);
    else if (opening.includes(byte)) {
      depth += 1;
      values += 1;
    } else if (closing.includes(byte)) depth -= 1;
    else if (byte === comma) values += 1;
    if (depth > jsonDepth) throw tooMuch(`nested more than ${jsonDepth} deep`);
    if (values > jsonValues) throw tooMuch(`of more than ${jsonValues} values`);
  }
}

/** Where the string that starts at `start` ends; the end of the text if it never does. */
function endOfString(json: Uint8Array, start: number): number {
  let end = start;
  do {
    end = json.indexOf(quote, end + 1);
    if (end === -1) return json.length;
  } while (isEscaped(json, end));
  return end;
}

function isEscaped(json: Uint8Array, at: number): boolean {
  let first = at;
  while (json[first - 1] === backslash) first -= 1;
  return (at - first) % 2 === 1;
}

const tooMuch = (how: string) =>
  refusal("LIMIT_EXCEEDED", { reason: `The body is JSON ${how}.`, status: 413 });
