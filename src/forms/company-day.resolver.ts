import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Query, Resolver } from "type-graphql";
import { everyCaller, Guard, guardBy, refuse } from "../access/guard.js";
import { refusal } from "../errors.js";
import { filled, readForm } from "../reading/form.js";
import { anyValue, line } from "../reading/form-readers.js";
import { Day } from "../reading/scalars.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { dayOf } from "../workflow/calendar.js";

@ObjectType({
  description: "A day on which the company's calendar differs from the week (rulebook 0.2).",
  simpleResolvers: true,
})
export class CompanyDay {
  @Guard(everyCaller)
  @Field(() => Day, { description: "The day, in Asia/Shanghai." })
  day!: string;

  @Guard(everyCaller)
  @Field(() => Boolean, { description: "Whether the company works on it." })
  working!: boolean;

  @Guard(everyCaller)
  @Field(() => String, { description: "What it is." })
  name!: string;
}

@InputType({ description: "A day that differs from the week: a holiday, or a weekend day that is worked." })
export class SetCompanyDayInput {
  @Field(() => Day, { description: "The day: today or later." })
  day!: string;

  @Field(() => Boolean, { description: "Whether the company works on it." })
  working!: boolean;

  @Field(() => String, { description: "What it is, on one line of at most 100 characters." })
  name!: string;
}

/** Administration keeps the calendar. */
const keepsCalendar = guardBy("keepsCalendar", ({ caller: { roles, status } }) => {
  const may = roles.some((role) => role === "ADMIN_HR_CLERK" || role === "ADMIN_HEAD");
  return (
    (may && status === "ACTIVE") || refuse({ code: "NOT_YOUR_ROLE", needs: "ADMIN_HR_CLERK, or ADMIN_HEAD" })
  );
});

const rules = { day: filled(anyValue<string>), working: filled(anyValue<boolean>), name: filled(line(100)) };

@Resolver()
export class CompanyDayResolver {
  @Guard(everyCaller)
  @Query(() => [CompanyDay], {
    nullable: true,
    description:
      "The days of a year on which the company's calendar differs from the week, by which terms are counted.",
  })
  async companyDays(
    @Arg("year", () => Int, { description: "The year: 1970 to 2099." }) year: number,
    @Ctx() { db }: WriteContext,
  ): Promise<CompanyDay[]> {
    if (year < 1970 || year > 2099)
      throw refusal("BAD_USER_INPUT", { inputPath: "year", reason: "It is not from 1970 to 2099." });
    const [from, to] = [new Date(Date.UTC(year, 0, 1)), new Date(Date.UTC(year + 1, 0, 1))];
    const days = await db.companyDay.findMany({
      where: { day: { gte: from, lt: to } },
      orderBy: { day: "asc" },
    });
    return days.map(({ day, ...one }) => ({ day: day.toISOString().slice(0, 10), ...one }));
  }

  @Guard(keepsCalendar)
  @Mutation(() => CompanyDay, {
    nullable: true,
    description:
      "Says whether the company works on a day. Terms that begin from then on are counted by it; those that run stay as they are.",
  })
  async setCompanyDay(
    @Arg("input", () => SetCompanyDayInput, { description: "The day." }) input: SetCompanyDayInput,
    @Ctx() { db, decisions }: WriteContext,
  ): Promise<CompanyDay> {
    const { now } = decisions.caller;
    const given = readForm({ ...input }, rules, now);
    if (given.day < dayOf(now) || given.day >= "2100-01-01")
      throw refusal("BAD_USER_INPUT", {
        inputPath: "input.day",
        reason: "It has passed, or is too far away.",
      });
    const day = new Date(given.day);
    const { working, name } = given;
    await db.companyDay.upsert({
      where: { day },
      create: { day, working, name },
      update: { working, name },
      select: { day: true },
    });
    return given;
  }
}
