import { ID, Int } from "type-graphql";
import { classifiedFor, Record } from "../access/classified.js";
import type { Purpose as Row } from "../database/client.js";
import { Node } from "../reading/node.js";
import { DepartmentCode } from "./enums.js";

const Classified = classifiedFor<Row>();

@Record(
  {
    description:
      "A purpose that customer data may be used for: what grants name and requests state (S003-3.2.1).",
    idPrefix: "pur",
    governedBy: "directory",
    defaultOrder: "code",
  },
  { implements: Node },
)
export class Purpose {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The word that requests state: `ORDER_HANDLING`." })
  code?: string;

  @Classified("META", () => String, { description: "What it is called." })
  name?: string;

  @Classified("META", () => String, { description: "What is done for it." })
  description?: string;

  @Classified("META", () => DepartmentCode, { description: "The department that answers for it." })
  ownerDepartment?: DepartmentCode;

  @Classified("META", () => String, { description: "What allows it." })
  legalBasis?: string;

  @Classified("META", () => Int, { description: "How long data is kept for it, months." })
  retentionMonths?: number;
}
