import type { GraphQLObjectType } from "graphql";
import { Args, Extensions, Field } from "type-graphql";
import { everyCaller, Guard } from "../access/guard.js";

/** What a field is made of that is not read with its row: the id of a row in reach, and the arguments of the field. */
export type Computed<Context, Arguments = object> = (
  id: string,
  context: Context,
  args: Arguments,
) => Promise<unknown>;

interface WithArguments<Arguments> {
  readonly args: new () => Arguments;
  /** It takes so much work that an operation asks for one: see `Limits.heavyField`. What it refuses it answers with null. */
  readonly heavy: true;
}

/** A field of a record type that is made of the row's id, for everybody who reaches the row. */
export function computed<Context, Arguments = object>(
  type: new () => object,
  name: string,
  returns: () => unknown,
  description: string,
  compute: Computed<Context, Arguments>,
  { args, heavy }: Partial<WithArguments<Arguments>> = {},
): void {
  Field(returns as never, { description, nullable: heavy === true })(type.prototype, name);
  Extensions({ computed: compute, ...(heavy && { heavy }) })(type.prototype, name);
  if (args) Args(() => args as new () => object)(type.prototype, name, 0);
  Guard(everyCaller)(type.prototype, name);
}

export const computedBy = (type: GraphQLObjectType, name: string): Computed<never> | undefined =>
  type.getFields()[name]?.extensions.computed as Computed<never> | undefined;
