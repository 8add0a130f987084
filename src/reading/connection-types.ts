import { ArgsType, Extensions, Field, Int, ObjectType } from "type-graphql";
import { recordClasses, recordOf } from "../access/classified.js";
import { everyCaller, Guard } from "../access/guard.js";
import type { RecordType } from "../access/record.js";
import { enumNamed } from "./enums.js";
import { namedClass, whereInput } from "./filter-inputs.js";
import { orderInput } from "./order-inputs.js";

type RecordClass = new () => object;

@Extensions({ page: true })
@ObjectType({ description: "Where a page lies, as Relay's cursor connections specify it." })
export class PageInfo {
  @Guard(everyCaller)
  @Field(() => Boolean, { description: "More rows follow." })
  hasNextPage!: boolean;

  @Guard(everyCaller)
  @Field(() => Boolean, { description: "Rows came before." })
  hasPreviousPage!: boolean;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "The first row's cursor." })
  startCursor?: string | null;

  @Guard(everyCaller)
  @Field(() => String, { nullable: true, description: "The last row's cursor." })
  endCursor?: string | null;
}

const guarded = (
  type: () => unknown,
  options: { nullable?: boolean; description: string },
  target: object,
  name: string,
) => {
  Field(type as never, options)(target, name);
  Guard(everyCaller)(target, name);
};

const connections = new Map<RecordType, RecordClass>();

/** `CustomerConnection`: nodes, edges, where the page lies and how many there are in the caller's reach. */
export function connectionOf(type: RecordClass): RecordClass {
  const record = recordOf(type);
  const known = connections.get(record);
  if (known) return known;
  const edge = namedClass(`${record.name}Edge`);
  ObjectType(edge.name, { description: `One ${record.name} of a page.`, simpleResolvers: true })(edge);
  Extensions({ page: true })(edge);
  guarded(
    () => String,
    { description: "Where it stands; opaque, and only good for the same order." },
    edge.prototype,
    "cursor",
  );
  guarded(() => type, { description: "The row." }, edge.prototype, "node");
  const connection = namedClass(`${record.name}Connection`);
  connections.set(record, connection);
  ObjectType(connection.name, {
    description: `A page of ${record.name}: rows in your reach only.`,
    simpleResolvers: true,
  })(connection);
  Extensions({ page: true })(connection);
  guarded(() => [type], { description: "The rows." }, connection.prototype, "nodes");
  guarded(() => [edge], { description: "The rows with their cursors." }, connection.prototype, "edges");
  guarded(() => PageInfo, { description: "Where the page lies." }, connection.prototype, "pageInfo");
  guarded(
    () => Int,
    { description: "How many rows there are in your reach, on all pages." },
    connection.prototype,
    "totalCount",
  );
  return connection;
}

const lists = new Map<RecordType, RecordClass>();

/** The arguments of a list, for `@Args(() => listArgs(Customer))`. */
export function listArgs(type: RecordClass): RecordClass {
  const record = recordOf(type);
  const known = lists.get(record);
  if (known) return known;
  const args = namedClass(`${record.name}ListArgs`);
  lists.set(record, args);
  ArgsType()(args);
  const argument = (name: string, value: () => unknown, description: string) =>
    Field(value as never, { nullable: true, description })(args.prototype, name);
  argument("first", () => Int, "At most this many from the front: 1 to 500; 50 by default.");
  argument("after", () => String, "Only rows after this cursor.");
  argument("last", () => Int, "At most this many from the end: 1 to 500.");
  argument("before", () => String, "Only rows before this cursor.");
  const [where, order] = [whereInput(record, enumNamed), orderInput(record)];
  argument("where", () => where, "Which rows.");
  argument("orderBy", () => [order], "In which order; ties are broken by id.");
  return args;
}

/** Declares the lists of every record type; a schema is built from what has been declared by then. */
export function declareLists(): void {
  for (const type of recordClasses()) {
    connectionOf(type);
    listArgs(type);
  }
}
