import { ID } from "type-graphql";
import { classifiedFor, Record } from "../../access/classified.js";
import type { MaintenanceTask as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { one, pageOf } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Day, Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { deviceOwn } from "../device-rows.js";
import { MaintenanceKind, MaintenanceState } from "./maintenance.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "One kind of maintenance of one device, to be done by a day (S000-4.4a). It is no downtime (rulebook 4, K1).",
    idPrefix: "mnt",
    governedBy: "device",
    defaultOrder: "dueOn",
    rows: deviceOwn,
  },
  { implements: Node },
)
export class MaintenanceTask {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("DEVICE_BASIC", () => Device, "deviceId", { description: "The device." })
  device?: Device | null;

  @One("DEVICE_BASIC", () => Employee, "custodianId", {
    description: "Who had the device when it was planned; null: nobody.",
  })
  custodian?: Employee | null;

  @Classified("DEVICE_TECHNICAL", () => MaintenanceKind, { description: "What is to be done." })
  kind?: MaintenanceKind;

  @Classified("META", () => Day, { description: "The last day on which it is in time." })
  dueOn?: string;

  @One("DEVICE_TECHNICAL", () => Employee, "doneById", { description: "Who did it." })
  doneBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was done." })
  doneAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "What was found and done." })
  result?: string | null;

  @Classified("META", () => Instant, { description: "While it is scheduled: the end of the day by which." })
  dueAt?: string | null;

  @Classified("META", () => MaintenanceState, { description: "Where it stands." })
  state?: MaintenanceState;
}

explainsItself(MaintenanceTask);
pageOf<Row>()(Device, "maintenance", MaintenanceTask, {
  key: "deviceId",
  description: "Its maintenance, past and to come, of what is in your reach.",
});
