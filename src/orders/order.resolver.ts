import { recordQueries } from "../reading/record-queries.js";
import { Order } from "./order.type.js";
import { Transaction } from "./transaction.type.js";

export const OrderResolver = recordQueries(Order, {
  one: "order",
  many: "orders",
  what: "orders",
});

export const TransactionResolver = recordQueries(Transaction, {
  one: "transaction",
  many: "transactions",
  what: "transactions",
});
