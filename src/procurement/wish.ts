import type { DepartmentCode, PrincipalKind, Procurement as Row } from "../database/client.js";
import { type FormRules, filled, incomplete, readWholeForm } from "../reading/form.js";
import { anyValue, lines } from "../reading/form-readers.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener, Opening, Step } from "../workflow/step.js";
import type {
  AssessOralWishInput,
  AssessProcurementInput,
  RequestProcurementInput,
  WishProcurementInput,
} from "./procurement.input.js";

// What a department wishes, until it is approved: who needs what, and why administration finds so.

interface Wished {
  readonly need: string;
}

interface Assessed {
  readonly assessment: string;
}

interface Spoken extends Wished, Assessed {
  readonly employeeId: string;
}

const text = filled(lines(2_000));
const wishRules: FormRules<Wished> = { need: text };
const spokenRules: FormRules<Spoken> = { employeeId: filled(anyValue), need: text, assessment: text };

/** Who wishes something to be bought, and for whom it is. */
export const mayWish = ["FORMAL", "TEMP", "INTERN"] as const satisfies readonly PrincipalKind[];

/** A wish of the caller's own. */
export const wish: Opener<WishProcurementInput, Wished> = {
  read: (input, { caller: { now } }) => readWholeForm<Wished>(input, wishRules, now),
  subject: (_form, { id }) => id,
  write: (opening) => store(opening, { state: "WISHED", need: opening.form.need }),
};

/** A wish that somebody has spoken, assessed by whoever writes it down. */
export const assessOralWish: Opener<AssessOralWishInput, Spoken> = {
  read: (input, { caller: { now } }) => readWholeForm<Spoken>(input, spokenRules, now),
  subject: ({ employeeId }) => employeeId,
  write(opening) {
    if (!mayWish.some((kind) => kind === opening.subject.kind))
      throw incomplete([{ field: "employeeId", reason: "Only who is employed here wishes something." }]);
    const { need, assessment } = opening.form;
    const assessed = { assessedById: opening.by.caller.id, assessedAt: opening.now };
    return store(opening, { state: "NEED_ASSESSED", need, assessment, ...assessed });
  },
};

/** It counts for the department in which the person is now. */
async function store(
  { tx, now, entry, subject }: Opening<unknown>,
  wished: Pick<Row, "state" | "need"> & Partial<Pick<Row, "assessment" | "assessedById" | "assessedAt">>,
): Promise<void> {
  await tx.procurement.create({
    data: {
      ...{ id: entry.id, dueAt: entry.dueAt, ...wished },
      formNo: await nextFormNumber(tx, "W", now),
      wishedById: subject.id,
      departmentCode: subject.department as DepartmentCode,
    },
    select: { id: true },
  });
}

export const assessNeed = async ({ now, input }: Step<Row, AssessProcurementInput>) => ({
  set: readWholeForm<Assessed>(input, { assessment: text }, now),
});

export const requestPurchase = async ({ now, input }: Step<Row, RequestProcurementInput>) => ({
  set: readWholeForm<{ specification: string }>(input, { specification: text }, now),
});

export const deliver = async ({ now }: Step<Row, unknown>) => ({ set: { deliveredAt: now } });
