import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import { Loan } from "./loan.type.js";
import "./loan.workflow.js";

@Resolver()
export class LoanResolver {
  @Guard(reads(Loan))
  @Query(() => connectionOf(Loan), {
    nullable: true,
    description: "The loan register, 外借登记册, as far as it is in your reach.",
  })
  loans(
    @Args(() => listArgs(Loan)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Loan);
  }

  @Guard(reads(Loan))
  @Query(() => Loan, {
    nullable: true,
    description: "One loan; null where it is out of reach or does not exist.",
  })
  loan(
    @Arg("id", () => ID, { description: "The loan's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Loan, id);
  }
}
