import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import { Dossier } from "./dossier.type.js";

@Resolver()
export class DossierResolver {
  @Guard(reads(Dossier))
  @Query(() => connectionOf(Dossier), {
    nullable: true,
    description: "The dossiers in your reach; of classified ones, without a clearance, code and mark.",
  })
  dossiers(
    @Args(() => listArgs(Dossier)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Dossier);
  }

  @Guard(reads(Dossier))
  @Query(() => Dossier, {
    nullable: true,
    description: "One dossier; null where it is out of reach or does not exist.",
  })
  dossier(
    @Arg("id", () => ID, { description: "The dossier's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Dossier, id);
  }
}
