import { OrderStatus, TransactionKind } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { OrderStatus, TransactionKind };

/** An order that still has to be delivered: what the scope OPEN_ORDERS means (rulebook 3.2). */
export const openStatuses = ["PLACED", "IN_PRODUCTION", "SHIPPED"] satisfies OrderStatus[];

describeEnum("OrderStatus", OrderStatus, "Where an order stands.", {
  PLACED: "Ordered, not yet begun.",
  IN_PRODUCTION: "Being made.",
  SHIPPED: "On its way.",
  DELIVERED: "With the customer.",
  CANCELLED: "Called off.",
});

describeEnum("TransactionKind", TransactionKind, "What moved between the company and a customer.", {
  INVOICE: "A claim on the customer.",
  PAYMENT: "Money from the customer.",
  REFUND: "Money back to the customer.",
});
