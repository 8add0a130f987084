import type { Reader } from "./form.js";

// What the fields of forms are read with, beside what GraphQL has checked already.

// Control characters but tab and line feed, what turns the direction of writing, and halves of a character.
const unprintable = /[\p{Cc}\u202A-\u202E\u2066-\u2069\p{Surrogate}]/u;

/** A text as it is stored: composed (NFC), its lines ended by line feeds, trimmed. */
export const composed = (written: string): string => written.normalize("NFC").replace(/\r\n?/g, "\n").trim();

export const isPrintable = (text: string): boolean => !unprintable.test(text.replace(/[\t\n]/g, ""));

/** Any value of its type will do. */
export const anyValue = <Value>(written: Value): { readonly value: Value } => ({ value: written });

/** A text with line breaks, composed (NFC) and trimmed; its length is in UTF-16 units. */
export const lines =
  (longest: number): Reader<string> =>
  (written) => {
    const value = composed(written);
    if (value === "") return { reason: "It cannot be empty." };
    if (value.length > longest) return { reason: `It is longer than ${longest} characters.` };
    return isPrintable(value) ? { value } : { reason: "It holds a character that cannot be printed." };
  };

/** A text on one line: line breaks and runs of spaces become one space. */
export const line =
  (longest: number): Reader<string> =>
  (written, now) =>
    lines(longest)(written.replace(/[\r\n\t ]+/g, " "), now);

/** A list of texts on one line each, every one of them once. */
export const lineList =
  (longest: number, most: number): Reader<string[]> =>
  (written, now) => {
    if (written.length > most) return { reason: `There are more than ${most}.` };
    const value: string[] = [];
    for (const item of written) {
      const read = line(longest)(item, now);
      if ("reason" in read) return read;
      if (!value.includes(read.value)) value.push(read.value);
    }
    return { value };
  };

export const wholeNumber =
  (least: number, most: number): Reader<number> =>
  (value) =>
    value >= least && value <= most ? { value } : { reason: `It is not from ${least} to ${most}.` };

/** CNY: not negative, at most two decimals and twelve digits before them. */
export const amount: Reader<string> = (value) =>
  /^\d{1,12}(\.\d{1,2})?$/.test(value)
    ? { value }
    : { reason: "It is not an amount in CNY, written as 1234.50." };

const earliest = "1970-01-01";
const latest = "2100-01-01";

/** An instant that has come, since 1970. */
export const pastInstant: Reader<string> = (value, now) =>
  value >= earliest && new Date(value) <= now
    ? { value }
    : { reason: "The instant is still to come, or too long ago." };

/** An instant from 1970 to 2099. */
export const instant: Reader<string> = (value) =>
  value >= earliest && value < latest ? { value } : { reason: "The instant is too far away." };

/** An instant that is still to come, until 2099. */
export const futureInstant: Reader<string> = (value, now) =>
  new Date(value) > now ? instant(value, now) : { reason: "The instant has passed." };

/** A day that has come somewhere on earth, since 1970. */
export const pastDay: Reader<string> = (value, now) =>
  value >= earliest && Date.parse(value) <= now.getTime() + 14 * 3_600_000
    ? { value }
    : { reason: "The day is still to come, or too long ago." };
