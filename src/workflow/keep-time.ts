import type { Database } from "../database/client.js";
import { all, column, constant, join, name, type Sql, sql } from "../reading/sql.js";
import { companyCalendar } from "./company-calendar.js";
import { loadForm } from "./load-facts.js";
import type { Work } from "./step.js";
import { letFollow } from "./take-step.js";
import { tell } from "./tell.js";
import { allWorkflows, type Reminder, type Workflow } from "./workflow.js";

// What falls due by itself: steps of the clock, and reminders. Each step locks its form and compares its state, and each
// reminder is one row that cannot be there twice: however many servers look, it happens once, and what was missed while
// none ran happens at the next look. No right waits for it: what opens a field is closed by its dates.

/** Forms looked at in one go; the rest at the next look. */
const most = 500;

export interface Kept {
  readonly steps: number;
  readonly reminders: number;
}

/** Takes every step and says every reminder that is due at an instant. */
export async function keepTime(db: Database, now: Date): Promise<Kept> {
  const calendar = await companyCalendar(db, now);
  const within = <Result>(work: (work: Work) => Promise<Result>): Promise<Result> =>
    db.$transaction((tx) => work({ tx, now, calendar, by: null }));
  let steps = 0;
  let reminders = 0;
  for (const workflow of allWorkflows()) {
    for (const { action, id } of await dueSteps(db, workflow, now))
      if (await within((work) => letFollow(work, workflow, action, id))) steps += 1;
    for (const reminder of workflow.reminders ?? [])
      for (const { id, occasion } of await dueReminders(db, workflow, reminder, now)) {
        await within((work) => remind(work, workflow, reminder, id, occasion));
        reminders += 1;
      }
  }
  return { steps, reminders };
}

const inStates = (row: Sql, states: readonly (string | null)[]): Sql =>
  sql`${column(row, "state")} IN (${join(states.flatMap((state) => (state ? [constant(state)] : [])))})`;

const t = sql`t`;

async function dueSteps(db: Database, { name: table, actions }: Workflow, now: Date) {
  const due: { action: string; id: string }[] = [];
  for (const [action, { from, when }] of Object.entries(actions)) {
    if (!when) continue;
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT t."id" FROM ${name(table)} t WHERE ${inStates(t, from)} AND ${column(t, when)} <= ${now}
      ORDER BY ${column(t, when)}, t."id" LIMIT ${most}`;
    due.push(...rows.map(({ id }) => ({ action, id })));
  }
  return due;
}

/** A reminder's occasion: what it is, the instant that it is about, and which day after it. */
function occasionToSql({ of, hoursBefore = 0, daily }: Reminder<unknown, string>, now: Date): Sql {
  const instant = column(t, of);
  const day = daily ? sql` || '+' || ${daysSince(instant, now)}` : sql``;
  return sql`${`${of}-${hoursBefore}h@`} || extract(epoch FROM ${instant})::bigint${day}`;
}

const daysSince = (instant: Sql, now: Date): Sql =>
  sql`floor(extract(epoch FROM ${now}::timestamptz - ${instant}) / 86400)::int`;

/** Forms about which this is to be said now and has not been. What lies behind the instant is no longer said to be ahead. */
async function dueReminders(
  db: Database,
  { name: table }: Workflow,
  reminder: Reminder<unknown, string>,
  now: Date,
) {
  const instant = column(t, reminder.of as string);
  const { hoursBefore = 0 } = reminder;
  const occasion = occasionToSql(reminder, now);
  const near = sql`${instant} - ${hoursBefore} * interval '1 hour' <= ${now}`;
  return db.$queryRaw<{ id: string; occasion: string }[]>`
    SELECT t."id", ${occasion} AS "occasion" FROM ${name(table)} t
    WHERE ${all([inStates(t, reminder.states), near, ...(hoursBefore > 0 ? [sql`${instant} > ${now}`] : [])])}
      AND NOT EXISTS (SELECT 1 FROM "Notification" n WHERE n."recordId" = t."id" AND n."occasion" = ${occasion})
    ORDER BY ${instant}, t."id" LIMIT ${most}`;
}

async function remind(
  work: Work,
  workflow: Workflow,
  { to, says, states }: Reminder<unknown, string>,
  id: string,
  occasion: string,
): Promise<void> {
  const form = await loadForm(work.tx, workflow, id, { lock: true });
  if (form && states.includes(form.state)) await tell(work, workflow, form, { to, says, occasion });
}
