import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { TrainingRecord as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { listOf, one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Decimal, Instant } from "../reading/scalars.js";
import { TrainingKind, TrainingRecordState, TrainingTopic } from "./training.enums.js";
import { TrainingSession } from "./training-session.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "One training that somebody takes; seen by that person, whoever signs for them and whoever holds it " +
      "(rulebook 2.2).",
    idPrefix: "trn",
    governedBy: "staff",
    rows: { taught: { column: "trainerId" satisfies keyof Row } },
    partOf: [{ record: () => recordOf(Employee), key: "employeeId" satisfies keyof Row }],
  },
  { implements: Node },
)
export class TrainingRecord {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("STAFF", () => Employee, "employeeId", { description: "Who is trained." })
  employee?: Employee | null;

  @One("STAFF", () => TrainingSession, "sessionId", {
    description: "In which session; null: a training from before there were any on record.",
  })
  session?: TrainingSession | null;

  @One("STAFF", () => Employee, "trainerId", { description: "Who holds and evaluates it." })
  trainer?: Employee | null;

  @Classified("STAFF", () => TrainingKind, { description: "What it is a training for." })
  kind?: TrainingKind;

  @Classified("STAFF", () => [TrainingTopic] as const, { description: "What it is about." })
  topics?: TrainingTopic[];

  @Classified("STAFF", () => Instant, { description: "When it is held." })
  heldAt?: string;

  @Classified("STAFF", () => Decimal, { description: "How long the person was there, class hours." })
  attendedHours?: string | null;

  @Classified("STAFF", () => Decimal, { description: "Result of the test, 0 to 100." })
  score?: string | null;

  @Classified("STAFF", () => Instant, { description: "When it was evaluated." })
  evaluatedAt?: string | null;

  @Classified("STAFF", () => Instant, {
    description:
      "From when on it counts no longer (12 months, rulebook 2.4 M); null where it was not passed.",
  })
  expiresAt?: string | null;

  @Classified("STAFF", () => Instant, {
    description: "When another one that covers it was passed: nobody is reminded of its end any more.",
  })
  renewedAt?: string | null;

  @Classified("STAFF", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("STAFF", () => TrainingRecordState, { description: "Where it stands." })
  state?: TrainingRecordState;
}

explainsItself(TrainingRecord);
listOf<Row>()(Employee, "trainingRecords", TrainingRecord, {
  key: "employeeId",
  fieldClass: "STAFF",
  description: "The trainings that the person has taken, or is to take.",
});
pageOf<Row>()(TrainingSession, "records", TrainingRecord, {
  key: "sessionId",
  description: "Who takes part, of those in your reach: whoever holds it sees them all.",
});
