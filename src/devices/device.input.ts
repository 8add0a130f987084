import { Field, ID, InputType, Int } from "type-graphql";
import { DepartmentCode } from "../people/enums.js";
import { Day, Decimal, Instant } from "../reading/scalars.js";
import { writesIdsOf, writesTo } from "../reading/write-inputs.js";
import { FormStepInput } from "../workflow/form-inputs.js";
import { DeviceKind } from "./device.enums.js";
import { Device } from "./device.type.js";

const stockInNo = "The number of the stock receipt; or that in the register of fixed assets is given.";
const fixedAssetNo = "The number in the register of fixed assets; or that of the stock receipt is given.";

const Corrects = writesTo(Device, "CORRECT");
const CorrectsId = writesIdsOf(Device, "CORRECT");

@InputType({
  description: "A device that no procurement has brought. All that is missing is named at once.",
})
export class EnterDeviceInput {
  @Field(() => DeviceKind, { nullable: true, description: "What it is." })
  kind?: DeviceKind | null;

  @Field(() => String, { nullable: true, description: "The maker's model." })
  model?: string | null;

  @Field(() => String, { nullable: true, description: "What it is equipped with." })
  spec?: string | null;

  @Field(() => Day, { nullable: true, description: "Day of purchase, where it was bought." })
  purchasedAt?: string | null;

  @Field(() => String, { nullable: true, description: stockInNo })
  stockInNo?: string | null;

  @Field(() => String, { nullable: true, description: fixedAssetNo })
  fixedAssetNo?: string | null;

  @Field(() => String, { nullable: true, description: "From whom it comes." })
  supplier?: string | null;

  @Field(() => Decimal, { nullable: true, description: "Its price or value, CNY." })
  price?: string | null;

  @Field(() => String, { nullable: true, description: "How it came: at most 2,000 characters." })
  note?: string | null;
}

@InputType({ description: "What is needed before anything is reimbursed (S004-P4-24)." })
export class StockInDeviceInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: stockInNo })
  stockInNo?: string | null;

  @Field(() => String, { nullable: true, description: fixedAssetNo })
  fixedAssetNo?: string | null;

  @Field(() => String, { nullable: true, description: "The number of the VAT invoice." })
  invoiceNo?: string | null;
}

@InputType({ description: "How a device is set up (S000-4.1b)." })
export class ConfigureDeviceInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "What it is equipped with." })
  spec?: string | null;

  @Field(() => String, { nullable: true, description: "The configuration that it is to have." })
  configBaseline?: string | null;

  @Field(() => String, { nullable: true, description: "Its hardware address: `00:1a:2b:3c:4d:5e`." })
  macAddress?: string | null;

  @Field(() => [String], { nullable: true, description: "What is installed on it." })
  software?: string[] | null;

  @Field(() => [String], { nullable: true, description: "What it consists of." })
  components?: string[] | null;

  @Field(() => Instant, { nullable: true, description: "The last update of its virus scanner." })
  antivirusAt?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether its firewall is on." })
  firewall?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "That it asks for a password; it has to (S001-P1-3.2.6).",
  })
  passwordSet?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "That its connection was tested; it has to be." })
  connectionTested?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "That it fits what there is; it has to." })
  compatibilityTested?: boolean | null;
}

@InputType({ description: "The number of a device that has been set up, and what it is for (S000-4.1b)." })
export class RegisterDeviceInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "Its number in the register: no other device has it." })
  deviceNo?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is registered for customer data; true where it is left out.",
  })
  isCustomerListDevice?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether it is meant for classified records; false where it is left out.",
  })
  classified?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: "How often it is to be maintained, days; 90 where it is left out.",
  })
  maintenanceIntervalDays?: number | null;
}

@InputType({ description: "A device that is found. The note says what was checked." })
export class RecoverDeviceInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "The number of its new seal." })
  sealNo?: string | null;
}

@InputType({ description: "What becomes of a device that stays lost." })
export class WriteOffDeviceInput extends FormStepInput {
  @Field(() => Decimal, {
    nullable: true,
    description: "What its custodian owes for it, CNY; nothing where it is left out.",
  })
  liability?: string | null;
}

// Who writes which of these is decided by the device matrix (rulebook 3.3). What the forms of a device tell is nobody's to
// write by hand: its state, review, maintenance, downtime and stock-takes; nor when it was last seen, which is observed.

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

  @Corrects(() => Int)
  maintenanceIntervalDays?: number | null;

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

@InputType({
  description: "A list of devices as CSV, as `npm run import -- devices` takes it from a file.",
})
export class ImportDevicesInput {
  @Field(() => String, {
    description: "The list, with a header line: commas, semicolons or tabs; at most 5 MB and 50,000 lines.",
  })
  csv!: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Which columns fill which fields, where their names do not say so: `deviceNo=Asset Tag,kind:=LAPTOP`; `state=` leaves one out.",
  })
  map?: string | null;

  @Field(() => String, { nullable: true, description: "What stands in cells that are empty." })
  null?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Check only, and tell what would happen." })
  dryRun?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Write the good lines although there are bad ones." })
  skipInvalid?: boolean | null;
}
