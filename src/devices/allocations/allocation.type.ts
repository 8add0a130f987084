import { ID } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../../access/classified.js";
import type { Allocation as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { DepartmentCode } from "../../people/enums.js";
import { listOf, one } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { aboutOneDevice, ofDevice } from "../device-rows.js";
import { AllocationState } from "./allocation.enums.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description: "The handing of a device to a user, from the request to the return (rulebook 2.4 F).",
    idPrefix: "alc",
    governedBy: "device",
    rows: {
      own: { column: "userId" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      ...aboutOneDevice,
      secrecy: { ...ofDevice, orNone: true },
    },
  },
  { implements: Node },
)
export class Allocation {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("DEVICE_BASIC", () => Device, "deviceId", {
    description: "The device; null until administration has chosen one.",
  })
  device?: Device | null;

  @Column("DEVICE_BASIC", () => DepartmentCode, "departmentCode", {
    description: "The department that it is for.",
  })
  department?: DepartmentCode;

  @One("DEVICE_BASIC", () => Employee, "userId", { description: "Who is to use it." })
  user?: Employee | null;

  @Classified("DEVICE_BASIC", () => String, { description: "What it is needed for." })
  need?: string;

  @One("DEVICE_BASIC", () => Employee, "requestedById", {
    description: "Who asked for it: the head of the department.",
  })
  requestedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When it was asked for." })
  requestedAt?: string | null;

  @One("DEVICE_BASIC", () => Employee, "allocatedById", {
    description: "Who of administration chose the device.",
  })
  allocatedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When the device was chosen." })
  allocatedAt?: string | null;

  @One("DEVICE_BASIC", () => Employee, "issuedById", { description: "Who of technology made it ready." })
  issuedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When it was made ready." })
  issuedAt?: string | null;

  @Classified("DEVICE_BASIC", () => String, {
    description: "The version of the terms that the user has signed: see `custodyTerms`.",
  })
  termsVersion?: string | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When the user accepted it." })
  acceptedAt?: string | null;

  @Classified("DEVICE_BASIC", () => Instant, {
    description: "When it counts as unused, where the device has not been seen for 30 days by then.",
  })
  unusedAt?: string | null;

  @One("DEVICE_BASIC", () => Employee, "checkedDeptById", {
    description: "Who let it go for the department (S001-P1-3.1.2.1).",
  })
  checkedDept?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When the department let it go." })
  checkedDeptAt?: string | null;

  @One("DEVICE_BASIC", () => Employee, "checkedItById", {
    description: "Who of technology checked it when it came back.",
  })
  checkedIt?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, {
    description: "When technology had checked it: complete, sealed, and wiped of customer data.",
  })
  checkedItAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Boolean, {
    description: "Whether the seal was whole when it came back (S001-P1-3.2.1).",
  })
  sealIntact?: boolean | null;

  @Classified("DEVICE_TECHNICAL", () => Boolean, {
    description: "Whether nothing was missing when it came back (S004-P4-22).",
  })
  complete?: boolean | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "What was found when it came back." })
  findings?: string | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When it ended; null: it has not." })
  endedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("DEVICE_BASIC", () => AllocationState, { description: "Where it stands." })
  state?: AllocationState;
}

explainsItself(Allocation);
listOf<Row>()(Device, "allocations", Allocation, {
  key: "deviceId",
  fieldClass: "DEVICE_BASIC",
  description: "To whom the device has been handed, first to last.",
});
