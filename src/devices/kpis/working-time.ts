import { constant, type Sql, sql } from "../../reading/sql.js";
import { type Calendar, dayOf, offset, opens, workedIn } from "../../workflow/calendar.js";

// The company's working hours as a table that a statement joins: how many lie before each day, so that the hours between
// two instants are a difference, however many days there are between them.

const day = 86_400_000;

/** Days before the period that terms are counted on from: each term is over long before. */
const lead = 40;

/** The number of a day on the company's calendar, since 1970. */
const numberOf = (instant: Date): number => Date.parse(`${dayOf(instant)}T00:00:00Z`) / day;

const nameOf = (number: number): string => new Date(number * day).toISOString().slice(0, 10);

/** The table `days`: `no`, the working milliseconds and working days `before` it, and the milliseconds `worked` on it. */
export function daysTable({ from, to }: { readonly from: Date; readonly to: Date }, calendar: Calendar): Sql {
  const first = numberOf(from) - lead;
  const numbers = Array.from({ length: numberOf(to) - first + 1 }, (_, index) => first + index);
  const worked = numbers.map((number) => workedIn(nameOf(number), calendar));
  let [sum, count] = [0, 0];
  const before = worked.map((here) => {
    const known = [sum, count] as const;
    sum += here;
    count += here > 0 ? 1 : 0;
    return known;
  });
  return sql`SELECT * FROM unnest(${numbers}::int4[], ${before.map(([ms]) => ms)}::int8[],
    ${before.map(([, days]) => days)}::int4[], ${worked}::int8[]) AS days("no", "before", "daysBefore", "worked")`;
}

const milliseconds = (instant: Sql): Sql =>
  sql`(date_part('epoch', ${instant}) * 1000)::int8 + ${constant(offset)}`;

/** Which row of `days` an instant lies in; what lies before them all counts in the first. */
export const dayOfSql = (instant: Sql, { from }: { readonly from: Date }): Sql =>
  sql`greatest(((${milliseconds(instant)}) / ${constant(day)})::int4, ${numberOf(from) - lead}::int4)`;

/** Working milliseconds up to an instant, with the row of `days` that it lies in. */
export const workedUntil = (instant: Sql, days: Sql): Sql =>
  sql`(${days}."before" + least(greatest((${milliseconds(instant)}) % ${constant(day)} - ${constant(opens)}, 0), ${days}."worked"))`;
