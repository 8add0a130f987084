import type { Database } from "../database/client.js";
import { column, constant, join, name, sql } from "../reading/sql.js";
import { companyCalendar } from "./company-calendar.js";
import { dueReminders, remind } from "./due-reminders.js";
import type { Work } from "./step.js";
import { letFollow } from "./take-step.js";
import { type Hearer, nobody, transact } from "./transact.js";
import { allWorkflows, type Workflow } from "./workflow.js";

// What falls due by itself: steps of the clock, and reminders. Each step locks its form and compares its state, and each
// reminder is one row that cannot be there twice: however many servers look, it happens once, and what was missed while
// none ran happens at the next look. No right waits for it: what opens a field is closed by its dates.

/** Forms looked at in one go; the rest at the next look. */
const most = 500;

/** A form with which something that was due could not be done; it is tried again at the next look. */
export interface Failure {
  readonly form: string;
  readonly id: string;
  /** The step, or what was to be said. */
  readonly due: string;
  readonly err: unknown;
}

export interface Kept {
  readonly steps: number;
  readonly reminders: number;
  readonly failures: readonly Failure[];
}

/** Takes every step and says every reminder that is due at an instant. A form that fails holds up no other one. */
export async function keepTime(db: Database, now: Date, hearer: Hearer = nobody): Promise<Kept> {
  const calendar = await companyCalendar(db, now);
  const failures: Failure[] = [];
  const count = { steps: 0, reminders: 0 };
  const within = async (
    counted: keyof typeof count,
    due: Omit<Failure, "err">,
    happens: (work: Work) => Promise<boolean>,
  ): Promise<void> => {
    try {
      const run = (tx: Work["tx"]) => happens({ tx, now, calendar, by: null });
      if (await transact(db, hearer, run)) count[counted] += 1;
    } catch (err) {
      failures.push({ ...due, err });
    }
  };
  for (const workflow of allWorkflows()) {
    const { name: form, reminders = [] } = workflow;
    for (const { action, id } of await dueSteps(db, workflow, now))
      await within("steps", { form, id, due: action }, (work) => letFollow(work, workflow, action, id));
    for (const reminder of reminders)
      for (const { id, occasion } of await dueReminders(db, workflow, reminder, now, most))
        await within("reminders", { form, id, due: reminder.says }, (work) =>
          remind(work, workflow, reminder, id, occasion),
        );
  }
  return { ...count, failures };
}

async function dueSteps(db: Database, { name: table, actions }: Workflow, now: Date) {
  const due: { action: string; id: string }[] = [];
  for (const [action, { from, when }] of Object.entries(actions)) {
    if (!when) continue;
    const states = from.flatMap((state) => (state ? [constant(state)] : []));
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT t."id" FROM ${name(table)} t
      WHERE t."state" IN (${join(states)}) AND ${column(sql`t`, when)} <= ${now}
      ORDER BY ${column(sql`t`, when)}, t."id" LIMIT ${most}`;
    due.push(...rows.map(({ id }) => ({ action, id })));
  }
  return due;
}
