import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../../access/guard.js";
import type { Context } from "../../context.js";
import { connectionOf, listArgs } from "../../reading/connection-types.js";
import { readOne, readPage } from "../../reading/read.js";
import { CorrectionRequest } from "./correction-request.type.js";
import "./correction-request.workflow.js";

@Resolver()
export class CorrectionResolver {
  @Guard(reads(CorrectionRequest))
  @Query(() => connectionOf(CorrectionRequest), {
    nullable: true,
    description: "The corrections of customers in your reach.",
  })
  correctionRequests(
    @Args(() => listArgs(CorrectionRequest)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, CorrectionRequest);
  }

  @Guard(reads(CorrectionRequest))
  @Query(() => CorrectionRequest, {
    nullable: true,
    description: "One correction; null where it is out of reach or does not exist.",
  })
  correctionRequest(
    @Arg("id", () => ID, { description: "The correction's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, CorrectionRequest, id);
  }
}
