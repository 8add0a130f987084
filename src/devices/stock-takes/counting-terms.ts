import { type Calendar, endOf, type Term } from "../../workflow/calendar.js";
import { halfYearAfter } from "../../workflow/half-year.js";

/** How long the counting takes (proposed); after an allocation as rulebook 2.5 says. */
export const countingTerms = {
  PERIODIC: { workingDays: 10 },
  ALLOCATION: { workingDays: 5 },
} as const satisfies Record<string, Term>;

/** From when on a device that was counted is overdue: the next round has come by then, and its time is over. */
export const overdueAfter = (counted: Date, calendar: Calendar): Date =>
  endOf(countingTerms.PERIODIC, halfYearAfter(counted), calendar);
