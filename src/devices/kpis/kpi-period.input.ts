import { Field, InputType } from "type-graphql";
import { Instant } from "../../reading/scalars.js";

@InputType({
  description:
    "A period in one of three ways: `from` and `to`, a `month`, or a `quarter` (S003-7.2), these two by the company's calendar (Asia/Shanghai).",
})
export class KpiPeriodInput {
  @Field(() => Instant, { nullable: true, description: "The first instant, with `to`." })
  from?: string | null;

  @Field(() => Instant, { nullable: true, description: "The first instant after it, with `from`." })
  to?: string | null;

  @Field(() => String, { nullable: true, description: "A month: `2026-11`." })
  month?: string | null;

  @Field(() => String, { nullable: true, description: "A quarter: `2026-Q4`." })
  quarter?: string | null;
}
