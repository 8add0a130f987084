import { recordOf } from "../access/classified.js";
import { refuse } from "../access/guard.js";
import { Customer } from "../customers/customer.type.js";
import type { Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { idsInReach } from "../reading/writable-rows.js";
import type { Person } from "../workflow/facts.js";
import type { Work } from "../workflow/step.js";
import type { ApplicationForm } from "./read-application.js";
import type { GrantScope } from "./scope.js";
import { requireTerm } from "./within-limits.js";

type Signed = Work & { readonly by: NonNullable<Work["by"]> };

/**
 * What an application asks for, against what the rulebook allows this person now and whom the applicant reaches. Throws
 * TERM_TOO_LONG, NOT_FOUND for customers out of reach.
 */
export async function checkApplication(work: Signed, form: ApplicationForm, grantee: Person): Promise<void> {
  const asked = { grantee, kind: form.kind, now: work.now };
  requireTerm(work.by.decisions.policy.limits, asked, form.validTo, "input.validTo");
  await requireCustomers(work, form.customerIds, "input.customerIds");
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
  validTo: scope.validTo === null ? null : new Date(scope.validTo),
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
