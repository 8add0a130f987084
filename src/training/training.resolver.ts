import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { recordQueries } from "../reading/record-queries.js";
import type { StepContext } from "../workflow/take-step.js";
import { recordResults } from "./record-results.js";
import { TrainingRecord } from "./training-record.type.js";
import "./training-record.workflow.js";
import { RecordTrainingResultsInput } from "./training-results.input.js";
import { RecordTrainingResultsPayload } from "./training-results.type.js";
import { TrainingSession } from "./training-session.type.js";
import "./training-session.workflow.js";

export const TrainingSessionResolver = recordQueries(TrainingSession, {
  one: "trainingSession",
  many: "trainingSessions",
  what: "training sessions",
});

export const TrainingRecordResolver = recordQueries(TrainingRecord, {
  one: "trainingRecord",
  many: "trainingRecords",
  what: "trainings of people",
});

@Resolver()
export class TrainingResultsResolver {
  @Guard(everyCaller)
  @Mutation(() => RecordTrainingResultsPayload, {
    description:
      "Records who of a training was there, and with what result: each line by itself, whole or not at all; a line that is " +
      "refused holds up no other one. By the trainer who holds the session.",
  })
  recordTrainingResults(
    @Arg("input", () => RecordTrainingResultsInput, { description: "A line for each person." })
    { lines }: RecordTrainingResultsInput,
    @Ctx() context: StepContext,
  ): Promise<RecordTrainingResultsPayload> {
    return recordResults(context, lines);
  }
}
