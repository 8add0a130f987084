import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { Incident as Row } from "../database/client.js";
import { Device } from "../devices/device.type.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { listOf, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Decimal, Instant } from "../reading/scalars.js";
import { IncidentKind, IncidentState } from "./incident.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description: "Something that went wrong with customer data, or with what it is kept on (rulebook 2.4 I).",
    idPrefix: "inc",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "reporterId" satisfies keyof Row },
      department: {
        either: [
          { through: "reporterId" satisfies keyof Row, record: () => recordOf(Employee) },
          { column: "holderDepartment" satisfies keyof Row },
        ],
      },
      incident: "always",
    },
  },
  { implements: Node },
)
export class Incident {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @Classified("META", () => IncidentKind, { description: "What sort of incident it is." })
  kind?: IncidentKind;

  @Classified("GRANT", () => String, {
    description: "What has happened. No customer's data is written here.",
  })
  text?: string;

  @One("META", () => Employee, "reporterId", { description: "Who reported it." })
  reporter?: Employee | null;

  @One("META", () => Device, "deviceId", { description: "The device that it is about, if it is about one." })
  device?: Device | null;

  @Classified("META", () => DepartmentCode, {
    description: "The department that had the device, of a loss: its head sees the incident, too.",
  })
  holderDepartment?: DepartmentCode | null;

  @Classified("META", () => Instant, { description: "When it was discovered." })
  discoveredAt?: string;

  @Classified("META", () => Instant, { description: "When it was reported." })
  reportedAt?: string;

  @Classified("META", () => Boolean, {
    description: "Whether that was more than an hour after it was discovered (S002-4.2b, rulebook 0.3).",
  })
  reportedLate?: boolean;

  @One("META", () => Employee, "containedById", { description: "Who stopped it." })
  containedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was stopped." })
  containedAt?: string | null;

  @Classified("GRANT", () => String, { description: "How it was stopped." })
  remedy?: string | null;

  @One("META", () => Employee, "investigatorId", { description: "Who investigates." })
  investigator?: Employee | null;

  @Classified("META", () => Instant, { description: "Since when it is investigated." })
  investigatedAt?: string | null;

  @Classified("GRANT", () => String, { description: "Its cause." })
  cause?: string | null;

  @One("GRANT", () => Employee, "liableId", { description: "Who answers for it (S000-5.1c); null: nobody." })
  liable?: Employee | null;

  @Classified("GRANT", () => Decimal, { description: "What it has cost, CNY." })
  cost?: string | null;

  @Classified("META", () => Instant, { description: "When its cause was known." })
  resolvedAt?: string | null;

  @One("META", () => Employee, "reviewerId", { description: "Who reviewed it." })
  reviewer?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was reviewed." })
  reviewedAt?: string | null;

  @Classified("GRANT", () => String, { description: "What is to be learnt from it." })
  findings?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => IncidentState, { description: "Where it stands." })
  state?: IncidentState;
}

explainsItself(Incident);
listOf<Row>()(Device, "incidents", Incident, {
  key: "deviceId",
  description: "The incidents about it, of those in your reach.",
});
