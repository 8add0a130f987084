import { Extensions, ID, Int } from "type-graphql";
import { classifiedColumn, classifiedFor, madeOf, Record } from "../access/classified.js";
import type { Device as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode } from "../people/enums.js";
import { listOf, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Day, Decimal, Instant } from "../reading/scalars.js";
import { DeviceKind, DeviceState } from "./device.enums.js";
import { deviceLabel } from "./device-label.js";

const Classified = classifiedFor<Row>();
const Column = classifiedColumn<Row>();
const One = one<Row>();
const MadeOf = madeOf<Row>();

@Record(
  {
    description:
      "A device of the register: what customer data may be read on, and with whom it is (rulebook 2.2).",
    idPrefix: "dev",
    governedBy: "device",
    rows: {
      own: { column: "custodianId" satisfies keyof Row },
      department: { column: "departmentCode" satisfies keyof Row },
      aboutDevice: "always",
      technical: "always",
      priced: "always",
      secrecy: { confidential: "classified" satisfies keyof Row },
      secretReview: { exists: "SecretReview", key: "deviceId" },
    },
  },
  { implements: Node },
)
export class Device {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("DEVICE_BASIC", () => String, {
    description: "The number in the register, as the label says (S000-4.1b); null until it is registered.",
  })
  deviceNo?: string | null;

  // Drawing one takes as long as reading so many values.
  @Extensions({ heavy: 200 })
  @MadeOf("deviceNo", () => String, deviceLabel, {
    description:
      "Its label, a picture in SVG: a QR code (ISO/IEC 18004, error correction M) that carries the device number and nothing else, and the number under it.",
  })
  label?: string | null;

  @Classified("DEVICE_BASIC", () => DeviceKind, { description: "What it is." })
  kind?: DeviceKind;

  @Classified("DEVICE_BASIC", () => String, { description: "The maker's model." })
  model?: string;

  @Classified("DEVICE_BASIC", () => String, { description: "What it is equipped with." })
  spec?: string | null;

  @Column("DEVICE_BASIC", () => DepartmentCode, "departmentCode", {
    description: "The department that uses it.",
  })
  department?: DepartmentCode | null;

  @One("DEVICE_BASIC", () => Employee, "custodianId", { description: "Who has it, and answers for it." })
  custodian?: Employee | null;

  @Classified("DEVICE_BASIC", () => Day, { description: "Day of purchase." })
  purchasedAt?: string | null;

  @Classified("DEVICE_BASIC", () => DeviceState, { description: "Where it stands in its life." })
  state?: DeviceState;

  @Classified("DEVICE_BASIC", () => Instant, {
    description: "Since when it has not been used; null: it is in use, or nobody has been given it yet.",
  })
  idleSince?: string | null;

  @Classified("DEVICE_BASIC", () => Boolean, { description: "Whether it is registered for customer data." })
  isCustomerListDevice?: boolean;

  @Classified("DEVICE_BASIC", () => Boolean, {
    description:
      "Whether it is meant for classified records (S004-P4-15). How it is set up is then as classified as they are: technology and inspectors read it as whoever may read those (rulebook 2.2).",
  })
  classified?: boolean;

  @Classified("DEVICE_TECHNICAL", () => String, {
    description:
      "Its network address, IPv4 or IPv6 in normal form (RFC 5952); no two devices have the same, but for those that are lost or gone.",
  })
  ipAddress?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Int, { description: "Its virtual network, 1 to 4094 (IEEE 802.1Q)." })
  vlan?: number | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "Its hardware address: `00:1a:2b:3c:4d:5e`." })
  macAddress?: string | null;

  @Classified("DEVICE_TECHNICAL", () => [String] as const, { description: "What is installed on it." })
  software?: string[];

  @Classified("DEVICE_TECHNICAL", () => [String] as const, { description: "What it consists of." })
  components?: string[];

  @Classified("DEVICE_TECHNICAL", () => String, { description: "The number of the seal on its case." })
  sealNo?: string | null;

  @Classified("DEVICE_TECHNICAL", () => String, { description: "The configuration that it is to have." })
  configBaseline?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, { description: "The last update of its virus scanner." })
  antivirusAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Boolean, { description: "Whether its firewall is on." })
  firewall?: boolean | null;

  @Classified("DEVICE_TECHNICAL", () => Boolean, { description: "Whether it asks for a password." })
  passwordSet?: boolean | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, {
    description: "When it was reviewed for classified records (S004-P4-15).",
  })
  secretReviewedAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, {
    description: "When a request last came from it, to the hour: observed, whoever asked.",
  })
  lastSeenAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Int, { description: "How often it is to be maintained, days." })
  maintenanceIntervalDays?: number | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, { description: "When it was last maintained." })
  lastMaintainedAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, {
    description: "By when it is to be maintained next: the end of that day.",
  })
  nextMaintenanceAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, {
    description: "When a stock-take last found it (S004-P4-22).",
  })
  stockTakenAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Instant, {
    description: "Until when the next stock-take has to find it; null: none is set.",
  })
  stockTakeDueAt?: string | null;

  @Classified("DEVICE_TECHNICAL", () => Int, { description: "How long it was out of order in all, minutes." })
  downtimeMinutes?: number;

  @Classified("DEVICE_FINANCE", () => Decimal, { description: "Price, CNY." })
  price?: string | null;

  @Classified("DEVICE_FINANCE", () => String, { description: "From whom it was bought." })
  supplier?: string | null;

  @Classified("DEVICE_FINANCE", () => String, { description: "The number of the contract." })
  contractNo?: string | null;

  @Classified("DEVICE_FINANCE", () => String, { description: "The number of the invoice." })
  invoiceNo?: string | null;

  @Classified("DEVICE_FINANCE", () => String, { description: "The number of the stock receipt." })
  stockInNo?: string | null;

  @Classified("DEVICE_FINANCE", () => String, { description: "The number in the register of fixed assets." })
  fixedAssetNo?: string | null;

  @Classified("DEVICE_FINANCE", () => Decimal, { description: "What scrapping it brought, CNY." })
  scrapProceeds?: string | null;

  @Classified("DEVICE_FINANCE", () => Decimal, { description: "What its custodian owes for it, CNY." })
  liability?: string | null;

  @Classified("META", () => Instant, { description: "By when somebody has to go on with it." })
  dueAt?: string | null;

  @Classified("META", () => Int, { description: "Counts the changes; an update names the one that it saw." })
  version?: number;
}

explainsItself(Device);
listOf<Row>()(Employee, "devices", Device, {
  key: "custodianId",
  description: "The devices in the person's custody, of those in your reach.",
});
