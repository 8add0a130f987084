import { Field, ID, InputType, Int } from "type-graphql";
import { DeviceKind } from "../devices/device.enums.js";
import { Decimal } from "../reading/scalars.js";
import { FormStepInput, historyNote } from "../workflow/form-inputs.js";

// What is missing is told by the form itself, all of it at once: nothing here is mandatory to GraphQL.

const need = "What it is needed for: at most 2,000 characters.";
const assessment = "Why it is needed, after what was asked and looked at: at most 2,000 characters.";

@InputType({ description: "A wish for devices, of the caller's own: a draft for the clerk (S001-P1-3.1.1)." })
export class WishProcurementInput {
  @Field(() => String, { nullable: true, description: need })
  need?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "What administration finds of a wish (S000-4.1a)." })
export class AssessProcurementInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: assessment })
  assessment?: string | null;
}

@InputType({ description: "A wish that a department has spoken, with what administration finds of it." })
export class AssessOralWishInput {
  @Field(() => ID, { nullable: true, description: "Whose wish it is." })
  employeeId?: string | null;

  @Field(() => String, { nullable: true, description: need })
  need?: string | null;

  @Field(() => String, { nullable: true, description: assessment })
  assessment?: string | null;

  @Field(() => String, { nullable: true, description: historyNote })
  note?: string | null;
}

@InputType({ description: "The application to the company." })
export class RequestProcurementInput extends FormStepInput {
  @Field(() => String, {
    nullable: true,
    description:
      "What is to be bought, for technology: what, how many, and what they have to be able to do. At most 2,000 characters.",
  })
  specification?: string | null;
}

@InputType({ description: "A supplier's offer. Whoever gives it need not be able to read it back." })
export class QuoteInput {
  @Field(() => String, { nullable: true, description: "Who offers; no supplier twice." })
  supplier?: string | null;

  @Field(() => Decimal, { nullable: true, description: "The price of the whole order, CNY." })
  price?: string | null;

  @Field(() => Int, { nullable: true, description: "Quality, from 1 (worst) to 5." })
  quality?: number | null;

  @Field(() => Int, { nullable: true, description: "Performance, from 1 (worst) to 5." })
  performance?: number | null;

  @Field(() => Int, { nullable: true, description: "Security, from 1 (worst) to 5." })
  security?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is taken: exactly one is." })
  chosen?: boolean | null;
}

@InputType({ description: "A line of the contract's configuration list." })
export class ConfigLineInput {
  @Field(() => String, { nullable: true, description: "What the contract says: at most 500 characters." })
  line?: string | null;

  @Field(() => DeviceKind, {
    nullable: true,
    description: "The kind of device; left out for what is none: services, cables.",
  })
  kind?: DeviceKind | null;

  @Field(() => String, { nullable: true, description: "The maker's model, of a device." })
  model?: string | null;

  @Field(() => Int, { nullable: true, description: "How many of it: at most 500." })
  qty?: number | null;

  @Field(() => Decimal, { nullable: true, description: "The price of one, CNY." })
  unitPrice?: string | null;
}

@InputType({
  description: "What was offered, and the contract (S004-P4-7). Nothing of it can be changed afterwards.",
})
export class OrderProcurementInput extends FormStepInput {
  @Field(() => [QuoteInput], {
    nullable: true,
    description: "The quotes that were compared: at least three, or a reason why there are fewer.",
  })
  quotes?: QuoteInput[] | null;

  @Field(() => String, { nullable: true, description: "Why there are fewer than three quotes." })
  fewQuotesReason?: string | null;

  @Field(() => String, { nullable: true, description: "The number of the contract." })
  contractNo?: string | null;

  @Field(() => [ConfigLineInput], {
    nullable: true,
    description:
      "The contract's configuration list: at most 100 lines and 500 devices. All lines together come to the price of the quote that is taken.",
  })
  configList?: ConfigLineInput[] | null;
}

@InputType({ description: "What was found of one line of the contract's list." })
export class FoundLineInput {
  @Field(() => Int, { nullable: true, description: "The place of the line in the list, from 1." })
  position?: number | null;

  @Field(() => Int, { nullable: true, description: "How many came." })
  qty?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Whether they are as the contract has them." })
  conforms?: boolean | null;

  @Field(() => String, { nullable: true, description: "What is different: at most 500 characters." })
  deviation?: string | null;
}

/** The check of a delivery: every line of the contract's list once (S004-P4-23). */
@InputType()
export abstract class CheckDeliveryInput extends FormStepInput {
  @Field(() => [FoundLineInput], { nullable: true, description: "What was found, line by line." })
  lines?: FoundLineInput[] | null;
}

@InputType({ description: "A delivery that is as the contract's list has it, line by line (S004-P4-23)." })
export class AcceptProcurementInput extends CheckDeliveryInput {}

@InputType({
  description: "A delivery that goes back, and why: what is different of which line (S004-P4-23).",
})
export class ReturnToSupplierInput extends CheckDeliveryInput {}
