import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import { connectionOf, listArgs } from "./connection-types.js";
import { namedClass } from "./filter-inputs.js";
import { type ReadContext, readOne, readPage } from "./read.js";

interface Names {
  /** The query for one of them, by id: `loan`. */
  readonly one: string;
  /** The query for a page of them: `loans`. */
  readonly many: string;
  /** What they are, in the plural: `loans of dossiers`. */
  readonly what: string;
}

/** A resolver with the two queries that every record type with ids has: a page of those in reach, and one by its id. */
export function recordQueries(type: new () => object, { one, many, what }: Names): new () => object {
  const resolver = namedClass(`${type.name}Queries`);
  const { prototype } = resolver;
  const add = (name: string, method: object): PropertyDescriptor => {
    Object.defineProperty(prototype, name, { value: method });
    return Object.getOwnPropertyDescriptor(prototype, name)!;
  };

  const page = add(many, (_args: object, context: ReadContext, info: GraphQLResolveInfo) =>
    readPage(context, info, type),
  );
  Query(() => connectionOf(type), { nullable: true, description: `The ${what} in your reach.` })(
    prototype,
    many,
    page,
  );
  Args(() => listArgs(type))(prototype, many, 0);
  Ctx()(prototype, many, 1);
  Info()(prototype, many, 2);
  Guard(reads(type))(prototype, many, page);

  const single = add(one, (id: string, context: ReadContext, info: GraphQLResolveInfo) =>
    readOne(context, info, type, id),
  );
  Query(() => type, {
    nullable: true,
    description: `One of the ${what}; null where it is out of reach or does not exist.`,
  })(prototype, one, single);
  Arg("id", () => ID, { description: "Its id." })(prototype, one, 0);
  Ctx()(prototype, one, 1);
  Info()(prototype, one, 2);
  Guard(reads(type))(prototype, one, single);

  Resolver()(resolver);
  return resolver;
}
