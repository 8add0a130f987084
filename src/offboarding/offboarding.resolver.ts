import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import { Offboarding } from "./offboarding.type.js";
import "./open-items.type.js";

@Resolver()
export class OffboardingResolver {
  @Guard(reads(Offboarding))
  @Query(() => connectionOf(Offboarding), {
    nullable: true,
    description: "Who leaves or changes post, of those in your reach.",
  })
  offboardings(
    @Args(() => listArgs(Offboarding)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Offboarding);
  }

  @Guard(reads(Offboarding))
  @Query(() => Offboarding, {
    nullable: true,
    description: "One form of leaving; null where it is out of reach or does not exist.",
  })
  offboarding(
    @Arg("id", () => ID, { description: "The form's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Offboarding, id);
  }
}
