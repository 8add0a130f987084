import type { GraphQLObjectType } from "graphql";
import { Extensions, Field } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";

/** What a field is made of that is not read with its row: the id of a row in reach. */
export type Computed<Context> = (id: string, context: Context) => Promise<unknown>;

/** A field of a record type that is made of the row's id, for everybody who reaches the row. */
export function computed<Context>(
  type: new () => object,
  name: string,
  returns: () => unknown,
  description: string,
  compute: Computed<Context>,
): void {
  Field(returns as never, { description })(type.prototype, name);
  Extensions({ computed: compute })(type.prototype, name);
  Guard(everyCaller)(type.prototype, name);
}

export const computedBy = (type: GraphQLObjectType, name: string): Computed<never> | undefined =>
  type.getFields()[name]?.extensions.computed as Computed<never> | undefined;
