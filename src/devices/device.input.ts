import { Field, ID, InputType, Int } from "type-graphql";
import { DepartmentCode } from "../people/enums.js";
import { Day, Decimal, Instant } from "../reading/scalars.js";
import { writesIdsOf, writesTo } from "../reading/write-inputs.js";
import { DeviceKind } from "./device.enums.js";
import { Device } from "./device.type.js";

const Registers = writesTo(Device, "CREATE");
const Corrects = writesTo(Device, "CORRECT");
const CorrectsId = writesIdsOf(Device, "CORRECT");

// Who writes which of these is decided by the device matrix (rulebook 3.3). State and lastSeenAt are nobody's to write:
// the one moves by the device's life cycle, the other is observed.

@InputType({
  description: "A device that has been configured, to be given its number and file (rulebook 2.4 D).",
})
export class RegisterDeviceInput {
  @Registers(() => String, { required: true })
  deviceNo!: string;

  @Registers(() => DeviceKind, { required: true })
  kind!: DeviceKind;

  @Registers(() => String, { required: true })
  model!: string;

  @Registers(() => String)
  spec?: string | null;

  @Registers(() => Day)
  purchasedAt?: string | null;

  @Registers(() => Boolean, { description: "Whether it is registered for customer data; true by default." })
  isCustomerListDevice?: boolean;

  @Registers(() => Boolean, { description: "Whether it is meant for classified records; false by default." })
  classified?: boolean;

  @Registers(() => String)
  ipAddress?: string | null;

  @Registers(() => Int)
  vlan?: number | null;

  @Registers(() => String)
  macAddress?: string | null;

  @Registers(() => [String])
  software?: string[];

  @Registers(() => [String])
  components?: string[];

  @Registers(() => String)
  sealNo?: string | null;

  @Registers(() => String)
  configBaseline?: string | null;

  @Registers(() => Instant)
  antivirusAt?: string | null;

  @Registers(() => Boolean)
  firewall?: boolean | null;

  @Registers(() => Boolean)
  passwordSet?: boolean | null;

  @Registers(() => Int)
  maintenanceIntervalDays?: number | null;
}

@InputType({
  description:
    "What is to change about a device. What is left out stays as it is; null clears what may be empty.",
})
export class UpdateDeviceInput {
  @Field(() => ID, { description: "The device's id." })
  id!: string;

  @Field(() => Int, {
    description: "The version that was read. If the device has changed since, nothing happens: WRONG_STATE.",
  })
  version!: number;

  @Corrects(() => String)
  deviceNo?: string;

  @Corrects(() => DeviceKind)
  kind?: DeviceKind;

  @Corrects(() => String)
  model?: string;

  @Corrects(() => String)
  spec?: string | null;

  @Corrects(() => DepartmentCode)
  department?: DepartmentCode | null;

  @CorrectsId("custodian", { description: "Who has it, and answers for it: a person in your reach." })
  custodianId?: string | null;

  @Corrects(() => Day)
  purchasedAt?: string | null;

  @Corrects(() => Instant)
  idleSince?: string | null;

  @Corrects(() => Boolean)
  isCustomerListDevice?: boolean;

  @Corrects(() => Boolean)
  classified?: boolean;

  @Corrects(() => String)
  ipAddress?: string | null;

  @Corrects(() => Int)
  vlan?: number | null;

  @Corrects(() => String)
  macAddress?: string | null;

  @Corrects(() => [String])
  software?: string[];

  @Corrects(() => [String])
  components?: string[];

  @Corrects(() => String)
  sealNo?: string | null;

  @Corrects(() => String)
  configBaseline?: string | null;

  @Corrects(() => Instant)
  antivirusAt?: string | null;

  @Corrects(() => Boolean)
  firewall?: boolean | null;

  @Corrects(() => Boolean)
  passwordSet?: boolean | null;

  @Corrects(() => Instant)
  secretReviewedAt?: string | null;

  @Corrects(() => Int)
  maintenanceIntervalDays?: number | null;

  @Corrects(() => Instant)
  lastMaintainedAt?: string | null;

  @Corrects(() => Instant)
  nextMaintenanceAt?: string | null;

  @Corrects(() => Int)
  downtimeMinutes?: number;

  @Corrects(() => Decimal)
  price?: string | null;

  @Corrects(() => String)
  supplier?: string | null;

  @Corrects(() => String)
  contractNo?: string | null;

  @Corrects(() => String)
  invoiceNo?: string | null;

  @Corrects(() => String)
  stockInNo?: string | null;

  @Corrects(() => String)
  fixedAssetNo?: string | null;

  @Corrects(() => Decimal)
  scrapProceeds?: string | null;

  @Corrects(() => Decimal)
  liability?: string | null;
}
