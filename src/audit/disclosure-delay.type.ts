import { ID } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../access/classified.js";
import { Customer } from "../customers/customer.type.js";
import type { DisclosureDelay as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "That a customer hears of the looks of a department later, so that what is being looked into is not given away: with a reason and an end.",
    idPrefix: "dly",
    governedBy: "ledger",
    defaultOrder: "setAt",
  },
  { implements: Node },
)
export class DisclosureDelay {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("META", () => Customer, "customerId", {
    description: "Who hears of it later, where you reach them.",
  })
  customer?: Customer | null;

  @Classified("META", () => ID, { description: "The id of that customer." })
  customerId?: string;

  @Column("META", () => DepartmentCode, "departmentCode", { description: "Of whose looks." })
  department?: DepartmentCode;

  @Classified("META", () => String, { description: "Why; the customer is told it afterwards." })
  reason?: string;

  @One("META", () => Employee, "setById", { description: "Who set it." })
  setBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When." })
  setAt?: string;

  @Classified("META", () => Instant, { description: "When it ends." })
  until?: string;

  @One("META", () => Employee, "liftedById", { description: "Who ended it before that." })
  liftedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When they did." })
  liftedAt?: string | null;
}

explainsItself(DisclosureDelay);
