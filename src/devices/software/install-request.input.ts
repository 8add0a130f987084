import { Field, ID, InputType } from "type-graphql";
import { historyNote } from "../../workflow/form-inputs.js";

@InputType({
  description: "A wish to have software on the caller's device. All that is missing is named at once.",
})
export class RequestInstallationInput {
  @Field(() => ID, { nullable: true, description: "The device: one that you have, in use." })
  deviceId?: string | null;

  @Field(() => String, { nullable: true, description: "What, with its version: at most 200 characters." })
  software?: string | null;

  @Field(() => String, { nullable: true, description: "What for: at most 2,000 characters." })
  purpose?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}
