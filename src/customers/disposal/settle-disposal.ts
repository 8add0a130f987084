import { recordOf } from "../../access/classified.js";
import { refuse } from "../../access/guard.js";
import { reasons } from "../../access/reasons.js";
import type { Disposal as Row } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { idsInReach } from "../../reading/writable-rows.js";
import type { Facts } from "../../workflow/facts.js";
import type { Step } from "../../workflow/step.js";
import { Customer } from "../customer.type.js";
import { type Disposable, lockCustomers, requireDisposable } from "./check-disposable.js";
import { destroyCustomers } from "./destroy-customers.js";

type Taken = Step<Row, unknown>;

/** A customer of a batch, with the status that it had before. */
interface Batched {
  readonly customerId: string;
  readonly statusBefore: Disposable["status"];
}

export const batchOf = ({ more }: Facts<Row>): readonly Batched[] => more.customers as readonly Batched[];

/** The customers of a batch as they would be without it, locked. Throws where one of them is no longer to be destroyed. */
async function lockBatch({ tx, now, by, facts }: Taken): Promise<readonly Disposable[]> {
  const batch = batchOf(facts);
  const before = new Map(batch.map(({ customerId, statusBefore }) => [customerId, statusBefore]));
  const locked = await lockCustomers(tx, [...before.keys()]);
  const customers = locked.map((customer) => ({ ...customer, status: before.get(customer.id)! }));
  await requireDisposable(tx, customers, {
    ...{ now, decisions: by!.decisions, disposalId: facts.id },
    pathOf: () => "id",
  });
  return customers;
}

/**
 * Approves a batch. The approver's own grant has to allow the deletion of every customer in it: scope, tier, operation
 * and clearance; and for classified ones it has to be the right person (rulebook 3.3).
 */
export async function approveDisposal(step: Taken): Promise<undefined> {
  const { tx, by, facts } = step;
  const { caller, decisions } = by!;
  const ids = batchOf(facts).map(({ customerId }) => customerId);
  // What every customer has; to destroy is not to look, so that the other classes ask for nothing more.
  const { openings, closings, otherwise } = decisions.of(recordOf(Customer).fields.get("name")!, "DELETE");
  if (openings.length === 0) throw refuse(closings[0]?.reason ?? otherwise, "input.id");
  const rows = openings.map((opening) => opening.rows);
  if ((await idsInReach(tx, Customer, ids, rows)).size < ids.length)
    throw refuse(reasons.rowNotInScope, "input.id");
  const customers = await lockBatch(step);
  const role = approverOf(customers);
  if (role && !caller.roles.includes(role))
    throw refusal("NOT_YOUR_ROLE", { inputPath: "input.id", needs: role });
}

/** Who alone approves where a customer of the batch is classified. */
function approverOf(customers: readonly Disposable[]): "GENERAL_MANAGER" | "CS_MANAGER" | null {
  const marks = new Set(customers.map(({ secrecy }) => secrecy));
  if (marks.has("TOP_SECRET")) return "GENERAL_MANAGER";
  return marks.has("CONFIDENTIAL") ? "CS_MANAGER" : null;
}

/** Lets the customers of a batch be what they were. */
export async function releaseBatch({ tx, now, facts }: Taken): Promise<undefined> {
  const batch = batchOf(facts);
  await lockCustomers(
    tx,
    batch.map(({ customerId }) => customerId),
  );
  for (const status of new Set(batch.map(({ statusBefore }) => statusBefore)))
    await tx.customer.updateMany({
      where: {
        id: { in: batch.flatMap((one) => (one.statusBefore === status ? [one.customerId] : [])) },
        status: "DISPOSAL_PENDING",
      },
      data: { status, lastUpdatedAt: now, version: { increment: 1 } },
    });
}

/** Destroys what there is of the customers of a batch, in one go (S000-4.3b, S004-P5-25). */
export async function destroyBatch(step: Taken) {
  const customers = await lockBatch(step);
  await destroyCustomers(
    step.tx,
    customers.map(({ id }) => id),
    step.now,
  );
  return { set: { destroyedById: step.by!.caller.id, destroyedAt: step.now } };
}
