import type { Database, DepartmentCode } from "../../database/client.js";
import { running } from "../../devices/renewal/renewal.enums.js";
import { constant, join } from "../../reading/sql.js";
import { openForEach, waitForOpening } from "../../workflow/come-round.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import { halfYearBefore } from "../../workflow/half-year.js";
import { recordOpening } from "../../workflow/history.js";
import type { Work } from "../../workflow/step.js";
import { entryTo } from "../../workflow/take-step.js";
import { type Hearer, nobody } from "../../workflow/transact.js";
import { mayWish } from "../wish.js";
import { needAssessmentWorkflow } from "./need-assessment.workflow.js";

/**
 * Opens the assessment of what has to be bought for every department that has employees at work and of which none has
 * come round for half a year (S000-4.1a). Of several servers that do so at once one does. How many there were.
 */
export async function openAllNeedAssessments(
  db: Database,
  now: Date,
  hearer: Hearer = nobody,
): Promise<number> {
  const departments = await db.$queryRaw<{ code: DepartmentCode }[]>`
    SELECT DISTINCT e."departmentCode"::text AS "code" FROM "Employee" e
    WHERE e."status" = 'ACTIVE' AND e."kind" IN (${join(mayWish.map(constant))})
      AND NOT EXISTS (SELECT 1 FROM "NeedAssessment" n WHERE n."departmentCode" = e."departmentCode"
        AND (n."openedAt" > ${halfYearBefore(now)} OR n."state" = 'DUE'))
    ORDER BY 1`;
  return openForEach(db, now, departments, openPeriodic, hearer);
}

/** False: somebody else has opened it in the meantime. */
async function openPeriodic(work: Work, departmentCode: DepartmentCode): Promise<boolean> {
  const { tx, now } = work;
  await waitForOpening(work, departmentCode);
  const there = { OR: [{ openedAt: { gt: halfYearBefore(now) } }, { state: "DUE" as const }] };
  if ((await tx.needAssessment.count({ where: { departmentCode, ...there } })) > 0) return false;
  await openNeedAssessment(work, departmentCode);
  return true;
}

/** Opens the assessment of one department, with what of the department helps whoever assesses it, as it is now. */
export async function openNeedAssessment(work: Work, departmentCode: DepartmentCode): Promise<string> {
  const { tx, now } = work;
  const entry = entryTo(work, needAssessmentWorkflow, "DUE");
  await tx.needAssessment.create({
    data: {
      ...{ id: entry.id, dueAt: entry.dueAt, state: "DUE", openedAt: now, departmentCode },
      formNo: await nextFormNumber(tx, "NA", now),
      employeesAtWork: await tx.employee.count({
        where: { departmentCode, status: "ACTIVE", kind: { in: [...mayWish] } },
      }),
      devicesToReplace: await tx.renewalPlan.count({
        where: { device: { departmentCode }, state: { in: [...running] } },
      }),
    },
    select: { id: true },
  });
  await recordOpening(work, needAssessmentWorkflow, "comeRound", { department: departmentCode }, entry);
  return entry.id;
}
