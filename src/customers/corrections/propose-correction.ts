import { refusal } from "../../errors.js";
import { clearable, type FormRules, filled, readWholeForm, refuseForm } from "../../reading/form.js";
import { anyValue, lineList, lines } from "../../reading/form-readers.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import type { Opener } from "../../workflow/step.js";
import { requireInClearance } from "../in-clearance.js";
import type { FieldProblem } from "../validate-customer.js";
import {
  asStored,
  checkStaffContact,
  checkValue,
  correctableFields,
  lockCustomer,
} from "./check-correction.js";
import type { ProposeCorrectionInput } from "./correction.input.js";
import { fieldsSeenClear, requireUse } from "./may-correct.js";

/** A correction as it is proposed. */
export interface CorrectionForm {
  readonly customerId: string;
  readonly field: string;
  readonly newValue: string | null;
  readonly reason: string;
  readonly evidence: string[];
}

const rules: FormRules<CorrectionForm> = {
  customerId: filled(anyValue),
  field: filled((written) =>
    correctableFields().has(written)
      ? { value: written }
      : { reason: "There is no such field that can be corrected." },
  ),
  newValue: clearable(anyValue),
  reason: filled(lines(2_000)),
  evidence: filled(lineList(200, 20)),
};

/** Statuses of customers of whom nothing is corrected any more. */
export const beyondCorrection: readonly (string | null | undefined)[] = ["DISPOSAL_PENDING", "DESTROYED"];

/** Proposes a correction of a field that the proposer sees clear; what it holds so far is read here, not sent. */
export const proposeCorrection: Opener<ProposeCorrectionInput, CorrectionForm> = {
  read: (input, { caller }) =>
    readWholeForm<CorrectionForm>({ ...input, evidence: input.evidence ?? [] }, rules, caller.now, () =>
      input.newValue === undefined
        ? [{ field: "newValue", reason: "It is missing; null clears the field." }]
        : [],
    ),
  subject: (_form, { id }) => id,
  async write({ tx, now, by: { caller, decisions }, form, entry }) {
    const { customerId, reason, evidence } = form;
    const field = correctableFields().get(form.field)!;
    await requireInClearance(tx, decisions, [customerId], () => "input.customerId");
    await requireUse(tx, decisions, { customerId, field, use: "SEE_CLEAR", inputPath: "input.field" });
    const stored = await lockCustomer(tx, customerId);
    if (beyondCorrection.includes(stored.status))
      throw refusal("WRONG_STATE", {
        inputPath: "input.customerId",
        needs: "a customer who is neither destroyed nor proposed for disposal",
      });
    const seen = await fieldsSeenClear(tx, decisions, customerId);
    const { value, problems } = checkValue(stored, field, form.newValue, now, (name) => seen.has(name));
    if (problems.length > 0) throw refuseValue(problems);
    // Whose contact it is, is not for customers to try out: the steward is told.
    const staff = caller.kind === "CUSTOMER" ? [] : await checkStaffContact(tx, field, value);
    const oldValue = stored[field.name] ?? null;
    const newValue = await asStored(tx, field, value);
    const found = newValue === oldValue ? [...staff, unchanged] : staff;
    if (found.length > 0) throw refuseValue(found);
    await tx.correctionRequest.create({
      data: {
        ...{ id: entry.id, dueAt: entry.dueAt, state: "PROPOSED" },
        formNo: await nextFormNumber(tx, "B", now),
        ...{ customerId, field: form.field, oldValue, newValue, reason, evidence },
        proposedById: caller.id,
        proposedAt: now,
      },
      select: { id: true },
    });
  },
};

const refuseValue = (problems: readonly Pick<FieldProblem, "code" | "reason">[]) =>
  refuseForm(problems.map(({ code, reason }) => ({ field: "newValue", code, reason })));

const unchanged = { code: "FORM_INCOMPLETE", reason: "The field holds this already." } as const;
