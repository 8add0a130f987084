import { Field, InputType, Int } from "type-graphql";

@InputType({ description: "The next version of the purpose statement, all of it." })
export class PublishPurposeStatementInput {
  @Field(() => Int, {
    description:
      "The version that it replaces, as it was read; 0 where there is none yet. If another has been published since, nothing happens: WRONG_STATE.",
  })
  replaces!: number;

  @Field(() => String, {
    nullable: true,
    description: "What customer data is used for: at most 10,000 characters.",
  })
  purpose?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "How it is collected and used, and by which departments: at most 10,000 characters.",
  })
  manner?: string | null;

  @Field(() => String, { nullable: true, description: "How it is kept safe: at most 10,000 characters." })
  safeguards?: string | null;
}
