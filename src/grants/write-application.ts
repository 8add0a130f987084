import { recordOf } from "../access/classified.js";
import { latestEnd, neverGranted } from "../access/grant-limits.js";
import { refuse } from "../access/guard.js";
import { Customer } from "../customers/customer.type.js";
import type { Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { incomplete } from "../reading/form.js";
import { idsInReach } from "../reading/writable-rows.js";
import type { Person } from "../workflow/facts.js";
import type { Work } from "../workflow/step.js";
import type { ApplicationForm, FilledIn } from "./read-application.js";
import { type GrantScope, operationProblems } from "./scope.js";

type Signed = Work & { readonly by: NonNullable<Work["by"]> };

/**
 * What an application asks for, against what there is and what the rulebook allows this person; with its end. Throws
 * FORM_INCOMPLETE for purposes that do not exist, NOT_FOUND for customers out of reach, TERM_TOO_LONG.
 */
export async function checkApplication(
  work: Signed,
  form: FilledIn,
  grantee: Person,
): Promise<ApplicationForm> {
  const { kind, purposes, operations, customerIds } = form;
  const { policy } = work.by.decisions;
  const { limits } = policy;
  const latest = latestEnd(limits, grantee, kind, work.now).toISOString();
  const validTo = form.validTo ?? latest;
  if (new Date(validTo) > new Date(latest) || new Date(validTo) <= work.now)
    throw refusal("TERM_TOO_LONG", {
      inputPath: "input.validTo",
      needs: `an end no later than ${latest}`,
    });
  const known = new Set((await work.tx.purpose.findMany({ select: { code: true } })).map(({ code }) => code));
  const never = neverGranted(limits, grantee, kind);
  const problems = [
    ...purposes.flatMap((code, at) =>
      known.has(code) ? [] : [{ field: `purposes.${at}`, reason: "There is no such purpose." }],
    ),
    ...operations.flatMap((operation, at) =>
      never.includes(operation)
        ? [{ field: `operations.${at}`, reason: "Such a person is never granted it." }]
        : [],
    ),
    ...operationProblems(form, policy, grantee.department),
  ];
  if (problems.length > 0) throw incomplete(problems);
  await requireCustomers(work, customerIds, "input.customerIds");
  return { ...form, validTo };
}

/** Throws NOT_FOUND for the first customer out of reach; not existing answers alike. */
export async function requireCustomers(
  { tx, by }: Pick<Work, "tx" | "by">,
  ids: readonly string[],
  inputPath: string,
): Promise<void> {
  if (ids.length === 0) return;
  const { rows, otherwise } = by!.decisions.reach(recordOf(Customer));
  if (rows.length === 0) throw refuse(otherwise, inputPath);
  const found = await idsInReach(tx, Customer, ids, rows);
  const missing = ids.findIndex((id) => !found.has(id));
  if (missing >= 0) throw refusal("NOT_FOUND", { inputPath: `${inputPath}.${missing}` });
}

/** The columns of an application that hold a scope. */
export const scopeColumns = (scope: GrantScope) => ({
  tier: scope.tier,
  operations: [...scope.operations],
  customerScope: scope.customerScope,
  purposes: [...scope.purposes],
  secrecyClearance: scope.secrecyClearance,
  validTo: new Date(scope.validTo),
});

/** Stores the lists of a scope, for an application or for a grant. */
export async function writeLists(
  tx: Prisma.TransactionClient,
  now: Date,
  of: { readonly applicationId: string } | { readonly grantId: string },
  { classes, customerIds }: Pick<GrantScope, "classes" | "customerIds">,
): Promise<void> {
  if (classes.length > 0)
    await tx.grantClass.createMany({
      data: classes.map(({ onlyFields, ...one }) => ({
        ...of,
        ...one,
        id: newId("gcl", now),
        onlyFields: [...onlyFields],
      })),
    });
  if (customerIds.length > 0)
    await tx.grantCustomer.createMany({
      data: customerIds.map((customerId) => ({ ...of, id: newId("gcu", now), customerId })),
    });
}

/** Stores them in place of those that an application has. */
export async function replaceLists(
  tx: Prisma.TransactionClient,
  now: Date,
  applicationId: string,
  scope: Pick<GrantScope, "classes" | "customerIds">,
): Promise<void> {
  await tx.grantClass.deleteMany({ where: { applicationId } });
  await tx.grantCustomer.deleteMany({ where: { applicationId } });
  await writeLists(tx, now, { applicationId }, scope);
}
