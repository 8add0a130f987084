import { Field, InputType, Int } from "type-graphql";
import { DepartmentCode } from "../people/enums.js";
import { Instant } from "../reading/scalars.js";

@InputType({ description: "Which looks at customer data are to be drawn from, and how many." })
export class SampleReadsInput {
  @Field(() => DepartmentCode, { description: "Whose looks; not your own department's." })
  department!: DepartmentCode;

  @Field(() => Instant, { description: "From when on." })
  since!: string;

  @Field(() => Instant, {
    description: "Up to when, which is left out: not to come, and at most 92 days after `since`.",
  })
  until!: string;

  @Field(() => Int, { description: "How many: 1 to 200." })
  size!: number;
}
