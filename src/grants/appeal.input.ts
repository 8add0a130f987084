import { Field, ID, InputType } from "type-graphql";
import { FormStepInput, historyNote } from "../workflow/form-inputs.js";
import { GroupVoteInput } from "../workflow/group-vote.input.js";
import { AppealResult } from "./appeal.enums.js";

@InputType({ description: "An appeal about one's own access (S002-4.1b)." })
export class FileAppealInput {
  @Field(() => String, {
    nullable: true,
    description: "What is doubtful, or what is missing: at most 2,000 characters.",
  })
  text?: string | null;

  @Field(() => ID, { nullable: true, description: "The grant that it is about: your own." })
  grantId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The access that is wanted, in words: at most 1,000 characters.",
  })
  wanted?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "The head's answer." })
export class AnswerAppealInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "The answer: at most 2,000 characters." })
  answer?: string | null;
}

/** What an appeal comes to, with the answer. */
@InputType()
export abstract class AppealResultInput extends FormStepInput {
  @Field(() => AppealResult, { nullable: true, description: "What it comes to." })
  result?: AppealResult | null;

  @Field(() => String, { nullable: true, description: "The answer: at most 2,000 characters." })
  answer?: string | null;
}

@InputType({ description: "What administration makes of an appeal: settled once the head agrees." })
export class ResolveAppealInput extends AppealResultInput {}

@InputType({ description: "What the information management group makes of an appeal." })
export class DecideAppealInput extends AppealResultInput {}

@InputType({
  description: "One vote of the information management group: in favour of whoever appeals, or not.",
})
export class VoteOnAppealInput extends GroupVoteInput {}
