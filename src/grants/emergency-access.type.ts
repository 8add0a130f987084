import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { EmergencyAccess as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { EmergencyAccessState } from "./grant.enums.js";
import { Grant } from "./grant.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "Access that somebody opens in an emergency: a case right of a few hours, told at once and reviewed afterwards.",
    idPrefix: "eme",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "employeeId" satisfies keyof Row },
      department: { through: "employeeId" satisfies keyof Row, record: () => recordOf(Employee) },
      decided: { notNull: "reviewedAt" satisfies keyof Row },
    },
  },
  { implements: Node },
)
export class EmergencyAccess {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "employeeId", { description: "Who opened it." })
  employee?: Employee | null;

  @One("META", () => Grant, "grantId", { description: "The grant that it opened." })
  grant?: Grant | null;

  @Classified("GRANT", () => String, { description: "What the emergency is." })
  reason?: string;

  @Classified("META", () => Instant, { description: "When it ends by itself." })
  openUntil?: string;

  @One("META", () => Employee, "reviewedById", { description: "Who reviewed it." })
  reviewedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was reviewed." })
  reviewedAt?: string | null;

  @Classified("GRANT", () => String, { description: "The reviewer's notes." })
  reviewerNotes?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => EmergencyAccessState, { description: "Where it stands." })
  state?: EmergencyAccessState;
}

explainsItself(EmergencyAccess);
