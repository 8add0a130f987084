import type { Caller } from "../access/caller.js";
import type { Clock } from "../clock.js";
import { type Database, Prisma } from "../database/client.js";
import { refuseForm } from "../reading/form.js";
import { homeCountry } from "./contacts.js";
import type { CustomerDraft } from "./draft-fields.js";
import { checkDepartment, newCustomer } from "./new-customer.js";
import { findStaffContacts } from "./staff-contact.js";
import { validateCustomer } from "./validate-customer.js";

interface Components {
  readonly db: Database;
  readonly clock: Clock;
}

/**
 * Stores a new customer with its bank accounts, whole or not at all, and tells its id. The customer belongs to the
 * caller where that is what the caller reaches (scope OWN), and to the caller's department. Whether the caller may
 * write these fields has been decided before. Throws a refusal with the code of the first problem and all of them in
 * `extensions.problems`.
 */
export async function createCustomer(
  { db, clock }: Components,
  caller: Caller,
  draft: CustomerDraft,
): Promise<{ id: string }> {
  const now = clock.now();
  const validation = validateCustomer(draft, { country: homeCountry, now });
  if ("problems" in validation) throw refuseForm(validation.problems);
  const problems = [
    ...checkDepartment(validation.customer, caller),
    ...(await findStaffContacts(db, [validation.customer])),
  ];
  if (problems.length > 0) throw refuseForm(problems);
  const { customer, bankAccounts } = newCustomer(validation.customer, { caller, now });
  try {
    await db.$transaction([
      db.customer.create({ data: customer, select: { id: true } }),
      db.bankAccount.createMany({ data: bankAccounts }),
    ]);
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")
      throw refuseForm([{ field: "code", code: "DUPLICATE", reason: "The code is taken." }]);
    throw error;
  }
  return { id: customer.id };
}
