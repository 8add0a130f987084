import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readOne, readPage } from "../reading/read.js";
import { Order } from "./order.type.js";
import { Transaction } from "./transaction.type.js";

@Resolver()
export class OrderResolver {
  @Guard(reads(Order))
  @Query(() => connectionOf(Order), { nullable: true, description: "The orders in your reach." })
  orders(
    @Args(() => listArgs(Order)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Order);
  }

  @Guard(reads(Order))
  @Query(() => Order, {
    nullable: true,
    description: "One order; null where it is out of reach or does not exist.",
  })
  order(
    @Arg("id", () => ID, { description: "The order's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Order, id);
  }

  @Guard(reads(Transaction))
  @Query(() => connectionOf(Transaction), { nullable: true, description: "The transactions in your reach." })
  transactions(
    @Args(() => listArgs(Transaction)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Transaction);
  }

  @Guard(reads(Transaction))
  @Query(() => Transaction, {
    nullable: true,
    description: "One transaction; null where it is out of reach or does not exist.",
  })
  transaction(
    @Arg("id", () => ID, { description: "The transaction's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Transaction, id);
  }
}
