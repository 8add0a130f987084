import { ID } from "type-graphql";
import { classifiedFor, Record } from "../../access/classified.js";
import type { SecretReview as Row } from "../../database/client.js";
import { Employee } from "../../people/employee.type.js";
import { listOf, one } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { aboutOneDevice } from "../device-rows.js";
import { SecretReviewState } from "./secret-review.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "The review by which a device may show classified records: by the head of whoever has it and the keeper of secrets (S004-P4-15).",
    idPrefix: "rvw",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: {
      own: { column: "custodianId" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      ...aboutOneDevice,
      decided: { notNull: "decidedAt" satisfies keyof Row },
      secretReview: "always",
    },
  },
  { implements: Node },
)
export class SecretReview {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of the form." })
  formNo?: string;

  @One("DEVICE_BASIC", () => Device, "deviceId", { description: "The device, as far as you may see it." })
  device?: Device | null;

  @Classified("DEVICE_BASIC", () => String, {
    description: "The number of the device, as its label said when the review was opened.",
  })
  deviceNo?: string;

  @One("DEVICE_BASIC", () => Employee, "custodianId", {
    description: "Who has the device, and runs it: the review holds for nobody else.",
  })
  custodian?: Employee | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "What the head found." })
  findings?: string;

  @One("META", () => Employee, "openedById", { description: "The head who looked at it first." })
  openedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When that was." })
  openedAt?: string;

  @One("META", () => Employee, "decidedById", { description: "The keeper of secrets who decided." })
  decidedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When it was decided." })
  decidedAt?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => SecretReviewState, { description: "Where it stands." })
  state?: SecretReviewState;
}

explainsItself(SecretReview);
listOf<Row>()(Device, "secretReviews", SecretReview, {
  key: "deviceId",
  description: "Its reviews for classified records, first to last.",
});
