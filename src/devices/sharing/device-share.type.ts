import { ID } from "type-graphql";
import { classifiedFor, Record } from "../../access/classified.js";
import type { DeviceShare as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { listOf, one } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { aboutOneDevice } from "../device-rows.js";
import { DeviceShareState } from "./device-share.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The use of a colleague's device, with the consent of their head: never of one for customer data (S001-P1-3.1.4.3, rulebook 2.4 F2, 6-04).",
    idPrefix: "shr",
    governedBy: "device",
    rows: {
      own: { column: "askerId" satisfies keyof Row },
      carried: { column: "custodianId" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      ...aboutOneDevice,
    },
  },
  { implements: Node },
)
export class DeviceShare {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("DEVICE_TECHNICAL", () => Device, "deviceId", { description: "The device, as far as you may see it." })
  device?: Device | null;

  @One("DEVICE_TECHNICAL", () => Employee, "custodianId", {
    description: "Whose custody it is in, and stays.",
  })
  custodian?: Employee | null;

  @One("DEVICE_TECHNICAL", () => Employee, "askerId", { description: "Who wants to use it." })
  asker?: Employee | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "What for." })
  purpose?: string;

  @Classified("DEVICE_TECHNICAL", () => Instant, { description: "Until when, unless it is ended before." })
  until?: string;

  @One("DEVICE_TECHNICAL", () => Employee, "decidedById", {
    description: "Who decided: the head of the custodian's department.",
  })
  decidedBy?: Employee | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, { description: "When it was decided." })
  decidedAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, { description: "When it ended; null: it has not." })
  endedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => DeviceShareState, { description: "Where it stands." })
  state?: DeviceShareState;
}

explainsItself(DeviceShare);
listOf<Row>()(Device, "shares", DeviceShare, {
  key: "deviceId",
  description: "Who else may use it or asks to, of those in your reach.",
});
