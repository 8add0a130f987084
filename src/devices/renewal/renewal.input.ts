import { Field, ID, InputType } from "type-graphql";
import { Day } from "../../reading/scalars.js";
import { FormStepInput } from "../../workflow/form-inputs.js";

@InputType({
  description: "A device that is to be replaced (S000-4.4c). All that is missing is named at once.",
})
export class PlanDeviceRenewalInput {
  @Field(() => ID, { nullable: true, description: "The device: one of the register that is there." })
  deviceId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why technology or business demand it: at most 2,000 characters.",
  })
  necessity?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What makes it possible, budget and replacement: at most 2,000 characters.",
  })
  feasibility?: string | null;

  @Field(() => Day, {
    nullable: true,
    description: "The day from whose beginning on it is not used any more: today or later, until 2099.",
  })
  plannedFor?: string | null;
}

@InputType({ description: "What takes the place of a device." })
export class ReplaceDeviceInput extends FormStepInput {
  @Field(() => ID, {
    nullable: true,
    description: "The other device: of the register, ready to be used or in use.",
  })
  successorId?: string | null;
}
