import type { Reader } from "../reading/form.js";
import { dayOf } from "../workflow/calendar.js";

/** A day that has not passed on the company's calendar, until 2099. */
export const comingDay: Reader<string> = (value, now) =>
  value >= dayOf(now) && value < "2100-01-01"
    ? { value }
    : { reason: "It is not a day from today to 2099-12-31." };
