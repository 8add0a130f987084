import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { StaffRequest as Row } from "../database/client.js";
import { Device } from "../devices/device.type.js";
import { Employee } from "../people/employee.type.js";
import { one, pageOf } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { TrainingSession } from "../training/training-session.type.js";
import { StaffRequestKind, StaffRequestState } from "./staff-request.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A training that somebody demands, an improvement of devices that they propose, or support that they ask for, with its answer: read by them, by their head, by administration, and by those who answer (S000-5.1a).",
    idPrefix: "req",
    governedBy: "staff",
    defaultOrder: "formNo",
    rows: {
      own: { column: "askerId" satisfies keyof Row },
      department: { through: "askerId" satisfies keyof Row, record: () => recordOf(Employee) },
    },
  },
  { implements: Node },
)
export class StaffRequest {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @Classified("META", () => StaffRequestKind, { description: "What it is." })
  kind?: StaffRequestKind;

  @One("META", () => Employee, "askerId", { description: "Who has made it." })
  asker?: Employee | null;

  @One("META", () => Device, "deviceId", { description: "The device that it is about, if it is about one." })
  device?: Device | null;

  @Classified("META", () => String, { description: "What is demanded, proposed or asked." })
  text?: string;

  @Classified("META", () => Instant, { description: "When it was made." })
  askedAt?: string;

  @Classified("META", () => String, { description: "What was answered." })
  answer?: string | null;

  @One("META", () => TrainingSession, "sessionId", {
    description: "The training that a demand was answered with.",
  })
  session?: TrainingSession | null;

  @One("META", () => Employee, "answeredById", { description: "Who answered." })
  answeredBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was answered." })
  answeredAt?: string | null;

  @Classified("META", () => Instant, { description: "By when it has to be answered." })
  dueAt?: string | null;

  @Classified("META", () => StaffRequestState, { description: "Where it stands." })
  state?: StaffRequestState;
}

explainsItself(StaffRequest);
pageOf<Row>()(Device, "staffRequests", StaffRequest, {
  key: "deviceId",
  description: "What was proposed or asked about it, of what is in your reach.",
});
