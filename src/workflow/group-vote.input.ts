import { Field, InputType } from "type-graphql";
import { FormStepInput } from "./form-inputs.js";

/** One vote of the information management group. */
@InputType()
export abstract class GroupVoteInput extends FormStepInput {
  @Field(() => Boolean, { description: "Whether the member is in favour." })
  inFavour!: boolean;
}
