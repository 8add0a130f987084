import fc from "fast-check";
import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  print,
} from "graphql";
import { allRecords } from "../../src/access/classified.js";
import type { ClassifiedField, RecordType } from "../../src/access/record.js";

// Random operations that fit the schema. Everything is derived from it: a new record type is asked for by itself.

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What the generator knows beyond the schema, so that its arguments hit something. */
export interface Known {
  readonly schema: GraphQLSchema;
  /** Ids of every type, in and out of reach. */
  readonly ids: readonly string[];
  /** Values that the database holds in a field: right guesses. */
  values(field: ClassifiedField): readonly unknown[];
  /** May the caller filter or sort by it? Most generated filters are allowed, the others test the refusal. */
  mayUse(field: ClassifiedField, use: "FILTER" | "SORT"): boolean;
  /** Cursors that the caller was given, with the order that they are good for. */
  cursors(
    record: RecordType,
  ): readonly { readonly cursor: string; readonly orderBy: readonly OrderKey[] | null }[];
}

export interface OrderKey {
  readonly field: string;
  readonly direction: "ASC" | "DESC";
}

/** A tape of numbers that every choice is read from: fast-check makes it, prints its seed and replays it. */
interface Dice {
  below(count: number): number;
  chance(percent: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  some<Item>(items: readonly Item[], most: number): Item[];
}

function diceOf(tape: readonly number[]): Dice {
  let at = 0;
  const below = (count: number) => (tape[at++ % tape.length]! + at) % count;
  const pick = <Item>(items: readonly Item[]) => items[below(items.length)]!;
  return {
    below,
    pick,
    chance: (percent) => below(100) < percent,
    some(items, most) {
      const left = [...items];
      return Array.from(
        { length: Math.min(items.length, 1 + below(most)) },
        () => left.splice(below(left.length), 1)[0]!,
      );
    },
  };
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
    if (dice.chance(40)) return `${name}: ${variable(String(type), value)}`;
    return `${name}: ${print(astFromValue(value, type)!)}`;
  }

