import { Field, InputType } from "type-graphql";

@InputType({
  description:
    "What the head of the department found on a device for classified records (S004-P4-15). All that is missing is named at once.",
})
export class OpenSecretReviewInput {
  @Field(() => String, {
    nullable: true,
    description: "The number on its label: a device for classified records that somebody of yours has.",
  })
  deviceNo?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What was looked at, and how it was: at most 2,000 characters.",
  })
  findings?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "That nobody runs it but who has it, trained for a secret post; it has to be so.",
  })
  runByTrained?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "That it asks for a password; it has to." })
  passwordSet?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "That its seal is whole; it has to be." })
  sealIntact?: boolean | null;
}
