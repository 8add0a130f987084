import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { TrainingRecord as Row } from "../database/client.js";
import { listOf, one } from "../reading/edges.js";
import { Node } from "../reading/node.js";
import { Decimal, Instant } from "../reading/scalars.js";
import { Employee } from "./employee.type.js";
import { TrainingKind, TrainingTopic } from "./enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "One training that somebody took; seen by that person and the head of the department (rulebook 2.2).",
    idPrefix: "trn",
    governedBy: "staff",
    partOf: [{ record: () => recordOf(Employee), key: "employeeId" satisfies keyof Row }],
  },
  { implements: Node },
)
export class TrainingRecord {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("STAFF", () => Employee, "employeeId", { description: "Who was trained." })
  employee?: Employee | null;

  @One("STAFF", () => Employee, "trainerId", { description: "Who held and evaluated it." })
  trainer?: Employee | null;

  @Classified("STAFF", () => TrainingKind, { description: "What it was a training for." })
  kind?: TrainingKind;

  @Classified("STAFF", () => [TrainingTopic] as const, { description: "What it was about." })
  topics?: TrainingTopic[];

  @Classified("STAFF", () => Instant, { description: "When it was held." })
  heldAt?: string;

  @Classified("STAFF", () => Decimal, { description: "How long the person was there, class hours." })
  attendedHours?: string;

  @Classified("STAFF", () => Decimal, { description: "Result of the test, 0 to 100." })
  score?: string | null;

  @Classified("STAFF", () => Boolean, { description: "Whether it was passed." })
  passed?: boolean;

  @Classified("STAFF", () => Instant, {
    description: "From when on it counts no longer (12 months, rulebook 2.4 M).",
  })
  expiresAt?: string;
}

listOf<Row>()(Employee, "trainingRecords", TrainingRecord, {
  key: "employeeId",
  fieldClass: "STAFF",
  description: "The trainings that the person took.",
});
