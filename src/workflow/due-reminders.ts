import type { Database } from "../database/client.js";
import { all, any, column, constant, isTrue, join, name, type Sql, sql } from "../reading/sql.js";
import type { Stored } from "./facts.js";
import { loadForm } from "./load-facts.js";
import type { Work } from "./step.js";
import { tell } from "./tell.js";
import type { Reminder, Workflow } from "./workflow.js";

// What is to be said of which forms now (rulebook 2.5), and the saying of it.

type AnyReminder = Reminder<unknown, string>;

const t = sql`t`;

const oneOf = (value: Sql, states: readonly string[]): Sql =>
  sql`${value} IN (${join(states.map(constant))})`;

/** The instant at which it is to be said, for the first time where it is said daily. */
const instantOf = ({ of, hoursBefore = 0, hoursAfter = 0 }: AnyReminder): Sql =>
  sql`(${column(t, of)} + ${constant(hoursAfter - hoursBefore)} * interval '1 hour')`;

/** How many whole days have passed since then. */
const daysSince = (reminder: AnyReminder, now: Date): Sql =>
  sql`floor(extract(epoch FROM ${now}::timestamptz - ${instantOf(reminder)}) / 86400)::int`;

/** The last instant at which it is to be said. */
const lastInstantOf = (reminder: AnyReminder, now: Date): Sql =>
  reminder.daily
    ? sql`(${instantOf(reminder)} + ${daysSince(reminder, now)} * interval '24 hours')`
    : instantOf(reminder);

/** What it is, the instant that it is about, and which day after it. */
function occasionOf(reminder: AnyReminder, now: Date): Sql {
  const { of, hoursBefore = 0, hoursAfter, daily } = reminder;
  const when = hoursAfter ? `+${hoursAfter}` : `-${hoursBefore}`;
  const day = daily ? sql` || '+' || ${daysSince(reminder, now)}` : sql``;
  return sql`${`${of}${when}h@`} || extract(epoch FROM ${column(t, of)})::bigint${day}`;
}

/** The form stands where it is to be said, and its instant has come. */
const hasCome = (reminder: AnyReminder, now: Date): Sql =>
  all([
    oneOf(column(t, "state"), reminder.states),
    sql`${instantOf(reminder)} <= ${now}`,
    reminder.unless ? sql`${column(t, reminder.unless)} IS NULL` : isTrue,
  ]);

/** It has come to stand there only later. */
const cameLater = ({ states }: AnyReminder, instant: Sql): Sql => sql`EXISTS (
  SELECT 1 FROM "FormEvent" e WHERE e."recordId" = t."id" AND ${oneOf(sql`e."to"`, states)}
    AND (e."from" IS NULL OR NOT ${oneOf(sql`e."from"`, states)}) AND e."at" > ${instant})`;

/** Something that was to be said later has come as well. */
const isOvertaken = (reminder: AnyReminder, others: readonly AnyReminder[], instant: Sql, now: Date): Sql =>
  any(
    others
      .filter((other) => other !== reminder)
      .map((other) => all([hasCome(other, now), sql`${instantOf(other)} > ${instant}`])),
  );

/** Forms about which this is to be said now and has not been; at most so many. */
export async function dueReminders(
  db: Database,
  { name: table, reminders = [] }: Workflow,
  reminder: AnyReminder,
  now: Date,
  most: number,
): Promise<readonly { id: string; occasion: string }[]> {
  const occasion = occasionOf(reminder, now);
  const instant = lastInstantOf(reminder, now);
  return db.$queryRaw<{ id: string; occasion: string }[]>`
    SELECT t."id", ${occasion} AS "occasion" FROM ${name(table)} t
    WHERE ${all([
      hasCome(reminder, now),
      // What lies behind an instant is no longer said to be ahead.
      reminder.hoursBefore ? sql`${column(t, reminder.of)} > ${now}` : isTrue,
      sql`NOT ${cameLater(reminder, instant)}`,
      sql`${isOvertaken(reminder, reminders, instant, now)} IS NOT TRUE`,
    ])}
      AND NOT EXISTS (SELECT 1 FROM "Notification" n
        WHERE n."recordId" = t."id" AND n."occasion" = ${occasion} AND n."says" = ${reminder.says})
    ORDER BY ${instant}, t."id" LIMIT ${most}`;
}

/** Says it, where the form still stands as it stood; false: it does not. */
export async function remind(
  work: Work,
  workflow: Workflow,
  { to, says, states, unless }: AnyReminder,
  id: string,
  occasion: string,
): Promise<boolean> {
  const form = await loadForm(work.tx, workflow, id, { lock: true });
  if (!form || !states.includes(form.state)) return false;
  if (unless && (form.row as Stored<Record<string, unknown>>)[unless] !== null) return false;
  await tell(work, workflow, form, { to, says, occasion });
  return true;
}
