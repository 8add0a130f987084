import { Field, ID, InputType } from "type-graphql";
import { Decimal, Instant } from "../reading/scalars.js";
import { FormStepInput } from "../workflow/form-inputs.js";
import { IncidentKind } from "./incident.enums.js";

@InputType({
  description: "An incident, as whoever found it reports it. All that is missing is named at once.",
})
export class ReportIncidentInput {
  @Field(() => IncidentKind, { nullable: true, description: "What sort of incident it is." })
  kind?: IncidentKind | null;

  @Field(() => String, {
    nullable: true,
    description: "What has happened: at most 2,000 characters, none of them a customer's data.",
  })
  text?: string | null;

  @Field(() => Instant, { nullable: true, description: "When it was discovered; now where it is left out." })
  discoveredAt?: string | null;

  @Field(() => ID, { nullable: true, description: "The device that it is about: one in your reach." })
  deviceId?: string | null;
}

@InputType({ description: "How an incident was stopped." })
export class ContainIncidentInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "What was done: at most 2,000 characters." })
  remedy?: string | null;
}

@InputType({ description: "What the investigation of an incident has found." })
export class ResolveIncidentInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "Its cause: at most 2,000 characters." })
  cause?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: "Who answers for it: a person in your reach; nobody where it is left out.",
  })
  liableId?: string | null;

  @Field(() => Decimal, { nullable: true, description: "What it has cost, CNY." })
  cost?: string | null;
}

@InputType({ description: "What is to be learnt from an incident." })
export class ReviewIncidentInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  findings?: string | null;
}
