import { Field, ID, InputType, Int } from "type-graphql";
import { DepartmentCode } from "../people/enums.js";
import { FormStepInput } from "../workflow/form-inputs.js";

@InputType({
  description:
    "A customer's objection to how the company uses the customer's data (S000-5.2a). All that is missing is named at once.",
})
export class FileObjectionInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "The customer on whose behalf customer service files it: one in your reach. Customers leave it out.",
  })
  customerId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What the customer objects to, in the customer's words: at most 2,000 characters.",
  })
  against?: string | null;

  @Field(() => DepartmentCode, {
    nullable: true,
    description: "The department that it is against, where that is known.",
  })
  againstDepartment?: DepartmentCode | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "Whom it is against, where that is known: a person in your reach. Customers write it in words.",
  })
  againstEmployeeId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: "The version of the purpose statement that it is about, if it is about one.",
  })
  statementVersion?: number | null;
}

@InputType({ description: "That an objection has arrived, and whom it is against." })
export class AcknowledgeObjectionInput extends FormStepInput {
  @Field(() => DepartmentCode, {
    nullable: true,
    description:
      "The department that it is against; where it is left out, the person's, or the one that the form names already.",
  })
  againstDepartment?: DepartmentCode | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "Whom it is against: a person in your reach; where it is left out, as the form says already.",
  })
  againstEmployeeId?: string | null;
}

/** What the investigation has found. */
@InputType()
export abstract class FindingInput extends FormStepInput {
  @Field(() => String, {
    nullable: true,
    description:
      "What is to be rectified, or why there is nothing to: at most 2,000 characters. The customer does not see it.",
  })
  finding?: string | null;
}

@InputType({ description: "That the customer is right, and what is to be rectified." })
export class UpholdObjectionInput extends FindingInput {}

@InputType({ description: "That there is nothing to rectify, and why." })
export class DismissObjectionInput extends FindingInput {}

@InputType({ description: "What has been done to rectify it." })
export class FinishRectifyingObjectionInput extends FormStepInput {
  @Field(() => String, {
    nullable: true,
    description: "What has been done: at most 2,000 characters. The customer does not see it.",
  })
  rectification?: string | null;
}

@InputType({ description: "What the customer is told." })
export class CloseObjectionInput extends FormStepInput {
  @Field(() => String, {
    nullable: true,
    description:
      "The answer, as the customer reads it: at most 2,000 characters, none of them a colleague's name.",
  })
  answer?: string | null;
}
