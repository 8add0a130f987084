import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import { Consultation } from "./consultation.type.js";
import "./consultation.workflow.js";

@Resolver()
export class ConsultationResolver {
  @Guard(reads(Consultation))
  @Query(() => connectionOf(Consultation), {
    nullable: true,
    description: "The applications to read dossiers in your reach.",
  })
  consultations(
    @Args(() => listArgs(Consultation)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Consultation);
  }

  @Guard(reads(Consultation))
  @Query(() => Consultation, {
    nullable: true,
    description: "One consultation; null where it is out of reach or does not exist.",
  })
  consultation(
    @Arg("id", () => ID, { description: "The consultation's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Consultation, id);
  }
}