  function argumentsFor(field: GraphQLField<unknown, unknown>): string {
    const record = listed(field.type);
    const values = record ? listArguments(record, field, known, dice) : plainArguments(field, known, dice);
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
  const all = Object.values(query.getFields());
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

/** The record type that a connection lists. */
export function listed(type: GraphQLOutputType): RecordType | undefined {
  const named = getNamedType(type);
  return isObjectType(named) && named.name.endsWith("Connection")
    ? allRecords().find(({ name }) => `${name}Connection` === named.name)
    : undefined;
}

function plainArguments(
  field: GraphQLField<unknown, unknown>,
  { ids }: Known,
  dice: Dice,
): Record<string, unknown> {
  const record = allRecords().find(({ name }) => name === getNamedType(field.type).name);
  return Object.fromEntries(
    field.args.map(({ name, type }) => {
      if (getNamedType(type).name === "ID") {
        const fitting = ids.filter((id) => record?.idPrefix && id.startsWith(`${record.idPrefix}_`));
        const from = fitting.length > 0 && dice.chance(85) ? fitting : ids;
        return [name, dice.chance(5) ? `${record?.idPrefix ?? "cus"}_nobody` : dice.pick(from)];
      }
      return [
        name,
        isNonNullType(type) ? "anything" : dice.chance(50) ? dice.pick(allRecords()).name : undefined,
      ];
    }),
  );
}

function listArguments(
  record: RecordType,
  field: GraphQLField<unknown, unknown>,
  known: Known,
  dice: Dice,
): Record<string, unknown> {
  const typeOf = (name: string) => field.args.find((one) => one.name === name)!.type;
  const values: Record<string, unknown> = { [dice.chance(75) ? "first" : "last"]: 1 + dice.below(6) };
  if (dice.chance(1)) values.first = dice.pick([0, -1, 501]);
  const cursors = known.cursors(record);
  if (cursors.length > 0 && dice.chance(30)) {
    const { cursor, orderBy } = dice.pick(cursors);
    values[dice.pick(["after", "before"])] = cursor;
    if (orderBy) values.orderBy = orderBy;
  } else if (dice.chance(40)) {
    const fields = sortable(typeOf("orderBy"), record, known, dice);
    if (fields.length > 0)
      values.orderBy = dice
        .some(fields, 2)
        .map((name) => ({ field: name, direction: dice.pick(["ASC", "DESC"]) }));
  }
  if (dice.chance(60)) {
    const where = whereOf(typeOf("where"), record, known, dice, 2);
    if (Object.keys(where).length > 0) values.where = where;
  }
  return values;
}

/** Those that the caller may use; now and then, all of them. */
const usable = (
  fields: readonly ClassifiedField[],
  use: "FILTER" | "SORT",
  known: Known,
  dice: Dice,
): readonly ClassifiedField[] =>
  dice.chance(7) ? fields : fields.filter((field) => known.mayUse(field, use));

function sortable(type: GraphQLInputType, record: RecordType, known: Known, dice: Dice): string[] {
  const order = getNamedType(type);
  const words = isInputObjectType(order) ? getNamedType(order.getFields().field!.type) : undefined;
  const names = isEnumType(words) ? words.getValues().map(({ name }) => name) : [];
  return usable(
    names.map((name) => record.fields.get(name)!),
    "SORT",
    known,
    dice,
  ).map(({ name }) => name);
}

function whereOf(
  type: GraphQLInputType,
  record: RecordType,
  known: Known,
  dice: Dice,
  depth: number,
): Record<string, unknown> {
  const where = getNamedType(type);
  if (!isInputObjectType(where)) return {};
  if (depth > 0 && dice.chance(30)) {
    const key = dice.pick(["and", "or", "not"]);
    const inner = () => whereOf(type, record, known, dice, depth - 1);
    return { [key]: key === "not" ? inner() : Array.from({ length: dice.below(3) }, inner) };
  }
  const fields = usable(
    [...record.fields.values()].filter(({ name }) => where.getFields()[name]),
    "FILTER",
    known,
    dice,
  );
  if (fields.length === 0) return {};
  return Object.fromEntries(
    dice
      .some(fields, 2)
      .map((field) => [field.name, comparison(where.getFields()[field.name]!.type, field, known, dice)]),
  );
}

function comparison(
  type: GraphQLInputType,
  field: ClassifiedField,
  known: Known,
  dice: Dice,
): Record<string, unknown> {
  const filter = getNamedType(type);
  if (!isInputObjectType(filter)) return {};
  const offered = dice.pick(Object.values(filter.getFields()));
  const operand = getNullableType(offered.type);
  const one = () => value(getNamedType(operand), field, offered.name, known, dice);
  return { [offered.name]: isListType(operand) ? Array.from({ length: dice.below(4) }, one) : one() };
}

const wrong: Readonly<Record<string, readonly unknown[]>> = {
  String: ["nothing", "%", "_", "'", "1"],
  ID: ["cus_nobody"],
  Int: [0, 1, 30],
  Boolean: [true, false],
  Decimal: ["0", "1000.50"],
  Date: ["1985-03-12", "2027-01-01"],
  DateTime: ["2026-11-20T00:00:00+08:00"],
};

function value(
  type: GraphQLNamedType,
  field: ClassifiedField,
  operator: string,
  known: Known,
  dice: Dice,
): unknown {
  if (operator === "isNull") return dice.chance(50);
  if (isEnumType(type)) return dice.pick(type.getValues()).name;
  const right = known.values(field);
  if (right.length === 0 || dice.chance(30)) return dice.pick(wrong[type.name] ?? ["nothing"]);
  const hit = dice.pick(right);
  if (typeof hit !== "string" || !["contains", "startsWith", "endsWith"].includes(operator)) return hit;
  const length = 1 + dice.below(3);
  return operator === "endsWith" ? hit.slice(-length) : hit.slice(0, length);
}
