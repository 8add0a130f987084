import type { DepartmentCode, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { demoPeople, employeeId } from "./people.js";

// What has to be bought, assessed for each department fifty-five days ago, but for the one that has come round since;
// with the procurement of what was found.

/** Where nobody has assessed anything yet. */
const due: DepartmentCode = "PRODUCTION";

/** Where something has to be bought. */
const found = {
  department: "FINANCE",
  assessment: "The printer is seven years old; everything else will do for the next half year",
  need: { kind: "PRINTER", qty: 1, need: "Parts for the old one are no longer made" },
} as const;

const nothing = "What is in use and in the store will do for the next half year";

/** Those for whom something is bought, of those who are at work. */
const atWork = demoPeople.filter(
  ({ status, kind }) => !status && ["FORMAL", "TEMP", "INTERN"].includes(kind),
);

/** Days from the loading. */
const [opened, done, openedLast] = [-55, -52, -4];

const clerk = employeeId("clerk");

/** In the order of their numbers: the one that is due came last. */
const departments: readonly DepartmentCode[] = [
  ...[...new Set(atWork.map(({ department }) => department))].filter((code) => code !== due).sort(),
  due,
];

/** The assessment of every department, and what it has found; the numbers of procurements go on from the wishes. */
export function needAssessmentRows(
  at: Calendar,
  { procurementsBefore }: { readonly procurementsBefore: number },
) {
  const year = at(0).getUTCFullYear();
  const numbered = (prefix: string, number: number) => `${prefix}-${year}-${String(number).padStart(4, "0")}`;
  const procurements: Prisma.ProcurementCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const rows = departments.map((departmentCode, position): Prisma.NeedAssessmentCreateManyInput => {
    const id = demoId("nas", position + 1);
    const isDue = departmentCode === due;
    const assessed = {
      assessment: departmentCode === found.department ? found.assessment : nothing,
      ...{ assessedById: clerk, assessedAt: at(done) },
    };
    const openedAt = at(isDue ? openedLast : opened);
    const bought = departmentCode === found.department ? 1 : 0;
    const history = stepsOf("NeedAssessment", id, "clerk", [
      { action: "comeRound", to: "DUE", by: null, at: openedAt },
      ...(isDue ? [] : [{ action: "finish", to: "DONE", by: clerk, at: at(done) }]),
    ]);
    steps.push(...history.map((step) => ({ ...step, department: departmentCode })));
    if (bought > 0) {
      const number = procurementsBefore + 1;
      const procurementId = demoId("pro", number);
      procurements.push({
        ...{ id: procurementId, formNo: numbered("W", number), state: "NEED_ASSESSED" },
        ...{ departmentCode, needAssessmentId: id, ...found.need, ...assessed },
      });
      const opening = { action: "assessRound", to: "NEED_ASSESSED", by: null, at: at(done) };
      const begun = stepsOf("Procurement", procurementId, "clerk", [opening]);
      steps.push(...begun.map((step) => ({ ...step, department: departmentCode })));
    }
    return {
      ...{ id, formNo: numbered("NA", position + 1), departmentCode, openedAt, devicesToReplace: 0 },
      employeesAtWork: atWork.filter(({ department }) => department === departmentCode).length,
      ...(isDue ? { dueAt: at(openedLast + 14), state: "DUE" } : { ...assessed, state: "DONE" }),
    };
  });
  return { rows, procurements, steps };
}
