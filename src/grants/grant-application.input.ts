import { Field, ID, InputType } from "type-graphql";
import { FormStepInput, historyNote, SealingStepInput } from "../workflow/form-inputs.js";
import { GroupVoteInput } from "../workflow/group-vote.input.js";
import { GrantKind } from "./grant.enums.js";
import { GrantScopeInput } from "./grant-scope.input.js";

@InputType({
  description:
    "The access application form, and the change form (S002-3.1a, 3.2a). All that is missing is named at once.",
})
export class ApplyForGrantInput extends GrantScopeInput {
  @Field(() => ID, { nullable: true, description: "For whom it is asked: somebody of your own department." })
  employeeId?: string | null;

  @Field(() => GrantKind, {
    nullable: true,
    description:
      "On what occasion. STANDING, TRANSFER and CHANGE replace what the post has so far; CONSULT is asked for elsewhere.",
  })
  kind?: GrantKind | null;

  @Field(() => String, { nullable: true, description: "Why it is needed." })
  reason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why what was granted is to change; mandatory for CHANGE and TRANSFER (S002-3.2a).",
  })
  changeReason?: string | null;

  @Field(() => ID, { nullable: true, description: "The grant of a case that this one is to follow on." })
  replacesId?: string | null;
}

@InputType({ description: "The form as it is to be: what is left out stays as it is." })
export class AmendGrantApplicationInput extends GrantScopeInput {
  @Field(() => ID, { description: "The form's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;

  @Field(() => String, { nullable: true, description: "Why it is needed." })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: "Why what was granted is to change." })
  changeReason?: string | null;
}

@InputType({ description: "The department's seal, beside the signature." })
export class SubmitGrantApplicationInput extends SealingStepInput {}

@InputType({
  description:
    "What is narrowed on approval; what is left out is approved as it was asked for. Nothing can be widened.",
})
export class NarrowedScopeInput extends GrantScopeInput {}

@InputType({ description: "An approval, as asked for or narrower." })
export class ApproveGrantApplicationInput extends FormStepInput {
  @Field(() => NarrowedScopeInput, {
    nullable: true,
    description: "What is approved more narrowly than it was asked for.",
  })
  narrowed?: NarrowedScopeInput | null;
}

@InputType({ description: "One vote of the information management group." })
export class VoteOnGrantApplicationInput extends GroupVoteInput {}
