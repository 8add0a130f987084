import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../../access/guard.js";
import type { Context } from "../../context.js";
import { connectionOf, listArgs } from "../../reading/connection-types.js";
import { readOne, readPage } from "../../reading/read.js";
import { Disposal } from "./disposal.type.js";
import "./disposal.workflow.js";

@Resolver()
export class DisposalResolver {
  @Guard(reads(Disposal))
  @Query(() => connectionOf(Disposal), { nullable: true, description: "The disposals in your reach." })
  disposals(
    @Args(() => listArgs(Disposal)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Disposal);
  }

  @Guard(reads(Disposal))
  @Query(() => Disposal, {
    nullable: true,
    description: "One disposal; null where it is out of reach or does not exist.",
  })
  disposal(
    @Arg("id", () => ID, { description: "The disposal's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Disposal, id);
  }
}
