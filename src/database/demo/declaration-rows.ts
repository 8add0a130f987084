import type { Prisma, SensitiveUseState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { grantId } from "./grant-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { customerId, demoId } from "./id.js";
import { employeeId } from "./people.js";

/** A declaration, with what has happened to it; instants in days from the loading. */
interface Declaration {
  readonly staffNo: string;
  readonly purpose: string;
  readonly fields: readonly string[];
  /** Codes; none: a standing one, for every customer in the grant's scope. */
  readonly customers: readonly string[];
  readonly from: number;
  readonly until: number;
  readonly filed: number;
  readonly acknowledged?: number;
  readonly objected?: number;
  readonly returned?: number;
  readonly state: SensitiveUseState;
}

const financial = [
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
];

/** Why adam objects. */
const objection = "The purpose does not need the identity number.";

const supervision = { staffNo: "mona", purpose: "CUSTOMER_SERVICE" };

const declarations: readonly Declaration[] = [
  // Finance declares its standing use of financial data for less than a month; rulebook 3.2.
  {
    staffNo: "fin",
    purpose: "FINANCE",
    fields: financial,
    customers: [],
    from: -1,
    until: 27,
    filed: -1.1,
    acknowledged: -1.05,
    state: "OPEN",
  },
  {
    ...supervision,
    fields: ["Customer.balance"],
    customers: ["C2"],
    ...{ from: -12, until: -10, filed: -12.1, returned: -10.5 },
    state: "RETURNED",
  },
  {
    ...supervision,
    fields: ["Customer.creditLimit", "Customer.balance"],
    customers: ["C4"],
    ...{ from: -9, until: -7, filed: -9.1, returned: -6 },
    state: "RETURNED_LATE",
  },
  {
    ...supervision,
    fields: ["Customer.idNumber"],
    customers: ["C2", "C4"],
    ...{ from: -4, until: -2, filed: -4.2, objected: -4.1 },
    state: "REVOKED",
  },
  {
    ...supervision,
    fields: ["Customer.idNumber"],
    customers: ["C4"],
    ...{ from: 0, until: 2, filed: -0.1 },
    state: "FILED",
  },
  {
    staffNo: "sven",
    purpose: "CUSTOMER_SERVICE",
    fields: ["Customer.balance"],
    customers: ["C5"],
    ...{ from: -4, until: -2, filed: -4.1 },
    state: "OVERDUE",
  },
];

/** Declarations in every state. */
export function declarationRows(at: Calendar) {
  const rows: Prisma.SensitiveUseCreateManyInput[] = [];
  const customers: Prisma.SensitiveUseCustomerCreateManyInput[] = [];
  const records: Prisma.SensitiveUseRecordCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const when = (days: number | undefined) => (days === undefined ? null : at(days));
  for (const [position, one] of declarations.entries()) {
    const id = demoId("use", position + 1);
    const { purpose, fields, acknowledged, objected, returned, state } = one;
    rows.push({
      ...{ id, purpose, state },
      fields: [...fields],
      declaredById: employeeId(one.staffNo),
      grantId: grantId(one.staffNo),
      standing: one.customers.length === 0,
      plannedFrom: at(one.from),
      plannedUntil: at(one.until),
      filedAt: at(one.filed),
      acknowledgedById: acknowledged === undefined ? null : employeeId("adam"),
      acknowledgedAt: when(acknowledged),
      objectedById: objected === undefined ? null : employeeId("adam"),
      objectedAt: when(objected),
      objection: objected === undefined ? null : objection,
      returnedAt: when(returned),
      dueAt: state === "FILED" ? at(1) : state === "OVERDUE" ? at(-1) : null,
    });
    customers.push(...one.customers.map((code) => ({ declarationId: id, customerId: customerId(code) })));
    if (returned !== undefined)
      records.push(
        ...one.customers.map((code) => ({
          id: demoId("ret", records.length + 1),
          declarationId: id,
          customerId: customerId(code),
          fields: [...fields],
        })),
      );
    steps.push(...stepsOf("SensitiveUse", id, one.staffNo, historyOf(one, at)));
  }
  return { rows, customers, records, steps };
}

function historyOf(
  { staffNo, fields, filed, until, acknowledged, objected, returned, state }: Declaration,
  at: Calendar,
): DemoStep[] {
  const classified = acknowledged !== undefined || fields.includes("Customer.idNumber");
  const declarer = employeeId(staffNo);
  const steps: DemoStep[] = [
    { action: "file", to: classified ? "FILED" : "OPEN", by: declarer, at: at(filed) },
  ];
  const adam = { by: employeeId("adam") };
  if (acknowledged !== undefined)
    steps.push({ action: "acknowledge", to: "OPEN", ...adam, at: at(acknowledged), seat: "acknowledger" });
  if (objected !== undefined)
    steps.push({
      ...{ action: "object", to: "REVOKED", ...adam, at: at(objected), seat: "objector" },
      note: objection,
    });
  if (state === "OVERDUE" || state === "RETURNED_LATE")
    steps.push({ action: "fallOverdue", to: "OVERDUE", by: null, at: at(until) });
  if (returned !== undefined) steps.push({ action: "return", to: state, by: declarer, at: at(returned) });
  return steps;
}
