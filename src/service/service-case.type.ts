import { ID, Int } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { ServiceCase as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { Channel, ServiceCaseKind, ServiceCaseStatus } from "./service-case.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

// Masked, a case shows its kind, its status and its dates, and nothing else (rulebook 3.3).
@Record(
  {
    description: "Something that a customer asked, complained about or told us (rulebook 2.2).",
    idPrefix: "svc",
    governedBy: "grants",
    partOf: [{ record: () => recordOf(Customer), key: "customerId" satisfies keyof Row }],
  },
  { implements: Node },
)
export class ServiceCase {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("SERVICE", () => ServiceCaseKind, {
    mask: "shown",
    description: "What the customer came with.",
  })
  kind?: ServiceCaseKind;

  @Classified("SERVICE", () => ServiceCaseStatus, { mask: "shown", description: "Where the case stands." })
  status?: ServiceCaseStatus;

  @Classified("SERVICE", () => Instant, { mask: "shown", description: "When it reached us." })
  receivedAt?: string;

  @Classified("SERVICE", () => Instant, {
    mask: "shown",
    description: "When the customer first had a reply.",
  })
  firstReplyAt?: string | null;

  @Classified("SERVICE", () => Instant, { mask: "shown", description: "When it was done with." })
  resolvedAt?: string | null;

  @Classified("SERVICE", () => Channel, { description: "How it reached us." })
  channel?: Channel;

  @Classified("SERVICE", () => String, { description: "What the customer said." })
  content?: string;

  @Classified("SERVICE", () => String, { description: "What came of it." })
  result?: string | null;

  @Classified("SERVICE", () => Int, { description: "How satisfied the customer was, 1 to 5." })
  satisfaction?: number | null;

  @Classified("SERVICE", () => Boolean, {
    description: "Whether the customer says that something was mis-sold.",
  })
  misSellingAlleged?: boolean;

  @Classified("SERVICE", () => Instant, {
    description: "When the company found that it was; null: it has not.",
  })
  misSellingUpheldAt?: string | null;

  @One("SERVICE", () => Employee, "againstEmployeeId", { description: "Whom the customer complains about." })
  againstEmployee?: Employee | null;

  @One("META", () => Customer, "customerId", { description: "Whose case it is." })
  customer?: Customer | null;

  @One("META", () => Employee, "handlerId", { description: "Who deals with it." })
  handler?: Employee | null;

  @Classified("META", () => Int, { description: "Counts the changes; an update names the one that it saw." })
  version?: number;
}

explainsItself(ServiceCase);
pageOf<Row>()(Customer, "serviceCases", ServiceCase, {
  key: "customerId",
  description: "The customer's service cases.",
});
