import { Field, ID, InputType } from "type-graphql";
import { Decimal, Instant } from "../../reading/scalars.js";
import { FormStepInput } from "../../workflow/form-inputs.js";
import { RepairVerdict } from "./fault.enums.js";

@InputType({
  description: "A fault, at once (S001-P1-3.2.2). All that is missing is named at once.",
})
export class ReportFaultInput {
  @Field(() => ID, { nullable: true, description: "The device: one in your reach." })
  deviceId?: string | null;

  @Field(() => String, { nullable: true, description: "What does not work: at most 2,000 characters." })
  symptom?: string | null;

  @Field(() => Instant, { nullable: true, description: "When it was discovered; now where it is left out." })
  discoveredAt?: string | null;
}

@InputType({ description: "What is wrong with a device." })
export class DiagnoseFaultInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "What is wrong: at most 2,000 characters." })
  diagnosis?: string | null;
}

@InputType({ description: "Where a device is sent to (S001-P1-3.1.3)." })
export class SendOutForRepairInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "The professional centre." })
  centre?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "That it was wiped or sealed; what is registered for customer data has to be.",
  })
  dataProtected?: boolean | null;
}

@InputType({ description: "What a repair was." })
export class FinishRepairInput extends FormStepInput {
  @Field(() => RepairVerdict, {
    nullable: true,
    description: "REPAIRED, or NOTHING_FOUND; REPAIRED where it is left out.",
  })
  verdict?: RepairVerdict | null;

  @Field(() => Decimal, { nullable: true, description: 'What it cost, CNY; "0" where it cost nothing.' })
  cost?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "What was changed in it; nothing where it is left out.",
  })
  components?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "All its parts from now on, where they are others: its file says so.",
  })
  deviceComponents?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "The number of the seal that it has now, where it was opened: its file says so.",
  })
  sealNo?: string | null;
}

@InputType({ description: "Why a device cannot be repaired (S000-4.4b)." })
export class DeclareUnrepairableInput extends FormStepInput {
  @Field(() => RepairVerdict, { nullable: true, description: "NO_PARTS, NOT_WORTH_IT or DESTROYED." })
  verdict?: RepairVerdict | null;

  @Field(() => Decimal, { nullable: true, description: "What trying cost, CNY." })
  cost?: string | null;
}
