import { StartError } from "../errors.js";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030";

/**
 * In which encoding a file is written, from all of its bytes, since the first character that tells may come late.
 * Throws StartError where a guess would garble names: a Western file often is valid GB18030 too, but then its
 * letters beyond ASCII are few and followed by ASCII ones, which Chinese text hardly ever has.
 */
export async function detectEncoding(chunks: AsyncIterable<Buffer>): Promise<Encoding> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  const chinese = gb18030Counter();
  let isUtf8 = true;
  let head = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head.length < 2) head = Buffer.concat([head, chunk]).subarray(0, 2);
    isUtf8 &&= decodes(utf8, chunk, true);
    chinese.add(chunk);
  }
  isUtf8 &&= decodes(utf8, Buffer.alloc(0), false);
  if (head.equals(Buffer.from([0xff, 0xfe]))) return "utf-16le";
  if (head.equals(Buffer.from([0xfe, 0xff]))) return "utf-16be";
  if (isUtf8) return "utf-8";
  if (chinese.looksChinese()) return "gb18030";
  throw new StartError(
    "The file is neither UTF-8 nor GB18030: save it as UTF-8, or name its encoding (--encoding windows-1252).",
  );
}

function decodes(decoder: TextDecoder, chunk: Buffer, stream: boolean): boolean {
  try {
    decoder.decode(chunk, { stream });
    return true;
  } catch {
    return false;
  }
}

const isLead = (byte: number) => byte >= 0x81 && byte <= 0xfe;
const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;

/** Checks bytes against the forms of GB18030, and counts the characters whose second byte is not an ASCII letter. */
function gb18030Counter() {
  let valid = true;
  let characters = 0;
  let plain = 0;
  /** How many bytes of the current character have been seen. */
  let seen = 0;
  const next = (byte: number): number => {
    if (seen === 0 || seen === 2) {
      if (isLead(byte)) return seen + 1;
      valid &&= seen === 0 && byte < 0x80;
      return 0;
    }
    if (seen === 1 && isDigit(byte)) return 2;
    valid &&= seen === 1 ? byte >= 0x40 && byte !== 0x7f && byte !== 0xff : isDigit(byte);
    characters += 1;
    if (seen === 3 || byte >= 0xa1) plain += 1;
    return 0;
  };
  return {
    add(chunk: Buffer) {
      if (!valid) return;
      for (const byte of chunk) seen = next(byte);
    },
    looksChinese: () => valid && seen === 0 && characters > 0 && plain * 2 >= characters,
  };
}
