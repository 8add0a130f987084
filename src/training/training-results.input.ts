import { Field, ID, InputType } from "type-graphql";
import { Decimal } from "../reading/scalars.js";

@InputType({
  description:
    "What is recorded of one person: that they were there, their result, or both; or that they were not.",
})
export class TrainingResultLine {
  @Field(() => ID, { description: "The person's record in the session." })
  recordId!: string;

  @Field(() => Boolean, { nullable: true, description: "That the person was not there: then nothing else." })
  absent?: boolean | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "How long the person was there: as `recordTrainingAttendance` takes it.",
  })
  attendedHours?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "The result of the test: as `gradeTraining` takes it.",
  })
  score?: string | null;
}

@InputType({ description: "Who was there, and with what result." })
export class RecordTrainingResultsInput {
  @Field(() => [TrainingResultLine], { description: "A line for each person, at most 500." })
  lines!: TrainingResultLine[];
}
