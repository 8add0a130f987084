import { refuse } from "../access/guard.js";
import { reasons } from "../access/reasons.js";
import { refusal } from "../errors.js";
import { type FormRules, filled, readWholeForm } from "../reading/form.js";
import { line, lineList, lines } from "../reading/form-readers.js";
import { nextFormNumber } from "../workflow/form-number.js";
import { recordOpening } from "../workflow/history.js";
import type { Opener, Opening } from "../workflow/step.js";
import { entryTo } from "../workflow/take-step.js";
import type { OpenEmergencyAccessInput } from "./emergency-access.input.js";
import { sensitiveFields } from "./file-sensitive-use.js";
import { grantWorkflow } from "./grant.workflow.js";
import { knownPurposes, noSuchPurpose } from "./known-purposes.js";
import { requireMayLook } from "./may-look.js";
import { sensitiveUseWorkflow } from "./sensitive-use.workflow.js";
import { writeLists } from "./write-application.js";

interface EmergencyForm {
  readonly customerCodes: string[];
  readonly reason: string;
  readonly purpose: string;
  readonly hours: number;
}

const rules: FormRules<EmergencyForm> = {
  customerCodes: filled((written, now) =>
    written.length > 0 ? lineList(64, 10)(written, now) : { reason: "At least one is needed." },
  ),
  reason: filled(lines(2_000)),
  purpose: filled(line(64)),
  hours: filled((value) => (value > 0 ? { value } : { reason: "It is not at least 1." })),
};

const customerClasses = ["BASIC", "BUSINESS", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE"] as const;

/**
 * Opens a case right at once, with the declaration that it counts as (rulebook 2.4 B). Throws NOT_YOUR_ROLE where the
 * company has not switched it on, FORM_INCOMPLETE, TERM_TOO_LONG, what forbids the opener every look at customer data, and
 * NOT_FOUND where a customer does not exist or is classified.
 */
export const openEmergencyAccess: Opener<OpenEmergencyAccessInput, EmergencyForm> = {
  async read(input, { caller: { now }, decisions }, db) {
    const { emergencyHours } = decisions.policy.limits;
    if (emergencyHours === 0)
      throw refusal("NOT_YOUR_ROLE", { needs: "a company that has switched emergency access on" });
    const purposes = await knownPurposes(db);
    const form = readWholeForm<EmergencyForm>(input, rules, now, ({ purpose }) =>
      purpose === undefined || purposes.has(purpose) ? [] : [{ field: "purpose", reason: noSuchPurpose }],
    );
    if (form.hours > emergencyHours)
      throw refusal("TERM_TOO_LONG", { inputPath: "input.hours", needs: `at most ${emergencyHours} hours` });
    return form;
  },
  subject: (_form, { id }) => id,
  async write(opening) {
    const { tx, now, by, form, subject, entry } = opening;
    requireMayLook(by);
    await refuseSecond(opening);
    const openUntil = new Date(now.getTime() + form.hours * 3_600_000);
    const customerIds = await customersOf(opening);
    const grantId = await giveGrant(opening, customerIds, openUntil);
    await declare(opening, customerIds, grantId, openUntil);
    await tx.emergencyAccess.create({
      data: {
        ...{ ...entry, state: "OPEN", grantId, openUntil, reason: form.reason, employeeId: subject.id },
        formNo: await nextFormNumber(tx, "E", now),
      },
      select: { id: true },
    });
  },
};

/** Nobody puts one after another: the one before is reviewed first. Who has waited may have left the post meanwhile. */
async function refuseSecond({ tx, subject }: Opening<EmergencyForm>): Promise<void> {
  const [person] = await tx.$queryRaw<{ status: string }[]>`
    SELECT "status" FROM "Employee" WHERE "id" = ${subject.id} FOR NO KEY UPDATE`;
  if (person!.status !== "ACTIVE") throw refuse(reasons.notActive);
  const before = await tx.emergencyAccess.count({
    where: { employeeId: subject.id, state: { in: ["OPEN", "ENDED"] } },
  });
  if (before > 0) throw refusal("OPEN_ITEMS", { needs: "the review of the one before" });
}

async function customersOf({ tx, form }: Opening<EmergencyForm>): Promise<string[]> {
  const found = await tx.customer.findMany({
    where: { code: { in: form.customerCodes }, secrecy: "ORDINARY" },
    select: { id: true, code: true },
  });
  // Not which of them: nobody learns without a trace who is a customer.
  if (found.length < new Set(form.customerCodes).size)
    throw refusal("NOT_FOUND", { inputPath: "input.customerCodes" });
  return found.map(({ id }) => id);
}

async function giveGrant(
  opening: Opening<EmergencyForm>,
  customerIds: readonly string[],
  validTo: Date,
): Promise<string> {
  const { tx, now, by, form, subject } = opening;
  const entry = entryTo(opening, grantWorkflow, "ACTIVE");
  await tx.grant.create({
    data: {
      ...{ id: entry.id, dueAt: entry.dueAt, state: "ACTIVE", granteeId: subject.id, kind: "CASE" },
      ...{ tier: "SENSITIVE", operations: ["SEE_MASKED", "SEE_CLEAR"], customerScope: "CASE_LIST" },
      ...{ purposes: [form.purpose], validFrom: now, validTo, policyVersion: by.decisions.policy.version },
      // For the fields that are confidential by themselves: of the customers none is classified.
      secrecyClearance: "CONFIDENTIAL",
    },
    select: { id: true },
  });
  await writeLists(
    tx,
    now,
    { grantId: entry.id },
    {
      classes: customerClasses.map((fieldClass) => ({ fieldClass, cap: "CLEAR", onlyFields: [] })),
      customerIds,
    },
  );
  await recordOpening(opening, grantWorkflow, "give", opening.subject, entry);
  return entry.id;
}

/** An open case counts as a declaration for its fields; what was used is returned as any other. */
async function declare(
  opening: Opening<EmergencyForm>,
  customerIds: readonly string[],
  grantId: string,
  plannedUntil: Date,
): Promise<void> {
  const { tx, now, form, subject } = opening;
  const entry = entryTo(opening, sensitiveUseWorkflow, "OPEN");
  await tx.sensitiveUse.create({
    data: {
      ...{ id: entry.id, dueAt: entry.dueAt, state: "OPEN", declaredById: subject.id, grantId },
      ...{
        purpose: form.purpose,
        fields: [...sensitiveFields().keys()],
        plannedFrom: now,
        plannedUntil,
        filedAt: now,
      },
      customers: { create: customerIds.map((customerId) => ({ customerId })) },
    },
    select: { id: true },
  });
  await recordOpening(opening, sensitiveUseWorkflow, "file", opening.subject, entry);
}
