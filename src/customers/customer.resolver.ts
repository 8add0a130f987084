import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import { Customer } from "./customer.type.js";

@Resolver()
export class CustomerResolver {
  @Guard(reads(Customer))
  @Query(() => connectionOf(Customer), { nullable: true, description: "The customers in your reach." })
  customers(
    @Args(() => listArgs(Customer)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Customer);
  }

  @Guard(reads(Customer))
  @Query(() => Customer, {
    nullable: true,
    description: "One customer; null where it is out of reach or does not exist.",
  })
  customer(
    @Arg("id", () => ID, { description: "The customer's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Customer, id);
  }
}
