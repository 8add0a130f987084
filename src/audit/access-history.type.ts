import { ArgsType, Field, Int, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { DepartmentCode } from "../people/enums.js";
import { Instant } from "../reading/scalars.js";

@ArgsType()
export class AccessHistoryArgs {
  @Field(() => Instant, {
    nullable: true,
    description: "From when on; 30 days before `until` where it is left out.",
  })
  since?: string | null;

  @Field(() => Instant, {
    nullable: true,
    description: "Up to when, at most 366 days after `since`; now where it is left out.",
  })
  until?: string | null;
}

@ObjectType({
  description:
    "When, by which department and for what purpose data of a customer was looked at (S000-5.2a). Not by whom: names, " +
    "devices and ratings stay inside the company (rulebook 6-24).",
  simpleResolvers: true,
})
export class AccessHistoryEntry {
  @Guard(everyCaller)
  @Field(() => Instant, { description: "When; of several looks the first." })
  since!: string;

  @Guard(everyCaller)
  @Field(() => Instant, { description: "The last of them." })
  until!: string;

  @Guard(everyCaller)
  @Field(() => Int, { description: "How many looks it stands for." })
  times!: number;

  @Guard(everyCaller)
  @Field(() => Boolean, {
    description:
      "The customer stood in a list with others: such looks of one department and purpose are told once a day.",
  })
  inList!: boolean;

  @Guard(everyCaller)
  @Field(() => DepartmentCode, { nullable: true, description: "The department that looked." })
  department?: DepartmentCode | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "The purpose that was stated; null: none was." })
  purpose?: string | null;

  @Guard(everyCaller)
  @Field(() => String, {
    nullable: true,
    description: "Why it is told later than it could have been; null: it is not.",
  })
  delayedFor?: string | null;

  @Guard(everyCaller)
  @Field(() => [String], { description: "Fields that were shown as they are stored: `Customer.mobile`." })
  clear!: string[];

  @Guard(everyCaller)
  @Field(() => [String], { description: "Fields of which no more than a masked form was shown." })
  masked!: string[];
}
