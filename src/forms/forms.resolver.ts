import type { GraphQLResolveInfo } from "graphql";
import {
  Arg,
  Args,
  Ctx,
  Field,
  ID,
  Info,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
} from "type-graphql";
import { everyCaller, Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { refusal } from "../errors.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readPage } from "../reading/read.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { waitingForms } from "./my-tasks.js";
import { Notification } from "./notification.type.js";
import { departmentCounted, serviceBoard } from "./service-board.js";
import { PeriodInput, ServiceBoard } from "./service-board.type.js";
import { Task } from "./task.type.js";

@InputType({ description: "Which notifications." })
class MarkNotificationsReadInput {
  @Field(() => [ID], { description: "Their ids, at most 500; those that are not yours are passed over." })
  ids!: string[];
}

@ObjectType({ description: "How many notifications are marked now that were not.", simpleResolvers: true })
class MarkNotificationsReadPayload {
  @Guard(everyCaller)
  @Field(() => Int, { description: "How many." })
  marked!: number;
}

@Resolver()
export class FormsResolver {
  @Guard(everyCaller)
  @Query(() => [Task], {
    nullable: true,
    description: "The forms that wait for you, what is due first in front (rulebook 2.4, 2.5).",
  })
  async myTasks(
    @Arg("first", () => Int, { defaultValue: 50, description: "At most this many: 1 to 500." }) first: number,
    @Ctx() context: WriteContext & Context,
  ): Promise<Task[]> {
    if (first < 1 || first > 500)
      throw refusal("BAD_USER_INPUT", { inputPath: "first", reason: "It is not from 1 to 500." });
    const forms = await waitingForms(context, first);
    return forms.map((form) => Object.assign(new Task(), form, { dueAt: form.dueAt?.toISOString() ?? null }));
  }

  @Guard(everyCaller)
  @Query(() => ServiceBoard, {
    nullable: true,
    description:
      "What is unfinished, and the counters of a period (rulebook 4: K13, K14, K16, K17, K26, K30): a head's own department, " +
      "everybody's for administration, auditors and the general manager. What waits counts where the person is now whom a " +
      "form is about; what a period counts, where they were when it began: at the signature, the filing, the confirmation.",
  })
  serviceBoard(
    @Arg("period", () => PeriodInput, { description: "The period of the counters, at most two years." })
    period: PeriodInput,
    @Ctx() { db, decisions }: WriteContext,
  ): Promise<ServiceBoard> {
    const department = departmentCounted(decisions.caller);
    const [from, to] = [new Date(period.from), new Date(period.to)];
    const days = (to.getTime() - from.getTime()) / 86_400_000;
    if (days <= 0 || days > 731)
      throw refusal("BAD_USER_INPUT", {
        inputPath: "period",
        reason: "It is empty, or longer than two years.",
      });
    return serviceBoard(db, { from, to }, department, decisions.caller.now);
  }

  @Guard(reads(Notification))
  @Query(() => connectionOf(Notification), { nullable: true, description: "What you have been told." })
  notifications(
    @Args(() => listArgs(Notification)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Notification);
  }

  @Guard(everyCaller)
  @Mutation(() => MarkNotificationsReadPayload, { description: "Marks what you have been told as read." })
  async markNotificationsRead(
    @Arg("input", () => MarkNotificationsReadInput, { description: "Which." })
    { ids }: MarkNotificationsReadInput,
    @Ctx() { db, decisions }: WriteContext,
  ): Promise<MarkNotificationsReadPayload> {
    if (ids.length > 500)
      throw refusal("BAD_USER_INPUT", { inputPath: "input.ids", reason: "There are more than 500." });
    const { id: personId, now } = decisions.caller;
    const { count } = await db.notification.updateMany({
      where: { id: { in: ids }, personId, readAt: null },
      data: { readAt: now },
    });
    return { marked: count };
  }
}
