import type { Prisma } from "../client.js";
import { demoId } from "./id.js";
import { departmentOf } from "./people.js";

/** A step of a form of the demo organisation; who: by employee id, null for the clock or another form's step. */
export interface DemoStep {
  readonly action: string;
  readonly to: string;
  readonly by: string | null;
  readonly at: Date;
  readonly seat?: string;
  readonly note?: string | null;
}

/** A form's steps as its history, each beginning where the one before it ended; `staffNo`: whom it is about. */
export const stepsOf = (
  form: string,
  recordId: string,
  staffNo: string,
  steps: readonly DemoStep[],
): Omit<HistoryRow, "id">[] =>
  steps.map(({ action, to, by, at, seat, note }, index) => ({
    ...{ form, recordId, action, to, at },
    from: steps[index - 1]?.to ?? null,
    byId: by,
    seat: seat ?? null,
    note: note ?? null,
    changes: [],
    department: departmentOf(staffNo),
  }));

type HistoryRow = Prisma.FormEventCreateManyInput;

/** The histories of all forms, in the order in which the steps were taken. */
export const historyRows = (steps: readonly Omit<HistoryRow, "id">[]): HistoryRow[] =>
  [...steps]
    .sort((one, other) => new Date(one.at).getTime() - new Date(other.at).getTime())
    .map((step, position) => ({ ...step, id: demoId("evt", position + 1) }));
