import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Mutation, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { writes } from "../reading/write-inputs.js";
import { LogServiceCaseInput } from "./log-service-case.input.js";
import { logServiceCase } from "./log-service-case.js";
import { LogServiceCasePayload } from "./log-service-case.payload.js";
import { ServiceCase } from "./service-case.type.js";

@Resolver()
export class ServiceCaseResolver {
  @Guard(reads(ServiceCase))
  @Query(() => connectionOf(ServiceCase), { nullable: true, description: "The service cases in your reach." })
  serviceCases(
    @Args(() => listArgs(ServiceCase)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, ServiceCase);
  }

  @Guard(reads(ServiceCase))
  @Query(() => ServiceCase, {
    nullable: true,
    description: "One service case; null where it is out of reach or does not exist.",
  })
  serviceCase(
    @Arg("id", () => ID, { description: "The case's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, ServiceCase, id);
  }

  @Guard(writes(ServiceCase, "CREATE"))
  @Mutation(() => LogServiceCasePayload, {
    description:
      "Logs what a customer in your reach asked, complained about or told us (rulebook 3.3: SERVICE, create).",
  })
  async logServiceCase(
    @Arg("input", () => LogServiceCaseInput, { description: "The case." }) input: LogServiceCaseInput,
    @Ctx() context: WriteContext,
  ): Promise<LogServiceCasePayload> {
    const { id } = await logServiceCase(context, input);
    return new LogServiceCasePayload(id);
  }
}
