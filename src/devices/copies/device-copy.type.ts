import { ID } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../../access/classified.js";
import { Customer } from "../../customers/customer.type.js";
import type { DeviceCopy as Row } from "../../database/client.js";
import { CopyRequest } from "../../disclosures/copy-request.type.js";
import { Loan } from "../../dossiers/loan.type.js";
import { Employee } from "../../people/employee.type.js";
import { DepartmentCode } from "../../people/enums.js";
import { one, pageOf } from "../../reading/edges.js";
import { explainsItself } from "../../reading/field-access.js";
import { Node } from "../../reading/node.js";
import { Instant } from "../../reading/scalars.js";
import { Device } from "../device.type.js";
import { aboutOneDevice } from "../device-rows.js";
import { WipeMethod } from "../scrap/scrap-sheet.enums.js";
import { DeviceCopyKind, DeviceCopyState, RecallCause } from "./device-copy.enums.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();

@Record(
  {
    description:
      "What of a customer's data lies on a device outside the system, until when, and what became of it: which customer and which form, never a value (S000-4.2c, S004-P5-19.1, 20, 23).",
    idPrefix: "dcp",
    governedBy: "device",
    defaultOrder: "formNo",
    rows: {
      own: { column: "holderId" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      ...aboutOneDevice,
    },
  },
  { implements: Node },
)
export class DeviceCopy {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, { description: "The number of its line in the register." })
  formNo?: string;

  @Classified("DEVICE_BASIC", () => DeviceCopyKind, { description: "What it is." })
  kind?: DeviceCopyKind;

  @One("DEVICE_BASIC", () => Device, "deviceId", { description: "The device that it lies on." })
  device?: Device | null;

  @One("DEVICE_BASIC", () => Employee, "holderId", { description: "Who had the device when it came there." })
  holder?: Employee | null;

  @Column("DEVICE_BASIC", () => DepartmentCode, "departmentCode", {
    description: "The holder's department, then.",
  })
  department?: DepartmentCode | null;

  @One("DEVICE_BASIC", () => Customer, "customerId", {
    description: "Whose data it is, as far as you may see that customer.",
  })
  customer?: Customer | null;

  @One("DEVICE_BASIC", () => CopyRequest, "copyRequestId", {
    description: "The form that it was handed over by, where it is a COPY.",
  })
  copyRequest?: CopyRequest | null;

  @One("DEVICE_BASIC", () => Loan, "loanId", { description: "The loan, where it is one." })
  loan?: Loan | null;

  @Classified("META", () => Instant, { description: "Since when it lies there." })
  since?: string;

  @Classified("META", () => Instant, { description: "Until when it may lie there." })
  until?: string;

  @Classified("META", () => Instant, { description: "Since when it is to be wiped." })
  recalledAt?: string | null;

  @Classified("DEVICE_BASIC", () => RecallCause, { description: "Why it is." })
  recallCause?: RecallCause | null;

  @One("META", () => Employee, "wipedById", {
    description: "Who confirms that it is wiped: never its holder.",
  })
  wipedBy?: Employee | null;

  @Classified("META", () => Instant, { description: "When that was." })
  wipedAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => WipeMethod, { description: "How it was wiped." })
  wipeMethod?: WipeMethod | null;

  @Classified("DEVICE_TECHNICAL", () => String, {
    description: "What shows that it was: the number of a protocol or of a certificate.",
  })
  wipeProof?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => DeviceCopyState, { description: "Where it stands." })
  state?: DeviceCopyState;
}

explainsItself(DeviceCopy);
pageOf<Row>()(Device, "copies", DeviceCopy, {
  key: "deviceId",
  description: "What of customer data lies on it or did, of what is in your reach.",
});
