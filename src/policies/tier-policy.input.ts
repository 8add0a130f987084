import { Field, InputType } from "type-graphql";
import { Instant, Json } from "../reading/scalars.js";
import { historyNote } from "../workflow/form-inputs.js";
import { GroupVoteInput } from "../workflow/group-vote.input.js";

@InputType({
  description: "Another version of the tier policy, for the information management group (S002-2.1).",
})
export class ProposeTierPolicyInput {
  @Field(() => Json, {
    nullable: true,
    description:
      "What is to be different from the last version that was adopted, in the shape of `accessMatrix { content }`: what " +
      'is left out stays; lists are given whole. `{ "customers": { "ORDER": { "EXPORT": null } } }`: nobody takes orders out.',
  })
  changes?: object | null;

  @Field(() => Instant, {
    nullable: true,
    description:
      "From when it is to be in force: a minute after its adoption at the earliest, and not before the version that it " +
      "changes.",
  })
  effectiveFrom?: string | null;

  @Field(() => String, { nullable: true, description: "Why: at most 2,000 characters." })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "One vote of the information management group on a version of the tier policy." })
export class VoteOnTierPolicyInput extends GroupVoteInput {}
