import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { Recertification as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { RecertificationState } from "./grant.enums.js";
import { Grant } from "./grant.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description: "Whether a grant is still needed, asked of the head once in each period (S003-6.2.3).",
    idPrefix: "rec",
    governedBy: "grant",
    defaultOrder: "round",
    rows: {
      own: { column: "granteeId" satisfies keyof Row },
      department: { through: "granteeId" satisfies keyof Row, record: () => recordOf(Employee) },
    },
  },
  { implements: Node },
)
export class Recertification {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("META", () => Employee, "granteeId", { description: "Whose grant." })
  grantee?: Employee | null;

  @One("META", () => Grant, "grantId", { description: "Which." })
  grant?: Grant | null;

  @Classified("META", () => String, { description: "The first month of the period: `2026-10`." })
  round?: string;

  @One("META", () => Employee, "confirmedById", { description: "Who said whether it is needed." })
  confirmedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When." })
  confirmedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when; after that a grant in force is held up." })
  dueAt?: string | null;

  @Classified("META", () => RecertificationState, { description: "Where it stands." })
  state?: RecertificationState;
}

explainsItself(Recertification);
