import { Field, ID, InputType } from "type-graphql";
import { DisposalMethod } from "./disposal.enums.js";

@InputType({
  description: "A batch of customers to be destroyed (S004-P5-25). All that is missing is named at once.",
})
export class ProposeDisposalInput {
  @Field(() => [ID], {
    nullable: true,
    description: "The customers: 1 to 100, whose retention is over and of whom nothing is open.",
  })
  customerIds?: string[] | null;

  @Field(() => DisposalMethod, { nullable: true, description: "How: never by sale." })
  method?: DisposalMethod | null;

  @Field(() => String, { nullable: true, description: "Why: at most 2,000 characters." })
  reason?: string | null;
}

// A note would outlive what it speaks of.
@InputType({ description: "Which batch is destroyed now, for good." })
export class DestroyDisposalInput {
  @Field(() => ID, { description: "The form's id." })
  id!: string;
}
