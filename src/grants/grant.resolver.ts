import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import { Grant } from "./grant.type.js";
import { GrantApplication } from "./grant-application.type.js";
import "./grant-application.workflow.js";
import "./grant-class.type.js";
import "./group-vote.type.js";
import { SensitiveUse } from "./sensitive-use.type.js";
import "./sensitive-use.workflow.js";
import "./sensitive-use-record.type.js";

@Resolver()
export class GrantResolver {
  @Guard(reads(Grant))
  @Query(() => connectionOf(Grant), { nullable: true, description: "The grants in your reach." })
  grants(
    @Args(() => listArgs(Grant)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Grant);
  }

  @Guard(reads(Grant))
  @Query(() => Grant, {
    nullable: true,
    description: "One grant; null where it is out of reach or does not exist.",
  })
  grant(
    @Arg("id", () => ID, { description: "The grant's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Grant, id);
  }

  @Guard(reads(GrantApplication))
  @Query(() => connectionOf(GrantApplication), {
    nullable: true,
    description: "The applications for grants in your reach.",
  })
  grantApplications(
    @Args(() => listArgs(GrantApplication)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, GrantApplication);
  }

  @Guard(reads(GrantApplication))
  @Query(() => GrantApplication, {
    nullable: true,
    description: "One application; null where it is out of reach or does not exist.",
  })
  grantApplication(
    @Arg("id", () => ID, { description: "The application's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, GrantApplication, id);
  }

  @Guard(reads(SensitiveUse))
  @Query(() => connectionOf(SensitiveUse), {
    nullable: true,
    description: "The declarations of sensitive use in your reach.",
  })
  sensitiveUses(
    @Args(() => listArgs(SensitiveUse)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, SensitiveUse);
  }

  @Guard(reads(SensitiveUse))
  @Query(() => SensitiveUse, {
    nullable: true,
    description: "One declaration; null where it is out of reach or does not exist.",
  })
  sensitiveUse(
    @Arg("id", () => ID, { description: "The declaration's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, SensitiveUse, id);
  }
}
