import { Field, ID, InputType, Int } from "type-graphql";
import { FormStepInput, SealingStepInput } from "../workflow/form-inputs.js";
import { DossierCondition } from "./dossier.enums.js";

@InputType({
  description: "An application to borrow a dossier (S004-P5-19.2). All that is missing is named at once.",
})
export class RequestLoanInput {
  @Field(() => ID, {
    nullable: true,
    description: "The dossier: one that a grant of yours lets you read and borrow.",
  })
  dossierId?: string | null;

  @Field(() => Int, { nullable: true, description: "How many copies, of those that are not on loan." })
  copies?: number | null;

  @Field(() => String, { nullable: true, description: "Why it is needed: at most 2,000 characters." })
  reason?: string | null;
}

@InputType({ description: "The department's seal, beside the signature." })
export class SealLoanInput extends SealingStepInput {}

@InputType({ description: "The line in the loan register (S004-P5-19.5)." })
export class RegisterLoanInput extends FormStepInput {
  @Field(() => Int, {
    nullable: true,
    description: "For how many hours: 72 where it is left out, and never more.",
  })
  termHours?: number | null;
}

@InputType({ description: "Where a borrowed dossier lies." })
export class SignForLoanInput extends FormStepInput {
  @Field(() => String, {
    nullable: true,
    description:
      "Of an ELECTRONIC dossier: the number of the borrower's own device that it lies on, as its label says; the one that the request comes from where it is left out.",
  })
  deviceNo?: string | null;
}

@InputType({ description: "What came back (S004-P5-20)." })
export class ReturnLoanInput extends FormStepInput {
  @Field(() => DossierCondition, {
    nullable: true,
    description: "In what condition: the dossier's own from now on.",
  })
  condition?: DossierCondition | null;
}
