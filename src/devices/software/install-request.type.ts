import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../../access/classified.js";
import type { InstallRequest as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { one, pageOf } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { aboutOneDevice } from "../device-rows.js";
import { InstallRequestState } from "./software.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The wish to have software on one's device: installed only after technology's word (S004-P4-16, S001-P1-3.2.3).",
    idPrefix: "ins",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: {
      own: { column: "askerId" satisfies keyof Row },
      department: { through: "askerId" satisfies keyof Row, record: () => recordOf(Employee) },
      ...aboutOneDevice,
    },
  },
  { implements: Node },
)
export class InstallRequest {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("DEVICE_TECHNICAL", () => Device, "deviceId", { description: "The device." })
  device?: Device | null;

  @One("DEVICE_TECHNICAL", () => Employee, "askerId", { description: "Who asks: who has the device." })
  asker?: Employee | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "What is to be installed." })
  software?: string;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "What for." })
  purpose?: string;

  @Classified("DEVICE_TECHNICAL", () => Boolean, {
    description: "Whether it was on the list of what is allowed: then nobody has to confirm it.",
  })
  listed?: boolean;

  @Classified("META", () => Instant, { description: "When it was asked for." })
  askedAt?: string;

  @One("DEVICE_TECHNICAL", () => Employee, "confirmedById", { description: "Who confirmed it." })
  confirmedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was confirmed." })
  confirmedAt?: string | null;

  @One("DEVICE_TECHNICAL", () => Employee, "installedById", { description: "Who installed it." })
  installedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was installed." })
  installedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => InstallRequestState, { description: "Where it stands." })
  state?: InstallRequestState;
}

explainsItself(InstallRequest);
pageOf<Row>()(Device, "installRequests", InstallRequest, {
  key: "deviceId",
  description: "What was to be installed on it, of what is in your reach.",
});
