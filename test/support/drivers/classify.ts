import type { Secrecy } from "../../../src/database/client.js";
import { employeeId } from "../../../src/database/demo/people.js";
import type { DemoServer } from "../execute-as.js";
import { customer } from "../form-steps.js";

const keepers = ["mona", "gina"].map(employeeId);

/** Classifies C1, or no longer: mona keeps it, and she and the general manager are cleared for it. */
export async function classify({ database: { db } }: DemoServer, secrecy: Secrecy): Promise<void> {
  const customerId = customer(1);
  const keeperId = secrecy === "ORDINARY" ? null : keepers[0]!;
  await db.customer.update({ where: { id: customerId }, data: { secrecy, keeperId }, select: { id: true } });
  await db.customerClearance.createMany({
    data: keepers.map((employeeId) => ({ customerId, employeeId })),
    skipDuplicates: true,
  });
  await db.grant.updateMany({
    where: { granteeId: { in: keepers }, state: "ACTIVE" },
    data: { secrecyClearance: "TOP_SECRET" },
  });
}
