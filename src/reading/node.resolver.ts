import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { Node } from "./node.js";
import { type ReadContext, readNode } from "./read.js";

@Resolver()
export class NodeResolver {
  @Guard(everyCaller)
  @Query(() => Node, {
    nullable: true,
    description: "Anything by its id; null where it is out of reach or does not exist.",
  })
  node(
    @Arg("id", () => ID, { description: "The id." }) id: string,
    @Ctx() context: ReadContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return readNode(context, info, id);
  }
}
