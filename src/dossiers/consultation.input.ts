import { Field, ID, InputType } from "type-graphql";
import { Instant } from "../reading/scalars.js";
import { FormStepInput, SealingStepInput } from "../workflow/form-inputs.js";
import { IdentityDocument } from "./dossier.enums.js";

@InputType({
  description: "An application to read one dossier (S004-P5-18). All that is missing is named at once.",
})
export class RequestConsultationInput {
  @Field(() => ID, {
    nullable: true,
    description: "The dossier: one of which you see at least the catalogue line.",
  })
  dossierId?: string | null;

  @Field(() => String, { nullable: true, description: "What the reading is for: at most 2,000 characters." })
  purpose?: string | null;

  @Field(() => String, { nullable: true, description: "Why it is needed: at most 2,000 characters." })
  reason?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Who you are: office, task, experience. At most 2,000 characters.",
  })
  readerProfile?: string | null;

  @Field(() => IdentityDocument, {
    nullable: true,
    description: "What you show at the desk: mandatory for readers from outside the company (S004-P5-18.4).",
  })
  identityDocument?: IdentityDocument | null;
}

@InputType({ description: "The department's seal, beside the signature." })
export class SubmitConsultationInput extends SealingStepInput {}

@InputType({ description: "When the dossier may be read." })
export class ApproveConsultationInput extends FormStepInput {
  @Field(() => Instant, {
    nullable: true,
    description: "From when on; at once where it is left out. Never in the past, and within 7 days.",
  })
  windowFrom?: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: "Until when: 72 hours after it begins where it is left out, and never later than that.",
  })
  windowTo?: string | null;
}
