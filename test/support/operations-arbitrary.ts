import fc from "fast-check";
import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isCompositeType,
  print,
} from "graphql";
import { argumentsOf, type Known, listed } from "./arguments-arbitrary.js";
import { type Dice, diceOf } from "./dice.js";

// Random operations that fit the schema. Everything is derived from it: a new record type is asked for by itself.

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Operations of `roots` root fields each. */
export const operations = (known: Known, roots = 3): fc.Arbitrary<GeneratedOperation> =>
  fc
    .array(fc.nat(), { minLength: 257, maxLength: 257 })
    .map((tape) => operationFrom(known, diceOf(tape), roots));

/** The server's bound on depth is 10; aliases are bounded, too. */
const deepest = 9;
const mostAliases = 12;

function operationFrom(known: Known, dice: Dice, roots: number): GeneratedOperation {
  const { schema } = known;
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const fragments: string[] = [];
  let aliases = 0;

  const variable = (type: string, value: unknown): string => {
    const name = `v${declared.length}`;
    declared.push(`$${name}: ${type}`);
    variables[name] = value;
    return `$${name}`;
  };

  function argument({ type, name }: GraphQLArgument, value: unknown): string {
    // Documents have no literals that could be printed.
    if (dice.chance(40) || getNamedType(type).name === "JSONObject")
      return `${name}: ${variable(String(type), value)}`;
    return `${name}: ${print(astFromValue(value, type)!)}`;
  }

  function argumentsFor(field: GraphQLField<unknown, unknown>): string {
    const values = argumentsOf(field, known, dice);
    const given = field.args
      .filter(({ name }) => values[name] !== undefined)
      .map((one) => argument(one, values[one.name]));
    return given.length > 0 ? `(${given.join(", ")})` : "";
  }

  function responseKey(type: GraphQLObjectType, field: string, used: Set<string>): string | null {
    const alias = aliases < mostAliases && dice.chance(20);
    const misleading = dice.pick(Object.keys(type.getFields()));
    const key = alias ? (dice.chance(60) ? misleading : `x${aliases}`) : field;
    if (used.has(key)) return null;
    used.add(key);
    if (key !== field) aliases += 1;
    return key;
  }

  const directive = (): string =>
    dice.chance(5) ? ` @${dice.pick(["skip", "include"])}(if: ${variable("Boolean!", dice.chance(50))})` : "";

  function fieldOf(
    type: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    levels: number,
    used: Set<string>,
  ): string {
    const key = responseKey(type, field.name, used);
    if (key === null) return "";
    const below = getNamedType(field.type);
    const head = `${key === field.name ? "" : `${key}: `}${field.name}${argumentsFor(field)}${directive()}`;
    return isCompositeType(below) ? `${head} ${selection(below, levels - 1, new Set())}` : head;
  }

  /** Puts a part of a selection into a fragment, one way or another. */
  function wrapped(type: GraphQLNamedType, inner: string): string {
    switch (dice.below(8)) {
      case 0:
        return `... on ${type.name}${directive()} { ${inner} }`;
      case 1:
        return `...${directive()} { ${inner} }`;
      case 2: {
        const name = `F${fragments.length}`;
        fragments.push(`fragment ${name} on ${type.name} { ${inner} }`);
        return `...${name}${directive()}`;
      }
      case 3:
        return `... on ${type.name} { ... on ${type.name} { ${inner} } }`;
      default:
        return inner;
    }
  }

  function selection(type: GraphQLNamedType, levels: number, used: Set<string>): string {
    if (isAbstractType(type)) return interfaceSelection(type, levels, used);
    const object = type as GraphQLObjectType;
    const fields = Object.values(object.getFields());
    const fitting = fields.filter((field) => levels >= 2 || !isCompositeType(getNamedType(field.type)));
    const plumbing = fitting.filter(({ name }) => ["nodes", "edges", "node"].includes(name));
    const chosen = plumbing.length > 0 && dice.chance(85) ? [dice.pick(plumbing)] : [];
    const composite = fitting.filter(
      (field) => isCompositeType(getNamedType(field.type)) && !chosen.includes(field),
    );
    const leaves = fitting.filter((field) => !isCompositeType(getNamedType(field.type)));
    if (composite.length > 0 && dice.chance(45)) chosen.push(dice.pick(composite));
    const named = [...chosen, ...(leaves.length > 0 ? dice.some(leaves, 4) : [])];
    const parts = named
      .map((field) => fieldOf(object, field, levels, used))
      .filter(Boolean)
      .map((part) => (dice.chance(25) ? wrapped(object, part) : part));
    return `{ ${[...(parts.length === 0 || dice.chance(5) ? ["__typename"] : []), ...parts].join(" ")} }`;
  }

  function interfaceSelection(type: GraphQLNamedType, levels: number, used: Set<string>): string {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    const parts = dice
      .some(possible, 3)
      .map((object) => `... on ${object.name} ${selection(object, levels, used)}`);
    return `{ __typename ${dice.chance(50) ? `... on ${type.name} { ${used.has("id") ? "__typename" : "id"} }` : ""} ${parts.join(" ")} }`;
  }

  const query = schema.getQueryType()!;
  const all = Object.values(query.getFields()).filter(({ name }) => !known.notAsked?.includes(name));
  const lists = all.filter(({ type }) => listed(type));
  const body = Array.from({ length: roots }, (_, index) => {
    const field = dice.chance(60) ? dice.pick(lists) : dice.pick(all);
    const below = getNamedType(field.type);
    const inner = isCompositeType(below) ? ` ${selection(below, deepest - 1, new Set())}` : "";
    return `r${index}: ${field.name}${argumentsFor(field)}${inner}`;
  });
  const head = declared.length > 0 ? `query (${declared.join(", ")})` : "query";
  return { query: [`${head} { ${body.join("\n  ")} }`, ...fragments].join("\n"), variables };
}
