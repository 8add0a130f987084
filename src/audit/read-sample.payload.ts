import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, Info, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { type ReadContext, readOne } from "../reading/read.js";
import { ReadSample } from "./read-sample.type.js";

@ObjectType({ description: "A sample that has been drawn." })
export class SampleReadsPayload {
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  @Guard(everyCaller)
  @Field(() => ReadSample, { nullable: true, description: "The sample." })
  readSample(@Ctx() context: ReadContext, @Info() info: GraphQLResolveInfo): Promise<ReadSample | null> {
    return readOne(context, info, ReadSample, this.#id) as Promise<ReadSample | null>;
  }
}
