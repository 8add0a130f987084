import { Field, ID, InputType, Int } from "type-graphql";
import { Decimal, Instant } from "../reading/scalars.js";
import { FormStepInput, historyNote } from "../workflow/form-inputs.js";
import { TrainingKind, TrainingTopic } from "./training.enums.js";

@InputType({ description: "A training that you will hold. All that is missing is named at once." })
export class ScheduleTrainingSessionInput {
  @Field(() => TrainingKind, { nullable: true, description: "What it is a training for." })
  kind?: TrainingKind | null;

  @Field(() => [TrainingTopic], {
    nullable: true,
    description:
      "The topics of device training that it covers: at least one of a training of the kind DEVICE or VENDOR, none of " +
      "the others.",
  })
  topics?: TrainingTopic[] | null;

  @Field(() => String, { nullable: true, description: "What it is called: at most 200 characters." })
  title?: string | null;

  @Field(() => String, { nullable: true, description: "Where it is held: at most 200 characters." })
  place?: string | null;

  @Field(() => Decimal, {
    nullable: true,
    description: "How long it takes: class hours, from 0.5 to 80; of the kind SELLER at least 2 (S004-P3-9).",
  })
  hours?: string | null;

  @Field(() => Instant, { nullable: true, description: "When it begins: an instant that is still to come." })
  heldAt?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "For how many people: from 1 to 1,000; for as many as come where it is left out.",
  })
  places?: number | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "Another time." })
export class RescheduleTrainingSessionInput extends FormStepInput {
  @Field(() => Instant, { nullable: true, description: "When it begins: an instant that is still to come." })
  heldAt?: string | null;
}

@InputType({ description: "Who holds it instead." })
export class HandOverTrainingSessionInput extends FormStepInput {
  @Field(() => ID, {
    nullable: true,
    description: "Another trainer at work, who is not enrolled in it.",
  })
  trainerId?: string | null;
}
