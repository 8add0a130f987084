import { Directive, Extensions, Field, ID, InputType, Int } from "type-graphql";
import type { InputUse } from "../access/plan.js";
import type { ClassifiedField, RecordType, Scalar } from "../access/record.js";
import { Day, Decimal, Instant } from "./scalars.js";

// The inputs of `where`, derived from what is classified: nobody types them, and each carries the class of its field.

type InputClass = new () => object;

/** A class with a name, for decorators to hang on. */
export const namedClass = (name: string): InputClass => ({ [name]: class {} })[name]!;

export const comparisons = {
  eq: "Equal to this.",
  in: "One of these; an empty list matches nothing.",
  lt: "Less than this.",
  lte: "At most this.",
  gt: "Greater than this.",
  gte: "At least this.",
  contains: "Contains this text, whatever the case.",
  startsWith: "Starts with this text, whatever the case.",
  endsWith: "Ends with this text, whatever the case.",
  has: "The list holds this.",
  isNull: "True: there is no value. False: there is one.",
} as const;

export type Comparison = keyof typeof comparisons;

const ordered: readonly Comparison[] = ["eq", "in", "lt", "lte", "gt", "gte", "isNull"];
const textual: readonly Comparison[] = ["eq", "in", "contains", "startsWith", "endsWith", "isNull"];

function filterClass(name: string, what: string, type: unknown, offered: readonly Comparison[]): InputClass {
  const filter = namedClass(name);
  InputType(name, { description: `Conditions on ${what}; all that are given must hold.` })(filter);
  for (const comparison of offered) {
    const value = comparison === "isNull" ? Boolean : comparison === "in" ? [type] : type;
    Field((() => value) as never, { nullable: true, description: comparisons[comparison] })(
      filter.prototype,
      comparison,
    );
  }
  return filter;
}

const filters = {
  text: filterClass("StringFilter", "a text", String, textual),
  id: filterClass("IDFilter", "an id", ID, ["eq", "in"]),
  int4: filterClass("IntFilter", "a whole number", Int, ordered),
  bool: filterClass("BooleanFilter", "a yes or no", Boolean, ["eq", "isNull"]),
  numeric: filterClass("DecimalFilter", "a decimal number", Decimal, ordered),
  date: filterClass("DateFilter", "a day", Day, ordered),
  timestamptz: filterClass("DateTimeFilter", "an instant", Instant, ordered),
  textList: filterClass("StringListFilter", "a list of texts", String, ["has"]),
};

const enumFilters = new Map<string, InputClass>();

function filterFor(field: ClassifiedField, scalar: Scalar, list: boolean, enumType: unknown): InputClass {
  if (scalar.type === "enum") {
    const name = list ? `${scalar.name}ListFilter` : `${scalar.name}Filter`;
    const known =
      enumFilters.get(name) ??
      filterClass(name, scalar.name, enumType, list ? ["has"] : ["eq", "in", "isNull"]);
    enumFilters.set(name, known);
    return known;
  }
  if (list) return filters.textList;
  return field.name === "id" ? filters.id : filters[scalar.type];
}

const whereInputs = new Map<RecordType, InputClass>();

/** `CustomerWhere`: `and`, `or`, `not` and a condition for each classified column. */
export function whereInput(record: RecordType, enumOf: (name: string) => unknown): InputClass {
  const known = whereInputs.get(record);
  if (known) return known;
  const where = namedClass(`${record.name}Where`);
  whereInputs.set(record, where);
  const description = `Conditions on ${record.name}; all that are given must hold. Only fields that you see clear on every row in your reach.`;
  InputType(where.name, { description })(where);
  const prototype = where.prototype;
  Field(() => [where], { nullable: true, description: "All of these hold; an empty list always does." })(
    prototype,
    "and",
  );
  Field(() => [where], { nullable: true, description: "One of these holds; an empty list never does." })(
    prototype,
    "or",
  );
  Field(() => where, { nullable: true, description: "This does not hold." })(prototype, "not");
  for (const field of record.fields.values()) {
    // What the row itself names is never filtered by.
    if (field.value.kind !== "column" || field.named) continue;
    const { scalar, list } = field.value;
    const filter = filterFor(field, scalar, list, scalar.type === "enum" ? enumOf(scalar.name) : null);
    Field(() => filter, { nullable: true, description: field.description })(prototype, field.name);
    Directive(`@classified(class: ${field.fieldClass})`)(prototype, field.name);
    const use: InputUse = () => ({ field, use: "FILTER" });
    Extensions({ use })(prototype, field.name);
  }
  return where;
}
