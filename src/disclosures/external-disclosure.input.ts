import { Field, InputType } from "type-graphql";
import { Instant } from "../reading/scalars.js";
import { Channel } from "../service/service-case.enums.js";
import { FormStepInput } from "../workflow/form-inputs.js";
import { HandedOutInput } from "./handed-out.input.js";

@InputType({
  description:
    "A request to give a customer's data to somebody outside (S004-P5-24). All that is missing is named at once.",
})
export class RequestDisclosureInput extends HandedOutInput {
  @Field(() => Channel, {
    nullable: true,
    description: "How it is to be given; never PHONE, PRIVATE_MAIL or TELEGRAM (S004-P5-26).",
  })
  channel?: Channel | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Who has consented: the holder, insured or beneficiary. FINANCIAL and PRIVATE fields take this or a legal basis (S004-P3-21).",
  })
  consentGivenBy?: string | null;

  @Field(() => Instant, { nullable: true, description: "When they consented." })
  consentAt?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The law that allows it without consent: at most 500 characters.",
  })
  legalBasis?: string | null;
}

@InputType({ description: "How what is disclosed was sent (S004-P5-23.2)." })
export class SendExternalDisclosureInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "How it was kept safe on the way." })
  measures?: string | null;
}
