import { ID, Int } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { Objection as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { ObjectionResult, ObjectionState } from "./objection.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A customer's objection to how the company uses the customer's data, and what comes of it (S000-5.2a). Customers see " +
      "where their own stand and what they are told; who deals with them, and what is found, stays within the company.",
    idPrefix: "obj",
    governedBy: "grant",
    defaultOrder: "formNo",
    // Classified as its customer is.
    partOf: [{ record: () => recordOf(Customer), key: "customerId" satisfies keyof Row }],
    rows: {
      own: { column: "loginId" satisfies keyof Row },
      department: { column: "againstDepartment" satisfies keyof Row },
      objection: "always",
    },
  },
  { implements: Node },
)
export class Objection {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Customer, "customerId", { description: "Who objects." })
  customer?: Customer | null;

  @One("META", () => Employee, "loginId", {
    description: "The customer's login; null: customer service filed it for a customer who has none.",
  })
  login?: Employee | null;

  @Classified("META", () => Int, {
    description:
      "The version of the purpose statement that it is about: `purposeStatements`; null: it is about none.",
  })
  statementVersion?: number | null;

  @Classified("SERVICE", () => String, {
    description: "What the customer objects to, in the customer's words.",
  })
  against?: string;

  @Classified("SERVICE", () => DepartmentCode, {
    description: "The department that it is against, whose it is to rectify; null: not said yet.",
  })
  againstDepartment?: DepartmentCode | null;

  @One("SERVICE", () => Employee, "againstEmployeeId", {
    description:
      "Whom it is against; null: nobody by name. Within the company, never for customers (rulebook 6-24).",
  })
  againstEmployee?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was filed." })
  filedAt?: string;

  @One("META", () => Employee, "acknowledgedById", {
    description: "Who of customer service acknowledged it.",
  })
  acknowledgedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was acknowledged." })
  ackAt?: string | null;

  @One("META", () => Employee, "investigatorId", { description: "Who of administration looks into it." })
  investigator?: Employee | null;

  @Classified("META", () => Instant, { description: "Since when; once there is a result, when that was." })
  investigatedAt?: string | null;

  @Classified("SERVICE", () => ObjectionResult, { description: "What administration makes of it." })
  result?: ObjectionResult | null;

  @Classified("SERVICE", () => String, {
    description: "What is to be rectified, or why it is dismissed. Within the company, never for customers.",
  })
  finding?: string | null;

  @Classified("META", () => Instant, {
    description: "By when it has to be rectified: 10 working days after it was upheld.",
  })
  rectificationDue?: string | null;

  @One("META", () => Employee, "rectifierId", { description: "Who of the department rectifies it." })
  rectifier?: Employee | null;

  @Classified("META", () => Instant, { description: "Since when; once it is rectified, when that was." })
  rectifiedAt?: string | null;

  @Classified("SERVICE", () => String, {
    description: "What has been done. Within the company, never for customers.",
  })
  rectification?: string | null;

  @One("META", () => Employee, "closedById", { description: "Who of customer service told the customer." })
  closedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When the customer was told, and it was closed." })
  closedAt?: string | null;

  @Classified("SERVICE", () => String, { description: "What the customer is told." })
  answer?: string | null;

  @Classified("META", () => Instant, {
    description: "Until when it can be opened again: 30 days after it was closed; null: it cannot.",
  })
  reopenableUntil?: string | null;

  @Classified("META", () => Instant, { description: "When it was opened again." })
  reopenedAt?: string | null;

  @Classified("SERVICE", () => String, {
    description: "What the customer was told before it was opened again.",
  })
  firstAnswer?: string | null;

  @Classified("SERVICE", () => String, {
    description:
      "What had been found and done before it was opened again. Within the company, never for customers.",
  })
  firstFinding?: string | null;

  @Classified("META", () => Instant, {
    description:
      "By when somebody has to go on with it; where it is to be rectified, `rectificationDue` says so.",
  })
  dueAt?: string | null;

  @Classified("META", () => ObjectionState, { description: "Where it stands." })
  state?: ObjectionState;
}

explainsItself(Objection);
pageOf<Row>()(Customer, "objections", Objection, {
  key: "customerId",
  description: "The customer's objections to how the company uses the customer's data.",
});
