import type { Calendar } from "./calendar.js";
import type { CustomerRecord } from "./customer-records.js";
import { customerId, demoId } from "./id.js";
import { residentId } from "./identity-numbers.js";
import { employeeId } from "./people.js";

type Row = CustomerRecord["customer"];

/** What every named customer has; the rest each says for itself. */
export const customer = (code: string, at: Calendar, own: Partial<Row> & Pick<Row, "name">): Row => ({
  id: customerId(code),
  code,
  kind: "GENERAL",
  specialRole: null,
  partyType: "PERSON",
  region: "浙江省杭州市",
  address: "浙江省杭州市西湖区龙井路12号",
  landline: null,
  mobile: null,
  email: null,
  sex: null,
  dateOfBirth: null,
  idType: null,
  idNumber: null,
  healthNotes: null,
  personalNotes: null,
  taxId: null,
  creditLimit: "5000.00",
  balance: "0.00",
  paymentTermDays: 0,
  businessNeeds: null,
  preferences: null,
  source: "Referral",
  rating: "B",
  collectionPurpose: "ORDER_HANDLING",
  collectionChannel: "FORM",
  collectedAt: at(-800),
  collectedById: own.ownerId ?? null,
  firstContactAt: at(-812),
  ownerId: null,
  departmentCode: "SALES",
  secrecy: "ORDINARY",
  keeperId: null,
  status: "ACTIVE",
  verification: "VERIFIED",
  verifiedAt: at(-799),
  verifiedVia: "Identity card",
  retentionUntil: at(1_090),
  storageClass: "SERVER",
  lastUpdatedAt: at(-12),
  version: 1,
  ...own,
});

export const born = (day: string, sex: "M" | "F", region: string, serial: number) => ({
  sex,
  dateOfBirth: new Date(day),
  idType: "RESIDENT_ID" as const,
  idNumber: residentId(region, day, sex, serial),
});

export const account = (code: string, holderName: string, bankName: string, accountNumber: string) => ({
  id: demoId("acc", Number(code.slice(1))),
  customerId: customerId(code),
  holderName,
  bankName,
  accountNumber,
  controlledByStaff: false,
});

type OrderRow = CustomerRecord["orders"][number];

export const order = (
  orderNo: string,
  code: string,
  sellerId: string,
  own: Pick<
    OrderRow,
    "product" | "quantity" | "specification" | "deliveryDate" | "status" | "unitPrice" | "amount"
  >,
): OrderRow => ({
  id: demoId("ord", Number(orderNo.slice(1))),
  orderNo,
  customerId: customerId(code),
  sellerId,
  deliveryAddress: "浙江省杭州市西湖区龙井路12号",
  ...own,
});

export const posted = (
  number: number,
  of: OrderRow,
  kind: "INVOICE" | "PAYMENT",
  at: Date,
  paidFrom: string | null = null,
): CustomerRecord["transactions"][number] => ({
  id: demoId("txn", number),
  customerId: of.customerId,
  orderId: of.id,
  at,
  kind,
  amount: of.amount!,
  account: paidFrom,
});

export const dossier = (
  code: string,
  at: Calendar,
  own: Partial<CustomerRecord["dossiers"][number]> = {},
): CustomerRecord["dossiers"][number] => ({
  id: demoId("dos", Number(code.slice(1))),
  code: `D${code}`,
  customerId: customerId(code),
  keeperId: employeeId("spec"),
  title: "Contract and correspondence",
  medium: "PAPER",
  copies: 1,
  location: "Archive room, shelf 3",
  remark: null,
  secrecy: "ORDINARY",
  condition: "GOOD",
  indexTerms: ["contract", "longjing"],
  retentionUntil: at(1_090),
  ...own,
});

export const noMisSelling = { againstEmployeeId: null, misSellingAlleged: false, misSellingUpheldAt: null };
