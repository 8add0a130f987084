import type { Database } from "../database/client.js";
import { dayOf } from "../workflow/calendar.js";
import { companyCalendar } from "../workflow/company-calendar.js";
import { recordOpening } from "../workflow/history.js";
import { entryTo } from "../workflow/take-step.js";
import { type Hearer, nobody, transact } from "../workflow/transact.js";
import { recertificationWorkflow } from "./recertification.workflow.js";

/** Grants asked about in one go; the rest at the next look. */
const most = 500;

/** The month in which the period of an instant began, on the company's calendar: periods of a year begin in January. */
export function periodOf(now: Date, months: number): string {
  const [year, month] = dayOf(now).split("-").map(Number) as [number, number];
  const count = year * 12 + month - 1;
  const first = count - (count % months);
  return `${Math.floor(first / 12)}-${String((first % 12) + 1).padStart(2, "0")}`;
}

/**
 * Asks about every grant in force that was given before the period began and has not been asked about in it. Of several
 * servers that do so one asks: a grant is asked about once in a period. `months` is the length of one; 0: never.
 */
export async function askWhatIsNeeded(
  db: Database,
  now: Date,
  months: number,
  hearer: Hearer = nobody,
): Promise<number> {
  if (months === 0) return 0;
  const round = periodOf(now, months);
  const began = new Date(`${round}-01T00:00:00+08:00`);
  const grants = await db.grant.findMany({
    where: {
      state: "ACTIVE",
      validFrom: { lt: began },
      validTo: { gt: now },
      reviews: { none: { round } },
    },
    orderBy: { id: "asc" },
    take: most,
    select: { id: true, granteeId: true, grantee: { select: { departmentCode: true } } },
  });
  if (grants.length === 0) return 0;
  const calendar = await companyCalendar(db, now);
  let asked = 0;
  for (const { id: grantId, granteeId, grantee } of grants)
    await transact(db, hearer, async (tx) => {
      const work = { tx, now, calendar, by: null };
      const entry = entryTo(work, recertificationWorkflow, "OPEN");
      const { count } = await tx.recertification.createMany({
        data: { ...entry, state: "OPEN", grantId, granteeId, round },
        skipDuplicates: true,
      });
      const subject = { department: grantee.departmentCode };
      if (count > 0) await recordOpening(work, recertificationWorkflow, "ask", subject, entry);
      asked += count;
    });
  return asked;
}
