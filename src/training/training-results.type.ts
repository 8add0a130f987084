import { Field, ID, Int, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { RefusedLine } from "../workflow/refused-line.type.js";
import { TrainingRecordState } from "./training.enums.js";

@ObjectType({
  description: "What came of one line: all of it is recorded, or nothing.",
  simpleResolvers: true,
})
export class TrainingResult extends RefusedLine {
  @Guard(everyCaller)
  @Field(() => ID, { description: "The record that the line names." })
  recordId!: string;

  @Guard(everyCaller)
  @Field(() => TrainingRecordState, {
    nullable: true,
    description: "Where it stands now; null where the line was refused.",
  })
  state?: TrainingRecordState | null;
}

@ObjectType({ description: "What came of each line, in their order.", simpleResolvers: true })
export class RecordTrainingResultsPayload {
  @Guard(everyCaller)
  @Field(() => Int, { description: "How many lines are recorded; the others were refused." })
  recorded!: number;

  @Guard(everyCaller)
  @Field(() => [TrainingResult], { description: "Line by line." })
  results!: readonly TrainingResult[];
}
