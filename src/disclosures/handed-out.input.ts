import { Field, ID, InputType } from "type-graphql";

// What is missing is told by the form itself, all of it at once: nothing here is mandatory to GraphQL.

/** Whose data is handed out, which fields, to whom, what for and by whom. */
@InputType()
export abstract class HandedOutInput {
  @Field(() => ID, { nullable: true, description: "Whose data it is: a customer in your reach." })
  customerId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "The fields, as `Customer.mobile`: only what you see clear of this customer now and may export.",
  })
  fields?: string[] | null;

  @Field(() => String, { nullable: true, description: "Who gets it, by name." })
  recipient?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The code of the purpose: one that your grant names, where it names any.",
  })
  purpose?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Who is designated to carry it: somebody at work in the company, other than you.",
  })
  carrierId?: string | null;
}
