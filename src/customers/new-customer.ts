import { randomBytes } from "node:crypto";
import type { Caller } from "../access/caller.js";
import type { Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import type { FieldProblem, ValidCustomer } from "./validate-customer.js";

/** A customer and its bank accounts, as the tables hold them. */
export interface NewCustomer {
  readonly customer: Prisma.CustomerUncheckedCreateInput;
  readonly bankAccounts: Prisma.BankAccountUncheckedCreateInput[];
}

/** The rows for a customer whom this caller enters now. */
export function newCustomer(
  { bankAccounts, department, ...given }: ValidCustomer,
  { caller, now }: { caller: Caller; now: Date },
): NewCustomer {
  const id = newId("cus", now);
  return {
    customer: {
      ...given,
      id,
      code: given.code ?? generatedCode(),
      kind: given.kind ?? "GENERAL",
      dateOfBirth: given.dateOfBirth === null ? null : new Date(given.dateOfBirth),
      collectedAt: given.collectedAt ?? now,
      collectedById: caller.id,
      ownerId: creationScopes(caller).includes("OWN") ? caller.id : null,
      departmentCode: department ?? (caller.department as NonNullable<typeof department>),
      secrecy: "ORDINARY",
      status: "ACTIVE",
      verification: "UNVERIFIED",
      storageClass: "SERVER",
      lastUpdatedAt: now,
      version: 1,
    },
    bankAccounts: bankAccounts.map((account) => ({
      ...account,
      id: newId("acc", now),
      customerId: id,
      controlledByStaff: false,
    })),
  };
}

/** Only who creates anywhere may give a customer to another department: others would lose sight of it at once. */
export function checkDepartment({ department }: ValidCustomer, caller: Caller): FieldProblem[] {
  if (department === null || department === caller.department || creationScopes(caller).includes("ALL"))
    return [];
  return [
    {
      field: "department",
      code: "NOT_YOUR_ROLE",
      reason: "You enter customers for your own department only.",
    },
  ];
}

const creationScopes = ({ grants, now }: Caller) =>
  grants
    .filter(
      ({ state, validFrom, validTo, operations }) =>
        state === "ACTIVE" && validFrom <= now && now < validTo && operations.includes("CREATE"),
    )
    .map(({ customerScope }) => customerScope);

// Crockford's base 32: no letters that are mistaken for digits.
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Five bits a character of these bytes. */
export const inBase32 = (bytes: Uint8Array, length: number): string =>
  [...bytes.subarray(0, length)].map((byte) => alphabet[byte % 32]).join("");

/** 50 random bits: short enough to read out, too many to meet twice or to guess. */
const generatedCode = () => `K-${inBase32(randomBytes(10), 10)}`;
