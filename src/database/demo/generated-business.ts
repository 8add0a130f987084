import { faker } from "@faker-js/faker/locale/zh_CN";
import type { Calendar } from "./calendar.js";
import { complaints, teas } from "./catalogue.js";
import type { CustomerRecord } from "./customer-records.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

const { number, helpers } = faker;

interface Client {
  readonly customer: { readonly id: string; readonly number: number };
  /** Key of the seller. */
  readonly seller: string | null;
  readonly at: Calendar;
  readonly orders: number;
  /** The account that they pay from. */
  readonly account: string | null;
  readonly address: string;
  /** Days since the first contact. */
  readonly knownDays: number;
}

interface Business {
  readonly records: Pick<CustomerRecord, "orders" | "transactions" | "serviceCases" | "dossiers">;
  /** CNY still to be paid. */
  readonly balance: string;
  /** The last transaction. */
  readonly lastAt: Date | null;
}

/** What a generated customer ordered, paid, asked and has on file. */
export function business(client: Client): Business {
  const traded = Array.from({ length: client.orders }, (_, place) => trade(client, place));
  const transactions = traded.flatMap((one) => one.transactions);
  const owed = transactions.reduce(
    (total, { kind, amount }) => total + (kind === "INVOICE" ? 1 : -1) * Number(amount),
    0,
  );
  const last = Math.max(...transactions.map(({ at }) => at.getTime()));
  return {
    records: {
      orders: traded.map(({ order }) => order),
      transactions,
      serviceCases: number.int(9) < 3 ? [serviceCase(client)] : [],
      dossiers: number.int(99) < 5 ? [dossier(client)] : [],
    },
    balance: owed.toFixed(2),
    lastAt: transactions.length > 0 ? new Date(last) : null,
  };
}

/** An order is placed, in production after a week, shipped after two, delivered after three and then paid. */
function trade({ customer, seller, at, account, address, knownDays }: Client, place: number) {
  const age = number.int(99) < 15 ? number.int(20) : number.int({ min: 21, max: Math.max(21, knownDays) });
  const cancelled = number.int(99) < 4;
  const status = age < 7 ? "PLACED" : age < 14 ? "IN_PRODUCTION" : age < 21 ? "SHIPPED" : "DELIVERED";
  const tea = helpers.arrayElement(teas);
  const grams = number.int({ min: 1, max: 400 }) * 250;
  const amount = ((tea.price * grams) / 1_000).toFixed(2);
  const key = customer.number * 16 + place;
  const order: CustomerRecord["orders"][number] = {
    id: demoId("ord", key),
    orderNo: `O${customer.number}-${place + 1}`,
    customerId: customer.id,
    sellerId: seller,
    product: tea.product,
    quantity: (grams / 1_000).toFixed(3),
    deliveryDate: at(21 - age),
    specification: tea.specification,
    status: cancelled ? "CANCELLED" : status,
    unitPrice: `${tea.price}.00`,
    amount,
    deliveryAddress: address,
  };
  const posted = (kind: "INVOICE" | "PAYMENT", daysAgo: number): CustomerRecord["transactions"][number] => ({
    id: demoId("txn", key * 2 + (kind === "PAYMENT" ? 1 : 0)),
    customerId: customer.id,
    orderId: order.id,
    at: at(-daysAgo),
    kind,
    amount,
    account: kind === "PAYMENT" ? account : null,
  });
  const invoiced = !cancelled && age >= 14;
  const paid = invoiced && age >= 40;
  return {
    order,
    transactions: [
      ...(invoiced ? [posted("INVOICE", age - 14)] : []),
      ...(paid ? [posted("PAYMENT", age - 40)] : []),
    ],
  };
}

function serviceCase({ customer, at }: Client): CustomerRecord["serviceCases"][number] {
  const age = number.int({ min: 1, max: 300 });
  const status = age < 3 ? "OPEN" : age < 8 ? "ANSWERED" : "RESOLVED";
  return {
    id: demoId("svc", customer.number),
    customerId: customer.id,
    handlerId: employeeId(helpers.arrayElement(["cara", "carl"])),
    againstEmployeeId: null,
    kind: helpers.arrayElement(["CONSULTATION", "COMPLAINT", "FEEDBACK", "QUALITY_QUERY", "SERVICE_REQUEST"]),
    channel: helpers.arrayElement(["PHONE", "WEB", "COUNTER", "HOTLINE", "CUSTOMER_FEEDBACK"]),
    status,
    receivedAt: at(-age),
    version: 1,
    firstReplyAt: status === "OPEN" ? null : at(-age + 0.3),
    resolvedAt: status === "RESOLVED" ? at(-age + 4) : null,
    content: helpers.arrayElement(complaints),
    result: status === "RESOLVED" ? "Settled with the customer." : null,
    satisfaction: status === "RESOLVED" ? number.int({ min: 2, max: 5 }) : null,
    misSellingAlleged: false,
    misSellingUpheldAt: null,
  };
}

const dossier = ({ customer, at }: Client): CustomerRecord["dossiers"][number] => ({
  id: demoId("dos", customer.number),
  code: `DC${customer.number}`,
  customerId: customer.id,
  keeperId: employeeId("spec"),
  title: "Contract and correspondence",
  medium: helpers.arrayElement(["PAPER", "ELECTRONIC"]),
  copies: 1,
  location: `Archive room, shelf ${number.int({ min: 1, max: 40 })}`,
  remark: null,
  secrecy: "ORDINARY",
  condition: "GOOD",
  indexTerms: ["contract"],
  retentionUntil: at(900),
});
