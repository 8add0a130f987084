import { Field, ID, InputType } from "type-graphql";
import { DepartmentCode } from "../people/enums.js";
import { Instant } from "../reading/scalars.js";
import { FormStepInput, historyNote } from "../workflow/form-inputs.js";
import { OffboardingKind } from "./offboarding.enums.js";

@InputType({ description: "That somebody leaves, or changes post. All that is missing is named at once." })
export class ConfirmOffboardingInput {
  @Field(() => ID, { nullable: true, description: "Who: somebody of your own department." })
  employeeId?: string | null;

  @Field(() => OffboardingKind, { nullable: true, description: "From the company, or to another post." })
  kind?: OffboardingKind | null;

  @Field(() => String, { nullable: true, description: "Why." })
  reason?: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: "From when on; at once where it is left out. Never in the past.",
  })
  effectiveAt?: string | null;

  @Field(() => DepartmentCode, { nullable: true, description: "The new department, of a transfer." })
  toDepartment?: DepartmentCode | null;

  @Field(() => String, { nullable: true, description: "The new post, of a transfer." })
  toPost?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "The hand-over list: one line for each thing, at most 100.",
  })
  handover?: string[] | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "Who takes over." })
export class HandOverOffboardingInput extends FormStepInput {
  @Field(() => ID, {
    nullable: true,
    description:
      "Somebody at work in the same department; of the company, where nobody else of the department is.",
  })
  successorId?: string | null;
}

@InputType({ description: "The promise of secrecy for the time after leaving." })
export class PromiseSecrecyInput extends FormStepInput {
  @Field(() => Boolean, {
    nullable: true,
    description: "That secrecy is promised for 24 months after leaving; it has to be.",
  })
  promised?: boolean | null;
}
