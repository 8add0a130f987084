import { Field, ID, InputType } from "type-graphql";
import { FormStepInput, historyNote } from "../workflow/form-inputs.js";

@InputType({ description: "A training that the caller demands. All that is missing is named at once." })
export class DemandTrainingInput {
  @Field(() => String, { nullable: true, description: "In what, and what for: at most 2,000 characters." })
  text?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType()
abstract class RequestAboutDevicesInput {
  @Field(() => ID, {
    nullable: true,
    description: "The device, one in your reach; left out: none in particular.",
  })
  deviceId?: string | null;

  @Field(() => String, { nullable: true, description: "What, and why: at most 2,000 characters." })
  text?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "What the caller proposes to better about devices, or about one." })
export class ProposeImprovementInput extends RequestAboutDevicesInput {}

@InputType({ description: "What the caller needs help with. What is broken is reported as a fault instead." })
export class AskForSupportInput extends RequestAboutDevicesInput {}

@InputType()
abstract class AnsweringInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "The answer: at most 2,000 characters." })
  answer?: string | null;
}

@InputType({ description: "What the demand for a training is answered with." })
export class AnswerTrainingDemandInput extends AnsweringInput {
  @Field(() => ID, {
    nullable: true,
    description: "The session to enrol in, one that is still to come; left out: none.",
  })
  sessionId?: string | null;
}

@InputType({ description: "What a proposal about devices is answered with." })
export class AnswerImprovementInput extends AnsweringInput {}

@InputType({ description: "What a request for support is answered with." })
export class AnswerSupportInput extends AnsweringInput {}
