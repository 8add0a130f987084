import { Field, InputType } from "type-graphql";
import { SoftwareStanding } from "./software.enums.js";

@InputType({ description: "Software that is allowed or forbidden. All that is missing is named at once." })
export class EnterKnownSoftwareInput {
  @Field(() => String, {
    nullable: true,
    description: "What it is called: at most 200 characters. It counts for every version of it.",
  })
  name?: string | null;

  @Field(() => SoftwareStanding, { nullable: true, description: "ALLOWED or FORBIDDEN." })
  standing?: SoftwareStanding | null;

  @Field(() => String, { nullable: true, description: "Why, for its history: at most 2,000 characters." })
  note?: string | null;
}
