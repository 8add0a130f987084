import { ID, Int } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../../access/classified.js";
import type { Fault as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { DepartmentCode } from "../../people/enums.js";
import { one, pageOf } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Decimal, Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { aboutOneDevice } from "../device-rows.js";
import { FaultState, RepairVerdict } from "./fault.enums.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "A fault of a device and its repair order, from the report until its user confirms that it works (rulebook 2.4 E).",
    idPrefix: "fau",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: {
      own: { column: "custodianId" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      ...aboutOneDevice,
    },
  },
  { implements: Node },
)
export class Fault {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("DEVICE_BASIC", () => Device, "deviceId", { description: "The device." })
  device?: Device | null;

  @Column("DEVICE_BASIC", () => DepartmentCode, "departmentCode", {
    description: "The department that used it when it was reported.",
  })
  department?: DepartmentCode | null;

  @One("DEVICE_BASIC", () => Employee, "custodianId", {
    description: "Who had it then, and confirms the repair; null: nobody.",
  })
  custodian?: Employee | null;

  @One("DEVICE_BASIC", () => Employee, "reportedById", { description: "Who reported it." })
  reportedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was discovered." })
  discoveredAt?: string;

  @Classified("META", () => Instant, {
    description: "When it was reported: the device is out of order from here.",
  })
  reportedAt?: string;

  @Classified("META", () => Boolean, {
    description:
      "Whether it was reported more than an hour after it was discovered (S001-P1-3.2.2, rulebook 0.3).",
  })
  reportedLate?: boolean;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "What does not work." })
  symptom?: string;

  @Classified("META", () => Instant, {
    description: "By when it is to be confirmed: three working days overall.",
  })
  confirmBy?: string;

  @One("DEVICE_TECHNICAL", () => Employee, "repairerId", { description: "Who repairs it." })
  repairer?: Employee | null;

  @Classified("META", () => Instant, { description: "When the repairer took it, last." })
  ackAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "What is wrong with it." })
  diagnosis?: string | null;

  @Classified("DEVICE_TECHNICAL", () => String, {
    description: "The professional centre that it was sent to, last (S001-P1-3.1.3).",
  })
  centre?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Boolean, {
    description: "Whether it was wiped or sealed before it was sent there.",
  })
  dataProtected?: boolean;

  @Classified("META", () => Instant, { description: "When it was sent there." })
  sentAt?: string | null;

  @Classified("META", () => Instant, { description: "When it came back; null while it is there." })
  backAt?: string | null;

  @Classified("DEVICE_FINANCE", () => Decimal, { description: "What the repair cost, CNY." })
  cost?: string | null;

  @Classified("DEVICE_TECHNICAL", () => [String] as const, { description: "What was changed in it." })
  components?: string[];

  @Classified("DEVICE_TECHNICAL", () => RepairVerdict, { description: "What the repairer found in the end." })
  verdict?: RepairVerdict | null;

  @Classified("META", () => Instant, { description: "When its user confirmed that it works." })
  confirmedAt?: string | null;

  @Classified("META", () => Instant, { description: "When it was opened again, last." })
  reopenedAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Int, {
    description:
      "How long the device was out of order with it, whole minutes: from the report, or the reopening, to the confirmation or the verdict; what still lasts is not counted yet (rulebook 4, K1).",
  })
  downtimeMinutes?: number;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => FaultState, { description: "Where it stands." })
  state?: FaultState;
}

explainsItself(Fault);
pageOf<Row>()(Device, "faults", Fault, {
  key: "deviceId",
  description: "Its faults, of those in your reach.",
});
