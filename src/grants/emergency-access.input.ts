import { Field, InputType, Int } from "type-graphql";
import { historyNote } from "../workflow/form-inputs.js";

@InputType({
  description: "What the emergency is, and whose data it takes. All that is missing is named at once.",
})
export class OpenEmergencyAccessInput {
  @Field(() => [String], {
    nullable: true,
    description: "Codes of the customers, 1 to 10. Classified ones are never opened so.",
  })
  customerCodes?: string[] | null;

  @Field(() => String, { nullable: true, description: "What the emergency is." })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: "The code of the purpose." })
  purpose?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "For how many hours: at most 4, and less where the company says so.",
  })
  hours?: number | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}
