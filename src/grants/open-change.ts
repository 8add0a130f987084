import { postGrants } from "../access/policy.js";
import type { Appeal } from "../database/client.js";
import { incomplete } from "../reading/form.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { recordOpening } from "../workflow/history.js";
import type { Step } from "../workflow/step.js";
import { entryTo } from "../workflow/take-step.js";
import { grantApplicationWorkflow } from "./grant-application.workflow.js";
import { scopeColumns, writeLists } from "./write-application.js";

/**
 * What the post of whoever appeals has now. Throws FORM_INCOMPLETE, naming the field that asks for a change, where there
 * is nothing yet that could be changed.
 */
export async function changeable({ tx, now, facts }: Step<Appeal, unknown>, field: "result" | "id") {
  const current = await tx.grant.findFirst({
    where: {
      granteeId: facts.row.employeeId,
      kind: { in: [...postGrants] },
      state: { in: ["ACTIVE", "SUSPENDED"] },
      validTo: { gt: now },
    },
    include: { classes: true, customerList: true },
  });
  if (current) return current;
  throw incomplete([
    {
      field,
      reason: "There is nothing yet that could be changed: the head applies for a grant.",
    },
  ]);
}

/**
 * Opens the change form of an appeal, as a draft of what the post has now: the head amends, seals and signs it like any
 * other (S002-3.2). Throws FORM_INCOMPLETE where there is nothing yet that could be changed.
 */
export async function openChange(step: Step<Appeal, unknown>, field: "result" | "id"): Promise<string> {
  const { tx, now, facts } = step;
  const { employeeId, formNo, text } = facts.row;
  const current = await changeable(step, field);
  const entry = entryTo(step, grantApplicationWorkflow, "DRAFT");
  const scope = {
    ...current,
    classes: current.classes.map(({ fieldClass, cap, onlyFields }) => ({ fieldClass, cap, onlyFields })),
    customerIds: current.customerList.map(({ customerId }) => customerId),
    validTo: current.validTo.toISOString(),
  };
  await tx.grantApplication.create({
    data: {
      ...entry,
      ...scopeColumns(scope),
      formNo: await nextFormNumber(tx, "A", now),
      kind: "CHANGE",
      employeeId,
      reason: `Appeal ${formNo}`,
      changeReason: text,
      replacesId: current.id,
      state: "DRAFT",
    },
    select: { id: true },
  });
  await writeLists(tx, now, { applicationId: entry.id }, scope);
  await recordOpening(step, grantApplicationWorkflow, "apply", step.facts.subject, entry);
  return entry.id;
}
