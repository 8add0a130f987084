import { Field, InputType } from "type-graphql";
import { historyNote } from "../../workflow/form-inputs.js";

@InputType({ description: "A device that is made ready for the user to whom it is allocated." })
export class DeviceToCheckOutInput {
  @Field(() => String, { description: "Its number in the register." })
  deviceNo!: string;

  @Field(() => String, { nullable: true, description: "As `issueAllocation` has it." })
  ipAddress?: string | null;

  @Field(() => String, { nullable: true, description: "As `issueAllocation` has it." })
  sealNo?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "Devices that are made ready together." })
export class CheckOutDevicesInput {
  @Field(() => [DeviceToCheckOutInput], { description: "The devices: at most 500." })
  devices!: DeviceToCheckOutInput[];
}

@InputType({ description: "A device that has come back, and what was found on it." })
export class DeviceToCheckInInput {
  @Field(() => String, { description: "Its number in the register." })
  deviceNo!: string;

  @Field(() => Boolean, { nullable: true, description: "As `checkReturnedDevice` has it." })
  sealIntact?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "As `checkReturnedDevice` has it." })
  complete?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "As `checkReturnedDevice` has it." })
  wiped?: boolean | null;

  @Field(() => String, { nullable: true, description: "As `checkReturnedDevice` has it." })
  findings?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "Devices that are taken back together." })
export class CheckInDevicesInput {
  @Field(() => [DeviceToCheckInInput], { description: "The devices: at most 500." })
  devices!: DeviceToCheckInInput[];
}
