import { Field, InputType } from "type-graphql";
import { FormStepInput } from "../../workflow/form-inputs.js";
import { WipeMethod } from "../scrap/scrap-sheet.enums.js";

@InputType({ description: "How a copy on a device was wiped." })
export class WipeDeviceCopyInput extends FormStepInput {
  @Field(() => WipeMethod, { nullable: true, description: "How." })
  method?: WipeMethod | null;

  @Field(() => String, {
    nullable: true,
    description: "What shows it: the number of a protocol or of a certificate.",
  })
  proof?: string | null;
}
