import { ID } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../access/classified.js";
import type { Allocation as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { listOf, one } from "../reading/edges.js";
import { Node } from "../reading/node.js";
import { Instant } from "../reading/scalars.js";
import { AllocationState } from "./device.enums.js";
import { Device } from "./device.type.js";

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
    },
  },
  { implements: Node },
)
export class Allocation {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("DEVICE_BASIC", () => Device, "deviceId", { description: "The device." })
  device?: Device | null;

  @Column("DEVICE_BASIC", () => DepartmentCode, "departmentCode", {
    description: "The department that it is for.",
  })
  department?: DepartmentCode;

  @One("DEVICE_BASIC", () => Employee, "userId", { description: "Who is to use it." })
  user?: Employee | null;

  @Classified("DEVICE_BASIC", () => String, { description: "What it is needed for." })
  need?: string;

  @One("DEVICE_BASIC", () => Employee, "allocatedById", {
    description: "Who of administration allocated it.",
  })
  allocatedBy?: Employee | null;

  @One("DEVICE_BASIC", () => Employee, "issuedById", { description: "Who of technology handed it out." })
  issuedBy?: Employee | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When the user accepted it." })
  acceptedAt?: string | null;

  @Classified("DEVICE_BASIC", () => Instant, { description: "When it ended; null: it has not." })
  endedAt?: string | null;

  @Classified("DEVICE_BASIC", () => AllocationState, { description: "Where it stands." })
  state?: AllocationState;
}

listOf<Row>()(Device, "allocations", Allocation, {
  key: "deviceId",
  fieldClass: "DEVICE_BASIC",
  description: "To whom the device has been handed, first to last.",
});
