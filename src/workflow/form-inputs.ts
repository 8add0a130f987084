import { Field, ID, InputType } from "type-graphql";

/** The description of a note: what the form's history keeps of why. */
export const historyNote = "Why, for the form's history: at most 2,000 characters.";

/** What every step of a form that is there takes. An input of more fields extends it. */
@InputType()
export abstract class FormStepInput {
  @Field(() => ID, { description: "The form's id." })
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: `${historyNote} Some steps demand it.`,
  })
  note?: string | null;
}

/** A step that takes the department's seal beside the signature. */
@InputType()
export abstract class SealingStepInput extends FormStepInput {
  @Field(() => Boolean, {
    nullable: true,
    description: "That the form bears the department's seal; it has to.",
  })
  unitSeal?: boolean | null;
}
