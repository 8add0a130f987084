import { ID } from "type-graphql";
import { classifiedFor, Record } from "../../access/classified.js";
import type { RenewalPlan as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { listOf, one } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Day, Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { deviceOwn } from "../device-rows.js";
import { RenewalState } from "./renewal.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The plan by which a device is replaced: why, whether it can be done, and on which day (S000-4.4c).",
    idPrefix: "rnw",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: deviceOwn,
  },
  { implements: Node },
)
export class RenewalPlan {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("DEVICE_BASIC", () => Device, "deviceId", { description: "The device that is to be replaced." })
  device?: Device | null;

  @One("DEVICE_BASIC", () => Employee, "custodianId", {
    description: "Who has the device, and hears of it; null: nobody.",
  })
  custodian?: Employee | null;

  @Classified("DEVICE_BASIC", () => String, { description: "Why technology or business demand it." })
  necessity?: string;

  @Classified("DEVICE_BASIC", () => String, { description: "What makes it possible." })
  feasibility?: string;

  @Classified("DEVICE_BASIC", () => Day, {
    description: "The day from whose beginning on the device is not used any more.",
  })
  plannedFor?: string;

  @Classified("META", () => Instant, { description: "The beginning of that day, in Shanghai." })
  comesAt?: string;

  @One("META", () => Employee, "plannedById", { description: "Who of administration planned it." })
  plannedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was planned." })
  plannedAt?: string;

  @One("DEVICE_BASIC", () => Device, "successorId", {
    description: "The device that has taken its place; null: none has.",
  })
  successor?: Device | null;

  @Classified("META", () => Instant, { description: "When it was replaced, or let go." })
  executedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => RenewalState, { description: "Where it stands." })
  state?: RenewalState;
}

explainsItself(RenewalPlan);
listOf<Row>()(Device, "renewals", RenewalPlan, {
  key: "deviceId",
  description: "When it was or is to be replaced, first to last.",
});
