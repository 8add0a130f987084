import type { DepartmentCode, DeviceKind, NeedAssessment as Row } from "../../database/client.js";
import { checkForm, checkLines, type FormRules, filled, incomplete } from "../../reading/form.js";
import { anyValue, lines, wholeNumber } from "../../reading/form-readers.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import { recordOpening } from "../../workflow/history.js";
import type { Step, Work } from "../../workflow/step.js";
import { entryTo } from "../../workflow/take-step.js";
import { mostDevices } from "../order.js";
import { procurementWorkflow } from "../procurement.workflow.js";
import type { FinishNeedAssessmentInput } from "./need-assessment.input.js";

interface Assessed {
  readonly assessment: string;
}

/** Something that has to be bought. */
interface Need {
  readonly kind: DeviceKind;
  readonly qty: number;
  readonly reason: string;
}

/** Needs of one assessment. */
const most = 50;

const assessedRules: FormRules<Assessed> = { assessment: filled(lines(2_000)) };
const needRules: FormRules<Need> = {
  kind: filled(anyValue),
  qty: filled(wholeNumber(1, mostDevices)),
  reason: filled(lines(2_000)),
};

/** Closes the assessment, and opens a procurement for each need that it has found. */
export async function finish({ now, by, facts, input }: Step<Row, FinishNeedAssessmentInput>) {
  const { assessment, needs } = readAssessment(input, now);
  const assessed = { assessment, assessedById: by!.caller.id, assessedAt: now };
  const { id: needAssessmentId, row } = facts;
  return {
    set: assessed,
    changes: [`${needs.length} to be bought`],
    brings: (work: Work) =>
      openProcurements(work, needs, { ...assessed, needAssessmentId, departmentCode: row.departmentCode }),
  };
}

/** Throws FORM_INCOMPLETE naming all that is missing. That nothing is needed is said, not left out. */
function readAssessment(
  input: FinishNeedAssessmentInput,
  now: Date,
): Assessed & { readonly needs: readonly Need[] } {
  const text = checkForm<Assessed>(input, assessedRules, now);
  const found =
    input.needs?.length === 0
      ? { lines: [], problems: [] }
      : checkLines<Need>("needs", input.needs, needRules, now, most);
  const problems = [...text.problems, ...found.problems];
  if (problems.length > 0) throw incomplete(problems);
  return { ...(text.given as Assessed), needs: found.lines as readonly Need[] };
}

interface Found extends Assessed {
  readonly assessedById: string;
  readonly assessedAt: Date;
  readonly needAssessmentId: string;
  readonly departmentCode: DepartmentCode;
}

/** It is the department's need, and nobody's own wish: the general manager approves it like any other. */
async function openProcurements(work: Work, needs: readonly Need[], found: Found): Promise<void> {
  const { tx, now } = work;
  for (const { kind, qty, reason: need } of needs) {
    const entry = entryTo(work, procurementWorkflow, "NEED_ASSESSED");
    await tx.procurement.create({
      data: {
        ...{ id: entry.id, dueAt: entry.dueAt, state: "NEED_ASSESSED", kind, qty, need, ...found },
        formNo: await nextFormNumber(tx, "W", now),
      },
      select: { id: true },
    });
    const about = { department: found.departmentCode };
    await recordOpening(work, procurementWorkflow, "assessRound", about, entry);
  }
}
