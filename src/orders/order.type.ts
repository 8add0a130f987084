import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { Order as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Day, Decimal } from "../reading/scalars.js";
import { OrderStatus, openStatuses } from "./order.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description: "An order of a customer (rulebook 2.2).",
    idPrefix: "ord",
    governedBy: "grants",
    partOf: [{ record: () => recordOf(Customer), key: "customerId" satisfies keyof Row }],
    rows: { openOrders: { column: "status" satisfies keyof Row, in: openStatuses } },
  },
  { implements: Node },
)
export class Order {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("ORDER", () => String, {
    description: "The number that customer and company know the order by.",
  })
  orderNo?: string;

  @Classified("ORDER", () => String, { description: "What is ordered." })
  product?: string;

  @Classified("ORDER", () => Decimal, {
    description: "How much: kilograms or pieces, as the product is sold.",
  })
  quantity?: string;

  @Classified("ORDER", () => Day, { description: "The day of delivery that was agreed." })
  deliveryDate?: string | null;

  @Classified("ORDER", () => String, { description: "How it is to be made." })
  specification?: string | null;

  @Classified("ORDER", () => OrderStatus, { description: "Where the order stands." })
  status?: OrderStatus;

  @Classified("FINANCIAL", () => Decimal, { description: "Price of one unit, CNY." })
  unitPrice?: string | null;

  @Classified("FINANCIAL", () => Decimal, { description: "Total, CNY." })
  amount?: string | null;

  @Classified("BASIC", () => String, {
    description: "Where it is delivered to; null where only masked, for an order has no region.",
  })
  deliveryAddress?: string | null;

  @One("META", () => Customer, "customerId", { description: "Who ordered." })
  customer?: Customer | null;

  @One("META", () => Employee, "sellerId", { description: "Who sold it." })
  seller?: Employee | null;
}

explainsItself(Order);
pageOf<Row>()(Customer, "orders", Order, { key: "customerId", description: "The customer's orders." });
