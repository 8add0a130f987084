import type { GraphQLResolveInfo } from "graphql";
import { Ctx, Field, Info, ObjectType } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";
import { type ReadContext, readOne } from "../reading/read.js";
import { ServiceCase } from "./service-case.type.js";

@ObjectType({ description: "A service case that has been written." })
class ServiceCasePayload {
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  @Guard(everyCaller)
  @Field(() => ServiceCase, { nullable: true, description: "The case, as far as you may see it." })
  serviceCase(@Ctx() context: ReadContext, @Info() info: GraphQLResolveInfo): Promise<ServiceCase | null> {
    return readOne(context, info, ServiceCase, this.#id) as Promise<ServiceCase | null>;
  }
}

@ObjectType({ description: "A service case that has been logged." })
export class LogServiceCasePayload extends ServiceCasePayload {}

@ObjectType({ description: "A service case that has been changed." })
export class UpdateServiceCasePayload extends ServiceCasePayload {}
