import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, Info, ObjectType, Root } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { Node } from "../reading/node.js";
import { type ReadContext, readNode } from "../reading/read.js";
import { Instant } from "../reading/scalars.js";

@ObjectType({ description: "A form that waits for you." })
export class Task {
  @Guard(everyCaller)
  @Field(() => String, { description: "The form's type, as `GrantApplication`." })
  form!: string;

  formId!: string;

  @Guard(everyCaller)
  @Field(() => String, { description: "Where it stands." })
  state!: string;

  @Guard(everyCaller)
  @Field(() => [String], { description: "The mutations that take it on, of those that are yours." })
  mutations!: string[];

  @Guard(everyCaller)
  @Field(() => Instant, { nullable: true, description: "By when; null: there is no term." })
  dueAt?: string | null;

  @Guard(everyCaller)
  @Field(() => Boolean, { description: "Whether that has passed." })
  overdue!: boolean;

  @Guard(everyCaller)
  @Field(() => Node, { nullable: true, description: "The form, as far as you may see it." })
  record(@Root() { formId }: Task, @Ctx() context: ReadContext, @Info() info: GraphQLResolveInfo) {
    return readNode(context, info, formId);
  }
}
