import { Field, InputType } from "type-graphql";
import { Decimal } from "../reading/scalars.js";
import { FormStepInput } from "../workflow/form-inputs.js";

@InputType({ description: "What the person who is to have broken a rule says to it." })
export class RespondToViolationInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "What there is to say: at most 2,000 characters." })
  statement?: string | null;
}

@InputType({ description: "That it was a violation, and what follows." })
export class UpholdViolationInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "Why: at most 2,000 characters." })
  reason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What follows for the person: at most 2,000 characters.",
  })
  sanction?: string | null;

  @Field(() => Decimal, { nullable: true, description: "What the person pays, CNY; left out: nothing." })
  amount?: string | null;
}

@InputType({ description: "That it was none." })
export class DismissViolationInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "Why: at most 2,000 characters." })
  reason?: string | null;
}
