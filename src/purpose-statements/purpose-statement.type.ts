import { Field, Int, ObjectType } from "type-graphql";
import { anyone, everyCaller, Guard } from "../access/guard.js";
import { Instant } from "../reading/scalars.js";

@ObjectType({
  description:
    "What the company uses customer data for, how, and how it is kept safe: a version of what everybody may read, also who " +
    "has not signed in (S000-5.2a). Versions are only added.",
  simpleResolvers: true,
})
export class PurposeStatement {
  @Guard(anyone)
  @Field(() => Int, { description: "The version, from 1; the highest is in force." })
  version!: number;

  @Guard(anyone)
  @Field(() => String, { description: "What the data is used for." })
  purpose!: string;

  @Guard(anyone)
  @Field(() => String, { description: "How it is collected and used, and by which departments." })
  manner!: string;

  @Guard(anyone)
  @Field(() => String, { description: "How it is kept safe." })
  safeguards!: string;

  @Guard(anyone)
  @Field(() => Instant, { description: "Since when it is published." })
  publishedAt!: string;
}

@ObjectType({ description: "A version that has been published.", simpleResolvers: true })
export class PublishPurposeStatementPayload {
  @Guard(everyCaller)
  @Field(() => PurposeStatement, { description: "The version, which is in force." })
  purposeStatement!: PurposeStatement;
}
