import { refusal } from "../../errors.js";
import { startOfDay } from "../../workflow/calendar.js";
import type { KpiPeriodInput } from "./kpi-period.input.js";

export interface Period {
  readonly from: Date;
  readonly to: Date;
}

/** As long as a period of counters ever is, days: two years. */
const longest = 731;
const day = 86_400_000;

const refuse = (reason: string) => refusal("BAD_USER_INPUT", { inputPath: "period", reason });

/** The first instant of a month by the company's calendar; months go on counting after December. */
const monthBegins = (year: number, month: number): Date =>
  startOfDay(new Date(Date.UTC(year, month - 1, 1)).toISOString().slice(0, 10));

function named(word: string, pattern: RegExp, months: number): Period {
  const [, year, number] = pattern.exec(word)?.map(Number) ?? [];
  if (year === undefined || number === undefined || number < 1 || number > 12 / months)
    throw refuse(months === 1 ? "It is no month such as 2026-11." : "It is no quarter such as 2026-Q4.");
  const first = (number - 1) * months + 1;
  return { from: monthBegins(year, first), to: monthBegins(year, first + months) };
}

function given({ from, to, month, quarter }: KpiPeriodInput): Period {
  const ways = [from ?? to, month, quarter].filter((way) => way !== null && way !== undefined);
  if (ways.length !== 1) throw refuse("It is given in one way: from and to, a month, or a quarter.");
  if (typeof month === "string") return named(month, /^(\d{4})-(\d{2})$/, 1);
  if (typeof quarter === "string") return named(quarter, /^(\d{4})-Q(\d)$/, 3);
  if (!from || !to) throw refuse("It takes both from and to.");
  return { from: new Date(from), to: new Date(to) };
}

/**
 * The period that is asked for, no further than now. Throws BAD_USER_INPUT for one that is given in no way or in several,
 * is empty or backwards, is longer than two years, or has not begun.
 */
export function readPeriod(input: KpiPeriodInput, now: Date): Period {
  const { from, to } = given(input);
  if (from >= to) throw refuse("It is empty.");
  if (to.getTime() - from.getTime() > longest * day) throw refuse("It is longer than two years.");
  if (from >= now) throw refuse("It has not begun.");
  return { from, to: to < now ? to : now };
}
