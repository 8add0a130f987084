import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, Info, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { type ReadContext, readOne } from "../reading/read.js";
import { DisclosureDelay } from "./disclosure-delay.type.js";

@ObjectType({ description: "A delay that has been set or lifted." })
export class DisclosureDelayPayload {
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  @Guard(everyCaller)
  @Field(() => DisclosureDelay, { nullable: true, description: "The delay, as far as you may see it." })
  disclosureDelay(
    @Ctx() context: ReadContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<DisclosureDelay | null> {
    return readOne(context, info, DisclosureDelay, this.#id) as Promise<DisclosureDelay | null>;
  }
}
