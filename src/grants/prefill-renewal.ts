import { recordOf } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import { isPostGrant } from "../access/policy.js";
import { Customer } from "../customers/customer.type.js";
import type { Database } from "../database/client.js";
import { refusal } from "../errors.js";
import { idsInReach } from "../reading/writable-rows.js";
import { loadForm } from "../workflow/load-facts.js";
import { grantWorkflow } from "./grant.workflow.js";
import type { GrantApplicationDraft } from "./grant-application-draft.type.js";

/**
 * What the application for a renewal of a grant would say: the same scope, without an end, so that it runs as long as it
 * can. Of what a change or a new post has led to, nothing changes: it stands. Writes nothing. Throws NOT_FOUND for a
 * grant out of reach.
 */
export async function prefillRenewal(
  { db, decisions }: { readonly db: Database; readonly decisions: Decisions },
  grantId: string,
): Promise<GrantApplicationDraft> {
  const within = decisions.reach(grantWorkflow.record).rows;
  const facts = await loadForm(db, grantWorkflow, grantId, { within });
  if (!facts) throw refusal("NOT_FOUND", { inputPath: "grantId" });
  const grant = await db.grant.findUniqueOrThrow({
    where: { id: grantId },
    include: {
      classes: { orderBy: { fieldClass: "asc" } },
      customerList: { orderBy: { customerId: "asc" } },
    },
  });
  const listed = grant.customerList.map(({ customerId }) => customerId);
  const known = await idsInReach(db, Customer, listed, decisions.reach(recordOf(Customer)).rows);
  const { kind, tier, operations, customerScope, purposes, secrecyClearance } = grant;
  return {
    ...{ tier, operations, customerScope, purposes, secrecyClearance },
    employeeId: grant.granteeId,
    classes: grant.classes.map(({ fieldClass, cap, onlyFields }) => ({ fieldClass, cap, onlyFields })),
    customerIds: listed.filter((id) => known.has(id)),
    ...(isPostGrant(kind) ? { kind: "STANDING", replacesId: null } : { kind, replacesId: grantId }),
  };
}
