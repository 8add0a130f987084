import type { Reader } from "../reading/form.js";
import { dayOf, endOfDay } from "../workflow/calendar.js";

// What a training demands, and for how long it counts.

/** What a test has to come to, of 100 points (proposed). */
export const passMark = 60;

/** Class hours that the course of sellers has at least (S004-P3-9). */
export const sellerHours = 2;

/** A decimal number of one decimal place, between two bounds. */
export const tenths =
  (least: number, most: number): Reader<string> =>
  (value) =>
    /^\d{1,3}(\.\d)?$/.test(value) && Number(value) >= least && Number(value) <= most
      ? { value }
      : { reason: `It is not from ${least} to ${most}, with one decimal place at most.` };

/** It takes the pass mark, and having been there for all of it. */
export const isPassed = (score: string, attendedHours: number, hours: number): boolean =>
  Number(score) >= passMark && attendedHours >= hours;

/**
 * What is passed counts through the same day of the next year, on the company's calendar, from the day on which it was
 * held: a late evaluation makes it no longer (rulebook 2.4 M: 12 months).
 */
export function expiryOf(heldAt: Date): Date {
  const [year, month, day] = dayOf(heldAt).split("-").map(Number) as [number, number, number];
  return endOfDay(new Date(Date.UTC(year + 1, month - 1, day)).toISOString().slice(0, 10));
}
