import { Field, ID, InputType } from "type-graphql";
import { DepartmentCode } from "../people/enums.js";
import { Instant } from "../reading/scalars.js";

@InputType({ description: "Which delay is to end before its time." })
export class LiftDisclosureDelayInput {
  @Field(() => ID, { description: "The delay." })
  id!: string;
}

@InputType({ description: "That a customer is to hear of the looks of a department later." })
export class DelayDisclosureInput {
  @Field(() => ID, { description: "Who is to hear of them later." })
  customerId!: string;

  @Field(() => DepartmentCode, { description: "Of whose looks; not of your own department's." })
  department!: DepartmentCode;

  @Field(() => String, {
    nullable: true,
    description: "Why, as the customer will read it afterwards: at most 2,000 characters.",
  })
  reason?: string | null;

  @Field(() => Instant, { nullable: true, description: "When it ends: at most 90 days from now." })
  until?: string | null;
}
