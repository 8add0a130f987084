import { GraphQLError, type GraphQLScalarType } from "graphql";
import type { ClassifiedField, Scalar } from "../access/record.js";
import type { Reading } from "../reading/form.js";
import { Day, Decimal, Instant } from "../reading/scalars.js";
import { sameWord } from "./same-word.js";
import { itemsOf } from "./written-cell.js";

/** What a cell says, as a value of a column; the field's own rule comes after. `words` are other names of an enum's values. */
export function readCell(
  { value }: ClassifiedField,
  cell: string,
  words: Readonly<Record<string, string>> = {},
): Reading<unknown> {
  if (value.kind !== "column") return { reason: "Nobody writes it." };
  if (value.list) return { value: itemsOf(cell) };
  return readScalar(value.scalar, cell.trim(), words);
}

function readScalar(scalar: Scalar, cell: string, words: Readonly<Record<string, string>>): Reading<unknown> {
  switch (scalar.type) {
    case "enum": {
      const value =
        scalar.values.find((known) => sameWord(known) === sameWord(cell)) ?? words[sameWord(cell)];
      return value ? { value } : { reason: `It is none of ${scalar.values.join(", ")}.` };
    }
    case "bool": {
      const value = flags.get(sameWord(cell));
      return value === undefined ? { reason: "It is neither yes nor no." } : { value };
    }
    case "int4":
      return /^-?\d{1,9}$/.test(cell) ? { value: Number(cell) } : { reason: "It is not a whole number." };
    case "date":
      return parsed(
        Day,
        cell.replace(/^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$/, isoDay),
        "a day, as 2026-11-22",
      );
    case "timestamptz":
      return parsed(Instant, cell, "an instant with its offset, as 2026-11-22T15:00:00+08:00");
    case "numeric":
      return parsed(Decimal, cell, "a decimal number");
    default:
      return { value: cell };
  }
}

const flags = new Map(
  Object.entries({ true: "true yes y 1 是 有 on", false: "false no n 0 否 无 off" }).flatMap(
    ([value, known]) => known.split(" ").map((word) => [word, value === "true"] as const),
  ),
);

const isoDay = (_day: string, year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;

function parsed(scalar: GraphQLScalarType<string>, cell: string, what: string): Reading<string> {
  try {
    return { value: scalar.parseValue(cell) };
  } catch (error) {
    if (error instanceof GraphQLError) return { reason: `It is not ${what}.` };
    throw error;
  }
}
