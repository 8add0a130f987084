import { Field, ID, InputType } from "type-graphql";

@InputType({
  description:
    "A correction of one field of one customer (S002-4.2c). All that is missing or not usable is named at once.",
})
export class ProposeCorrectionInput {
  @Field(() => ID, { nullable: true, description: "The customer; one in your reach." })
  customerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The field, as `Customer.mobile`: one that you see clear on this customer.",
  })
  field?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What it is to hold, as it is written for a new customer; null clears the field.",
  })
  newValue?: string | null;

  @Field(() => String, { nullable: true, description: "Why it is wrong as it is: at most 2,000 characters." })
  reason?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "What shows it: at most 20 references of 200 characters.",
  })
  evidence?: string[] | null;
}
