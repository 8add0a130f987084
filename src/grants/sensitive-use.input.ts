import { Field, ID, InputType } from "type-graphql";
import { Instant } from "../reading/scalars.js";
import { FormStepInput } from "../workflow/form-inputs.js";

@InputType({
  description:
    "A declaration of sensitive use, before it happens (S002-3.3b). All that is missing is named at once.",
})
export class FileSensitiveUseInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "The grant that it is made under; where it is left out, the first of yours that covers all of it.",
  })
  grantId?: string | null;

  @Field(() => [ID], { nullable: true, description: "The customers whose fields are to be opened." })
  customerIds?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "The FINANCIAL and PRIVATE fields to be opened, as `Customer.idNumber`.",
  })
  fields?: string[] | null;

  @Field(() => String, { nullable: true, description: "The code of the purpose: one that the grant names." })
  purpose?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "For every customer in the grant's scope instead of named ones: finance only, at most 31 days (rulebook 3.2).",
  })
  standing?: boolean | null;

  @Field(() => Instant, {
    nullable: true,
    description: "From when on; at once where it is left out. Never in the past.",
  })
  plannedFrom?: string | null;

  @Field(() => Instant, {
    nullable: true,
    description:
      "Until when. How long it can be is for the tier policy in force to say (`declarationHours`), in version 1 72 hours from " +
      "its beginning and for a standing one 31 days (rulebook 2.4 B); that long where it is left out.",
  })
  plannedUntil?: string | null;

  @Field(() => String, { nullable: true, description: "What for, in words: for administration." })
  note?: string | null;
}

@InputType({ description: "One customer whose fields were used." })
export class UsedRecordInput {
  @Field(() => ID, { description: "The customer: one that the declaration names." })
  customerId!: string;

  @Field(() => [String], { description: "The fields: of those that the declaration names." })
  fields!: string[];
}

@InputType({
  description: "What was used, returned: the declarer keeps none of it (S002-3.3b, rulebook 6-03).",
})
export class ReturnSensitiveUseInput extends FormStepInput {
  @Field(() => [UsedRecordInput], {
    nullable: true,
    description: "Every customer whose fields were used; an empty list where nothing was.",
  })
  records?: UsedRecordInput[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "That no copy and no excerpt was kept; it has to be so.",
  })
  noneKept?: boolean | null;
}
