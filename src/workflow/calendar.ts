/** How long somebody has. */
export type Term =
  | { readonly hours: number }
  | { readonly days: number }
  /** Days on which the company works; the term ends with the last of them (rulebook 0.2, 6-13, 6-15). */
  | { readonly workingDays: number }
  /** Hours in which the company works: from nine to six on each of these days (proposed). */
  | { readonly workingHours: number };

/** How long an approval can be used: a copy is handed over, or begins to be read, within it (proposed). */
export const approvalTerm: Term = { days: 7 };

/** The days on which the company works, Asia/Shanghai (rulebook 0.2). */
export interface Calendar {
  /** `2026-10-01`. */
  isWorkingDay(day: string): boolean;
}

/** A day that differs from the week: a holiday, or a weekend day that is worked. */
export interface ExceptionalDay {
  readonly day: string;
  readonly working: boolean;
}

const day = 86_400_000;
const hour = 3_600_000;

/** How far the company's calendar is ahead of UTC, milliseconds: China has had one time zone, without summer time, since 1992. */
export const offset = 8 * hour;

/** The day of an instant on the company's calendar: `2026-11-22`. */
export const dayOf = (instant: Date): string =>
  new Date(instant.getTime() + offset).toISOString().slice(0, 10);

/** When the company begins to work on a day that it works, milliseconds since midnight. */
export const opens = 9 * hour;
const closes = 18 * hour;

/** The instant at which a day ends on the company's calendar. */
export const endOfDay = (of: string): Date => new Date(Date.parse(`${of}T00:00:00Z`) + day - offset);

/** The instant at which it begins. */
export const startOfDay = (of: string): Date => new Date(endOfDay(of).getTime() - day);

const isWeekend = (of: string): boolean => [0, 6].includes(new Date(`${of}T00:00:00Z`).getUTCDay());

/** Monday to Friday, but for the days that differ. */
export function calendarOf(exceptions: readonly ExceptionalDay[]): Calendar {
  const known = new Map(exceptions.map(({ day, working }) => [day, working]));
  return { isWorkingDay: (of) => known.get(of) ?? !isWeekend(of) };
}

const next = (of: string): string => new Date(Date.parse(`${of}T00:00:00Z`) + day).toISOString().slice(0, 10);

/** The end of a term that begins at an instant. */
export function endOf(term: Term, from: Date, calendar: Calendar): Date {
  if ("hours" in term) return new Date(from.getTime() + term.hours * hour);
  if ("days" in term) return new Date(from.getTime() + term.days * day);
  if ("workingHours" in term) return afterWorkingHours(term.workingHours, from, calendar);
  let last = dayOf(from);
  for (let left = term.workingDays; left > 0; ) {
    last = next(last);
    if (calendar.isWorkingDay(last)) left -= 1;
  }
  return endOfDay(last);
}

/** How long the company works on a day, milliseconds. */
export const workedIn = (of: string, calendar: Calendar): number =>
  calendar.isWorkingDay(of) ? closes - opens : 0;

function afterWorkingHours(count: number, from: Date, calendar: Calendar): Date {
  let left = count * hour;
  for (let at = dayOf(from); ; at = next(at)) {
    if (!calendar.isWorkingDay(at)) continue;
    const midnight = startOfDay(at).getTime();
    const begin = Math.max(from.getTime(), midnight + opens);
    const worked = Math.max(0, midnight + closes - begin);
    if (left <= worked) return new Date(begin + left);
    left -= worked;
  }
}

/** How many working days lie after the day of `from`, up to the day of `to`. */
export function workingDaysBetween(from: Date, to: Date, calendar: Calendar): number {
  let count = 0;
  for (let at = next(dayOf(from)); at <= dayOf(to); at = next(at)) if (calendar.isWorkingDay(at)) count += 1;
  return count;
}

/** A term for people to read: `2 working days`. */
export function termInWords(term: Term): string {
  const [[unit, count]] = Object.entries(term) as [[string, number]];
  const words = {
    ...{ hours: "hour", days: "day" },
    ...{ workingDays: "working day", workingHours: "working hour" },
  }[unit]!;
  return `${count} ${words}${count === 1 ? "" : "s"}`;
}
