import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { allRecords } from "../../src/access/classified.js";
import type { ClassifiedField, RecordType } from "../../src/access/record.js";
import type { Dice } from "./dice.js";

// Random values for the arguments of a field, some of which hit something.

/** What the generator knows beyond the schema, so that its arguments hit something. */
export interface Known {
  readonly schema: GraphQLSchema;
  /** Root fields to leave out. */
  readonly notAsked?: readonly string[];
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

/** The record type that a connection lists. */
export function listed(type: GraphQLOutputType): RecordType | undefined {
  const named = getNamedType(type);
  return isObjectType(named) && named.name.endsWith("Connection")
    ? allRecords().find(({ name }) => `${name}Connection` === named.name)
    : undefined;
}

/** Values by argument; one without a value is left out. */
export const argumentsOf = (
  field: GraphQLField<unknown, unknown>,
  known: Known,
  dice: Dice,
): Record<string, unknown> => {
  const record = listed(field.type);
  return record ? listArguments(record, field, known, dice) : plainArguments(field, known, dice);
};

function plainArguments(
  field: GraphQLField<unknown, unknown>,
  known: Known,
  dice: Dice,
): Record<string, unknown> {
  const { ids } = known;
  const record = allRecords().find(({ name }) => name === getNamedType(field.type).name);
  return Object.fromEntries(
    field.args.map(({ name, type }) => {
      if (getNamedType(type).name === "ID") {
        const fitting = ids.filter((id) => record?.idPrefix && id.startsWith(`${record.idPrefix}_`));
        const from = fitting.length > 0 && dice.chance(85) ? fitting : ids;
        return [name, dice.chance(5) ? `${record?.idPrefix ?? "cus"}_nobody` : dice.pick(from)];
      }
      const filtered = filteredBy(type);
      if (filtered) return [name, dice.chance(60) ? whereOf(type, filtered, known, dice, 2) : undefined];
      return [name, isNonNullType(type) || dice.chance(50) ? plainValue(type, dice) : undefined];
    }),
  );
}

/** The record type whose rows an argument sets conditions on. */
const filteredBy = (type: GraphQLInputType): RecordType | undefined =>
  allRecords().find(({ name }) => `${name}Where` === getNamedType(type).name);

/** Periods that the demo organisation's devices have been through. */
const periods = [{ month: "2026-10" }, { month: "2026-11" }, { quarter: "2026-Q3" }, { quarter: "2026-Q4" }];

/** A value that fits a type, and now and then means something. */
function plainValue(type: GraphQLInputType, dice: Dice): unknown {
  const named = getNamedType(type);
  if (isEnumType(named)) return dice.pick(named.getValues()).name;
  if (named.name === "KpiPeriodInput" && dice.chance(90)) return dice.pick(periods);
  if (isInputObjectType(named))
    return Object.fromEntries(
      Object.values(named.getFields()).map((field) => [field.name, plainValue(field.type, dice)]),
    );
  if (named.name === "Int") return 1 + dice.below(6);
  if (named.name !== "String") return dice.pick(wrong[named.name] ?? ["anything"]);
  const record = dice.pick(allRecords());
  return dice.chance(50) ? record.name : `${record.name}.${dice.pick([...record.fields.keys()])}`;
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
  JSONObject: [{}, { conditions: { address: true } }, { customers: { ORDER: { EXPORT: null } } }],
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
