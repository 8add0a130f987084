import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { HandoverLine as LineRow, Offboarding as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { listOf, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Day, Instant } from "../reading/scalars.js";
import { OffboardingKind, OffboardingState } from "./offboarding.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "Leaving the company or a post: what is settled before it is over (S001-P1-3.1.2.1, S002-4.2a).",
    idPrefix: "off",
    governedBy: "grant",
    defaultOrder: "formNo",
    rows: {
      own: { column: "employeeId" satisfies keyof Row },
      department: { through: "employeeId" satisfies keyof Row, record: () => recordOf(Employee) },
      leaving: { column: "state" satisfies keyof Row, in: ["ITEMS_OPEN"] satisfies OffboardingState[] },
    },
  },
  { implements: Node },
)
export class Offboarding {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("META", () => Employee, "employeeId", { description: "Who goes." })
  employee?: Employee | null;

  @Classified("META", () => OffboardingKind, { description: "From the company, or to another post." })
  kind?: OffboardingKind;

  @Classified("GRANT", () => String, { description: "Why." })
  reason?: string;

  @Classified("META", () => DepartmentCode, { description: "The new department, of a transfer." })
  toDepartment?: DepartmentCode | null;

  @Classified("META", () => String, { description: "The new post, of a transfer." })
  toPost?: string | null;

  @Classified("META", () => Instant, {
    description: "From when on: every grant ends at this instant (rulebook 6-21).",
  })
  effectiveAt?: string;

  @Classified("META", () => Instant, {
    description:
      "By when the system-permission approval form is due: three days after it takes effect (S001-P1-3.3-O4).",
  })
  permissionFormDueAt?: string;

  @Classified("META", () => Instant, { description: "When that form was filed." })
  permissionFormAt?: string | null;

  @One("META", () => Employee, "successorId", { description: "Who takes over." })
  successor?: Employee | null;

  @Classified("META", () => Day, {
    description: "Until when secrecy is promised after leaving: at least 24 months (S002-4.2a).",
  })
  commitmentUntil?: string | null;

  @One("META", () => Employee, "confirmedById", { description: "The head who confirmed it." })
  confirmedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was confirmed." })
  confirmedAt?: string | null;

  @One("META", () => Employee, "headClearedById", {
    description: "Who cleared what the department gets back.",
  })
  headClearedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When that was cleared." })
  headClearedAt?: string | null;

  @One("META", () => Employee, "technologyClearedById", {
    description: "Who of technology cleared the devices.",
  })
  technologyClearedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When the devices were cleared." })
  technologyClearedAt?: string | null;

  @One("META", () => Employee, "specialistClearedById", {
    description: "Which customer information specialist cleared customer material.",
  })
  specialistClearedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When customer material was cleared." })
  specialistClearedAt?: string | null;

  @One("META", () => Employee, "closedById", { description: "Who of administration closed it." })
  closedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was closed." })
  closedAt?: string | null;

  @Classified("META", () => Instant, {
    description: "By when somebody has to go on with it; null where nobody has to.",
  })
  dueAt?: string | null;

  @Classified("META", () => OffboardingState, { description: "Where it stands." })
  state?: OffboardingState;
}

explainsItself(Offboarding);

const Line = classifiedFor<LineRow>();

@Record({
  description: "One line of the hand-over list.",
  governedBy: "grant",
  partOf: [{ record: () => recordOf(Offboarding), key: "offboardingId" satisfies keyof LineRow }],
})
export class HandoverLine {
  @Line("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Line("GRANT", () => String, { description: "What is handed over." })
  item?: string;

  @Line("META", () => Instant, { description: "When the successor took it over." })
  settledAt?: string | null;
}

listOf<LineRow>()(Offboarding, "lines", HandoverLine, {
  key: "offboardingId",
  description: "The hand-over list.",
});
