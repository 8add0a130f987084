import type { Database, DepartmentCode } from "../database/client.js";
import { companyCalendar } from "./company-calendar.js";
import type { Work } from "./step.js";
import { type Hearer, transact } from "./transact.js";

/**
 * Opens what has come round for departments, each in a transaction of its own; false of one that somebody else has opened
 * in the meantime. How many there were.
 */
export async function openForEach(
  db: Database,
  now: Date,
  departments: readonly { readonly code: DepartmentCode }[],
  open: (work: Work, department: DepartmentCode) => Promise<boolean>,
  hearer: Hearer,
): Promise<number> {
  if (departments.length === 0) return 0;
  const calendar = await companyCalendar(db, now);
  let opened = 0;
  for (const { code } of departments)
    if (await transact(db, hearer, (tx) => open({ tx, now, calendar, by: null }, code))) opened += 1;
  return opened;
}

/** Of what comes round for a department one is opened at a time: whoever opens the next one waits here. */
export const waitForOpening = ({ tx }: Pick<Work, "tx">, department: DepartmentCode): Promise<unknown> =>
  tx.$queryRaw`SELECT 1 FROM "Department" WHERE "code" = ${department}::"DepartmentCode" FOR NO KEY UPDATE`;
