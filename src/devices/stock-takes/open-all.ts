import type { Database, DepartmentCode } from "../../database/client.js";
import { constant, join } from "../../reading/sql.js";
import { endOf } from "../../workflow/calendar.js";
import { openForEach } from "../../workflow/come-round.js";
import { halfYearBefore } from "../../workflow/half-year.js";
import { recordOpening } from "../../workflow/history.js";
import type { Work } from "../../workflow/step.js";
import { entryTo } from "../../workflow/take-step.js";
import { type Hearer, nobody } from "../../workflow/transact.js";
import { countingTerms } from "./counting-terms.js";
import { countable, isBeingCounted, keeper, ofDepartment, storeStockTake } from "./open-stock-take.js";
import { stockTakeWorkflow } from "./stock-take.workflow.js";

/**
 * Opens the stock-take of every department that has devices and has not been counted as a whole for half a year
 * (S004-P4-22). Of several servers that do so at once one does. How many there were.
 */
export async function openAllStockTakes(db: Database, now: Date, hearer: Hearer = nobody): Promise<number> {
  const departments = await db.$queryRaw<{ code: DepartmentCode }[]>`
    SELECT DISTINCT coalesce(d."departmentCode", ${keeper}::"DepartmentCode")::text AS "code" FROM "Device" d
    WHERE d."state" IN (${join(countable.map(constant))})
      AND NOT EXISTS (SELECT 1 FROM "StockTake" s WHERE s."whole"
        AND s."departmentCode" = coalesce(d."departmentCode", ${keeper}::"DepartmentCode")
        AND (s."openedAt" > ${halfYearBefore(now)} OR s."state" = 'OPEN'))
    ORDER BY 1`;
  return openForEach(db, now, departments, openPeriodic, hearer);
}

/** False: somebody else has opened it in the meantime. */
async function openPeriodic(work: Work, departmentCode: DepartmentCode): Promise<boolean> {
  const { tx, now, calendar } = work;
  if (await isBeingCounted(work, departmentCode)) return false;
  const since = { gt: halfYearBefore(now) };
  if ((await tx.stockTake.count({ where: { departmentCode, whole: true, openedAt: since } })) > 0)
    return false;
  const entry = entryTo(work, stockTakeWorkflow, "OPEN");
  await storeStockTake(work, entry, { trigger: "PERIODIC", departmentCode, whole: true });
  // Where it comes round late, what is not overdue yet is not before its time is over either; what an allocation has to
  // have counted is.
  const dueAt = endOf(countingTerms.PERIODIC, now, calendar);
  await tx.device.updateMany({
    where: {
      ...{ ...ofDepartment(departmentCode), stockTakeDueAt: { gt: now, lt: dueAt } },
      NOT: { stockTakeLines: { some: { stockTake: { trigger: "ALLOCATION", state: "OPEN" } } } },
    },
    data: { stockTakeDueAt: dueAt },
  });
  await recordOpening(work, stockTakeWorkflow, "comeRound", { department: departmentCode }, entry);
  return true;
}
