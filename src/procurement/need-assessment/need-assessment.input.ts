import { Field, InputType, Int } from "type-graphql";
import { DeviceKind } from "../../devices/device.enums.js";
import { FormStepInput } from "../../workflow/form-inputs.js";

// What is missing is told by the form itself, all of it at once: nothing here is mandatory to GraphQL.

@InputType({ description: "Something that has to be bought: a procurement of its own." })
export class AssessedNeedInput {
  @Field(() => DeviceKind, { nullable: true, description: "The kind of device." })
  kind?: DeviceKind | null;

  @Field(() => Int, { nullable: true, description: "How many of it: 1 to 999." })
  qty?: number | null;

  @Field(() => String, { nullable: true, description: "What it is needed for: at most 2,000 characters." })
  reason?: string | null;
}

@InputType({ description: "What administration finds of the needs of a department (S000-4.1a)." })
export class FinishNeedAssessmentInput extends FormStepInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Why this is needed, or nothing is, after what was asked and looked at: at most 2,000 characters.",
  })
  assessment?: string | null;

  @Field(() => [AssessedNeedInput], {
    nullable: true,
    description: "What has to be bought, at most 50 needs; an empty list: nothing.",
  })
  needs?: AssessedNeedInput[] | null;
}
