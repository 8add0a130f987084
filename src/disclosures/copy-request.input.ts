import { Field, ID, InputType } from "type-graphql";
import { Instant } from "../reading/scalars.js";
import { FormStepInput } from "../workflow/form-inputs.js";
import { CopyMedium } from "./disclosure.enums.js";
import { HandedOutInput } from "./handed-out.input.js";

@InputType({
  description:
    "A request for a copy or an excerpt (S004-P5-23.1). All that is missing is named at once. A copy for outside is released only together with an approved external disclosure (rulebook 6-10).",
})
export class RequestCopyInput extends HandedOutInput {
  @Field(() => CopyMedium, { nullable: true, description: "What it is to be made on." })
  medium?: CopyMedium | null;

  @Field(() => String, { nullable: true, description: "Why it is needed: at most 2,000 characters." })
  reason?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it is for somebody outside the company." })
  forOutside?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The external disclosure that goes with a copy for outside: your own, of the same customer, fields and recipient. It can be linked later as well.",
  })
  disclosureId?: string | null;
}

@InputType({ description: "Which disclosure goes with a copy for outside." })
export class LinkDisclosureInput extends FormStepInput {
  @Field(() => ID, {
    nullable: true,
    description: "The disclosure: your own, of the same customer, fields and recipient.",
  })
  disclosureId?: string | null;
}

@InputType({ description: "How a copy was handed over (S004-P5-23.2)." })
export class HandOverCopyRequestInput extends FormStepInput {
  @Field(() => String, { nullable: true, description: "How it was kept safe on the way." })
  measures?: string | null;

  @Field(() => String, { nullable: true, description: "How the recipient acknowledged it." })
  receipt?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Of an ELECTRONIC one: the number of the device that it was put on, as its label says. One for customer data, in use; a copy for outside needs none, if it lies on none of ours.",
  })
  deviceNo?: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: "Until when it may lie there: at most 90 days; with the device.",
  })
  keptUntil?: string | null;
}
