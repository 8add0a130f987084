import { Field, ID, InputType } from "type-graphql";
import { Decimal } from "../../reading/scalars.js";
import { FormStepInput } from "../../workflow/form-inputs.js";
import { WipeMethod } from "./scrap-sheet.enums.js";

@InputType({ description: "A device that is to go for good. All that is missing is named at once." })
export class RequestScrapInput {
  @Field(() => ID, {
    nullable: true,
    description: "The device: one that cannot be repaired, or is to be replaced.",
  })
  deviceId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why it is not worth keeping: at most 2,000 characters.",
  })
  verdict?: string | null;
}

@InputType({ description: "How a device was wiped." })
export class WipeForScrapInput extends FormStepInput {
  @Field(() => WipeMethod, { nullable: true, description: "How." })
  method?: WipeMethod | null;

  @Field(() => String, {
    nullable: true,
    description: "What shows it: the number of a protocol or of a certificate.",
  })
  proof?: string | null;
}

@InputType({ description: "What a device brought at the end." })
export class FinishScrapInput extends FormStepInput {
  @Field(() => Decimal, { nullable: true, description: "CNY; 0.00 where it brought nothing." })
  proceeds?: string | null;
}
