import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { Transaction as Row } from "../database/client.js";
import { one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Decimal, Instant } from "../reading/scalars.js";
import { TransactionKind } from "./order.enums.js";
import { Order } from "./order.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A movement between the company and a customer: an invoice, a payment or a refund (rulebook 2.2).",
    idPrefix: "txn",
    governedBy: "grants",
    partOf: [{ record: () => recordOf(Customer), key: "customerId" satisfies keyof Row }],
    // It is the transaction that puts its customer into the scope.
    rows: { transactions: "always" },
  },
  { implements: Node },
)
export class Transaction {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("ORDER", () => Instant, { description: "When it happened." })
  at?: string;

  @Classified("ORDER", () => TransactionKind, { description: "An invoice, a payment or a refund." })
  kind?: TransactionKind;

  @Classified("FINANCIAL", () => Decimal, { description: "How much, CNY." })
  amount?: string;

  @Classified("FINANCIAL", () => String, {
    mask: "lastFour",
    description: "The number of the customer's account.",
  })
  account?: string | null;

  @One("META", () => Customer, "customerId", { description: "With whom." })
  customer?: Customer | null;

  @One("META", () => Order, "orderId", { description: "For which order; null where it is for none." })
  order?: Order | null;
}

explainsItself(Transaction);
pageOf<Row>()(Customer, "transactions", Transaction, {
  key: "customerId",
  description: "The customer's transactions.",
});
pageOf<Row>()(Order, "transactions", Transaction, {
  key: "orderId",
  description: "What was invoiced and paid for the order.",
});
