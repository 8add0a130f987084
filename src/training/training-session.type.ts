import { ID, Int } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { TrainingSession as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Decimal, Instant } from "../reading/scalars.js";
import { TrainingKind, TrainingSessionState, TrainingTopic } from "./training.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A training that is held for several people; announced to everybody at work here (S000-4.2a, S004-P3-9).",
    idPrefix: "trs",
    governedBy: "staff",
    defaultOrder: "formNo",
    rows: {
      own: { column: "trainerId" satisfies keyof Row },
      department: { through: "trainerId" satisfies keyof Row, record: () => recordOf(Employee) },
    },
  },
  { implements: Node },
)
export class TrainingSession {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "trainerId", { description: "Who holds it, and evaluates it." })
  trainer?: Employee | null;

  @Classified("META", () => TrainingKind, { description: "What it is a training for." })
  kind?: TrainingKind;

  @Classified("META", () => [TrainingTopic] as const, {
    description: "The topics of device training that it covers.",
  })
  topics?: TrainingTopic[];

  @Classified("META", () => String, { description: "What it is called." })
  title?: string;

  @Classified("META", () => String, { description: "Where it is held." })
  place?: string;

  @Classified("META", () => Decimal, {
    description: "How long it takes, class hours: who passes was there for all of them.",
  })
  hours?: string;

  @Classified("META", () => Instant, { description: "When it begins." })
  heldAt?: string;

  @Classified("META", () => Int, { description: "For how many people; null: for as many as come." })
  places?: number | null;

  @Classified("META", () => Instant, { description: "When the last result was confirmed." })
  evaluatedAt?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => TrainingSessionState, { description: "Where it stands." })
  state?: TrainingSessionState;
}

explainsItself(TrainingSession);
