import { Field, ID, InputType } from "type-graphql";
import { Instant } from "../../reading/scalars.js";
import { FormStepInput } from "../../workflow/form-inputs.js";

@InputType({
  description: "A request for a device for somebody (S000-4.1c). All that is missing is named at once.",
})
export class RequestAllocationInput {
  @Field(() => ID, {
    nullable: true,
    description: "Who is to use it: somebody at work or about to begin, and neither customer nor visitor.",
  })
  employeeId?: string | null;

  @Field(() => String, { nullable: true, description: "What it is needed for: at most 2,000 characters." })
  need?: string | null;
}

@InputType({ description: "Which device is allocated (S000-4.1c, rulebook 6-07)." })
export class AllocateDeviceInput extends FormStepInput {
  @Field(() => ID, {
    nullable: true,
    description: "The device: REGISTERED, IDLE or RECOVERED, neither in anybody else's hands nor allocated.",
  })
  deviceId?: string | null;
}

@InputType({ description: "How the device is made ready for its user (S001-P1-3.2.5, S004-P4-22)." })
export class IssueAllocationInput extends FormStepInput {
  @Field(() => String, {
    nullable: true,
    description: "Its network address, IPv4 or IPv6: no other device has it.",
  })
  ipAddress?: string | null;

  @Field(() => String, { nullable: true, description: "The number of the seal on its case." })
  sealNo?: string | null;
}

@InputType({ description: "The signature of whoever takes the device (S000-5.1b)." })
export class AcceptAllocationInput extends FormStepInput {
  @Field(() => String, {
    nullable: true,
    description: "The version of the terms that is signed: the one that `custodyTerms` has now.",
  })
  termsVersion?: string | null;

  @Field(() => Boolean, { nullable: true, description: "That the terms are promised; they have to be." })
  promised?: boolean | null;
}

@InputType({ description: "What the device's file is to say (S001-P1-3.1.2.2)." })
export class UpdateIdleDeviceFileInput extends FormStepInput {
  @Field(() => Instant, {
    nullable: true,
    description: "Since when it has not been used, where that was earlier than the report.",
  })
  idleSince?: string | null;
}

@InputType({ description: "What technology finds on a device that comes back (S004-P4-22)." })
export class CheckReturnedDeviceInput extends FormStepInput {
  @Field(() => Boolean, { nullable: true, description: "Whether its seal is whole." })
  sealIntact?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether nothing is missing." })
  complete?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "That it is wiped of customer data; it has to be." })
  wiped?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: "What is wrong with seal or parts, where something is: at most 2,000 characters.",
  })
  findings?: string | null;
}

@InputType({ description: "To whom the device goes on (rulebook 2.4 F)." })
export class ReassignDeviceInput extends FormStepInput {
  @Field(() => ID, {
    nullable: true,
    description: "The request that it is for: an allocation that is REQUESTED.",
  })
  requestId?: string | null;
}
