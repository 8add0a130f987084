import { Field, ID, InputType } from "type-graphql";
import { Instant } from "../reading/scalars.js";
import { FormStepInput, SealingStepInput } from "../workflow/form-inputs.js";
import { IdentityDocument } from "./dossier.enums.js";

/** What an application to read says, whoever fills it in. */
@InputType()
export abstract class ConsultationFormInput {
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
    description: "Who the reader is: office, task, experience. At most 2,000 characters.",
  })
  readerProfile?: string | null;

  @Field(() => IdentityDocument, {
    nullable: true,
    description:
      "What the reader shows at the desk: mandatory for those from outside the company (S004-P5-18.4).",
  })
  identityDocument?: IdentityDocument | null;
}

@InputType({
  description:
    "An application to read one dossier, of the reader's own (S004-P5-18). All that is missing is named at once.",
})
export class RequestConsultationInput extends ConsultationFormInput {}

@InputType({
  description:
    "An application to read one dossier, filled in at the desk for a visitor (S004-P5-18.4). All that is missing is named at once.",
})
export class RequestConsultationForVisitorInput extends ConsultationFormInput {
  @Field(() => ID, { nullable: true, description: "Who visits: a person of the kind VISITOR, by id." })
  employeeId?: string | null;
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
