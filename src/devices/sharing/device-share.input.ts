import { Field, InputType } from "type-graphql";
import { Instant } from "../../reading/scalars.js";

@InputType({
  description: "A wish to use a colleague's device (S001-P1-3.1.4.3). All that is missing is named at once.",
})
export class AskDeviceShareInput {
  @Field(() => String, {
    nullable: true,
    description:
      "The number on its label. It is in use by somebody else, and not registered for customer data.",
  })
  deviceNo?: string | null;

  @Field(() => String, { nullable: true, description: "What for: at most 2,000 characters." })
  purpose?: string | null;

  @Field(() => Instant, { nullable: true, description: "Until when: 30 days from now at most." })
  until?: string | null;
}
