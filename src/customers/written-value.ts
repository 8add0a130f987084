import type { CountryCode } from "libphonenumber-js";
import type { Reading } from "../reading/form.js";
import { composed, isPrintable } from "../reading/form-readers.js";
import { calendarDay, companyDay } from "./calendar-day.js";

/** What a value is read with, besides itself. */
export interface ReadingContext {
  /** Whose phone numbers need no country code; undefined: nobody's. */
  readonly country: CountryCode | undefined;
  readonly now: Date;
}

/** Reads what somebody wrote. Is given neither an empty text nor one with control characters. */
export type Reader<Value> = (written: string, context: ReadingContext) => Reading<Value>;

/** No value of a customer is longer, in UTF-16 units. */
const longestValue = 10_000;

/**
 * A text as it may be read further: composed (NFC), trimmed, lines ended by line feeds; null for an empty one.
 * What looks like a formula is data: it is the writing of a spreadsheet that has to disarm it.
 */
export function cleaned(written: string): Reading<string | null> {
  if (written.length > longestValue) return { reason: `It is longer than ${longestValue} characters.` };
  const value = composed(written);
  return isPrintable(value)
    ? { value: value === "" ? null : value }
    : { reason: "It holds a character that cannot be printed." };
}

const upTo =
  (longest: number) =>
  (value: string): Reading<string> =>
    value.length > longest ? { reason: `It is longer than ${longest} characters.` } : { value };

/** One line: line breaks and runs of spaces become one space. */
export const line =
  (longest = 200): Reader<string> =>
  (written) =>
    upTo(longest)(written.replace(/\s+/g, " "));

export const lines =
  (longest = longestValue): Reader<string> =>
  (written) =>
    upTo(longest)(written);

export const word =
  <Word extends string>(words: Readonly<Record<string, Word>>): Reader<Word> =>
  (written) => {
    const known = Object.values(words).find((candidate) => candidate === written);
    return known ? { value: known } : { reason: `It is none of ${Object.values(words).join(", ")}.` };
  };

/** A day as `YYYY-MM-DD`. Where day and month could be mistaken for each other, nothing is guessed. */
export const day: Reader<string> = (written) => {
  const yearFirst =
    /^(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})日?(?:[ T]0?0:00(?::00(?:\.0+)?)?Z?)?$/.exec(written) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(written);
  const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(written);
  const [year, month, dayOfMonth] = yearFirst?.slice(1) ?? dayFirst?.slice(1).reverse() ?? [];
  const value = calendarDay(Number(year), Number(month), Number(dayOfMonth));
  return value ? { value } : { reason: "It is not a day of the calendar, written as YYYY-MM-DD." };
};

/** A day that has come. */
export const pastDay: Reader<string> = (written, context) => {
  const read = day(written, context);
  if ("reason" in read) return read;
  return read.value <= companyDay(context.now) && read.value >= "1880-01-01"
    ? read
    : { reason: "The day is still to come, or too long ago." };
};

// Asia/Shanghai, as in companyDay.
const companyOffset = "+08:00";

/** An instant in ISO 8601; without an offset by the company's clock, without a time at the start of the day. */
export const pastInstant: Reader<Date> = (written, context) => {
  const reason = "It is not an instant that has come, written as YYYY-MM-DDThh:mm:ss+08:00.";
  const parts = /^(\S+?)(?:[ T](\d{1,2}:\d\d)(:\d\d)?(?:\.\d+)?)? ?(Z|[+-]\d\d:?\d\d)?$/i.exec(written);
  const on = parts ? day(parts[1]!, context) : { reason };
  if (!parts || "reason" in on) return { reason };
  const [, , time = "0:00", seconds = ":00", offset = companyOffset] = parts;
  const value = new Date(`${on.value}T${time.padStart(5, "0")}${seconds}${offset.toUpperCase()}`);
  return value <= context.now ? { value } : { reason };
};

/** CNY with at most two decimals, as a decimal string; thousands may be set off by commas. */
export const money =
  ({ negative = false } = {}): Reader<string> =>
  (written) => {
    const amount = /^(?:CNY|RMB|[¥￥])? ?(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d\d?)?) ?(?:CNY|RMB|元)?$/i.exec(
      written,
    );
    const value = amount?.[1]?.replaceAll(",", "");
    if (value === undefined || value.replace(/\..*|-/g, "").length > 12)
      return { reason: "It is not an amount in CNY, written as 1234.50." };
    return value.startsWith("-") && !negative ? { reason: "The amount is negative." } : { value };
  };

export const wholeNumber =
  (least: number, most: number): Reader<number> =>
  (written) => {
    const value = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
    return value >= least && value <= most
      ? { value }
      : { reason: `It is not a whole number from ${least} to ${most}.` };
  };
