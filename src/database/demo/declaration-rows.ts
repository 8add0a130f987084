import type { Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { grantId } from "./grant-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** Finance declares its standing use of financial data for less than a month; rulebook 3.2. */
export const declarationRows = (at: Calendar): Prisma.SensitiveUseCreateManyInput[] => [
  {
    id: demoId("use", 1),
    declaredById: employeeId("fin"),
    grantId: grantId("fin"),
    purpose: "FINANCE",
    fields: [
      "Customer.taxId",
      "Customer.creditLimit",
      "Customer.balance",
      "Customer.paymentTermDays",
      "Customer.bankAccounts",
      "BankAccount.holderName",
      "BankAccount.bankName",
      "BankAccount.accountNumber",
      "BankAccount.controlledByStaff",
      "Order.unitPrice",
      "Order.amount",
      "Transaction.amount",
      "Transaction.account",
    ],
    standing: true,
    plannedFrom: at(-1),
    plannedUntil: at(27),
    filedAt: at(-1.1),
    acknowledgedById: employeeId("adam"),
    acknowledgedAt: at(-1.05),
    state: "OPEN",
  },
];
