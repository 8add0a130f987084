import { calendarDay } from "./calendar-day.js";

/** What a Chinese resident identity number says. */
export interface ResidentId {
  /** As it is stored: no spaces, `X` in upper case. */
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string;
  readonly sex: "M" | "F";
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character for the first 17 digits: ISO 7064, MOD 11-2 (GB 11643-1999). */
export function checkCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return "10X98765432"[sum % 11]!;
}

/**
 * Reads an identity number of 18 characters, or of the 15 digits that were issued until 1999 (S004-P3-6); null where
 * it breaks its coding rule. Whether the day of birth is past is for somebody with a clock.
 */
export function readResidentId(written: string): ResidentId | null {
  const number = written.replace(/\s/g, "").toUpperCase();
  const parts =
    /^([1-9]\d{5})(\d{4})(\d\d)(\d\d)\d\d(\d)[\dX]$/.exec(number) ??
    /^([1-9]\d{5})(\d\d)(\d\d)(\d\d)\d\d(\d)$/.exec(number);
  if (!parts) return null;
  if (number.length === 18 && checkCharacter(number) !== number[17]) return null;
  const [, , year, month, day, sexDigit] = parts as unknown as string[];
  const dateOfBirth = calendarDay(
    year!.length === 2 ? 1900 + Number(year) : Number(year),
    Number(month),
    Number(day),
  );
  return dateOfBirth === null ? null : { number, dateOfBirth, sex: Number(sexDigit) % 2 ? "M" : "F" };
}
