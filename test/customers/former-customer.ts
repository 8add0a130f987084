import type { Database, Prisma } from "../../src/database/client.js";

let made = 0;

/** Somebody who is no longer a customer of sales, whose retention is over and of whom nothing is open; the id. */
export async function formerCustomer(
  db: Database,
  changes: Partial<Prisma.CustomerUncheckedCreateInput> = {},
): Promise<string> {
  made += 1;
  const id = `cus_former${made}`;
  await db.customer.create({
    data: {
      id,
      code: `F${made}`,
      partyType: "PERSON",
      name: `former ${made}`,
      departmentCode: "SALES",
      status: "EXPIRED",
      rating: "B",
      retentionUntil: new Date("2026-01-01"),
      lastUpdatedAt: new Date("2023-01-01"),
      ...changes,
    },
  });
  return id;
}
