import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { everyCaller, Guard, reads } from "../access/guard.js";
import type { Context } from "../context.js";
import { connectionOf, listArgs } from "../reading/connection-types.js";
import { readAll, readOne, readPage } from "../reading/read.js";
import "./confidentiality-commitment.type.js";
import { Department } from "./department.type.js";
import { Employee } from "./employee.type.js";
import { Purpose } from "./purpose.type.js";

@Resolver()
export class PeopleResolver {
  @Guard(everyCaller)
  @Query(() => Employee, { nullable: true, description: "Whoever is asking." })
  me(@Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.caller && readOne(context, info, Employee, context.caller.id);
  }

  @Guard(reads(Employee))
  @Query(() => connectionOf(Employee), { nullable: true, description: "The people in your reach." })
  employees(
    @Args(() => listArgs(Employee)) _args: object,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readPage(context, info, Employee);
  }

  @Guard(reads(Employee))
  @Query(() => Employee, {
    nullable: true,
    description: "One person; null where it is out of reach or does not exist.",
  })
  employee(
    @Arg("id", () => ID, { description: "The person's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readOne(context, info, Employee, id);
  }

  @Guard(reads(Department))
  @Query(() => [Department], { nullable: true, description: "All departments." })
  departments(@Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return readAll(context, info, Department);
  }

  @Guard(reads(Purpose))
  @Query(() => [Purpose], { nullable: true, description: "All purposes that customer data is used for." })
  purposes(@Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return readAll(context, info, Purpose);
  }
}
