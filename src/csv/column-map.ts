import { refusal } from "../errors.js";

/** One part of a map: the columns that fill a field, joined; or what every row has there. No columns: leave it empty. */
export type MapEntry<Field extends string> =
  | { readonly field: Field; readonly columns: readonly string[] }
  | { readonly field: Field; readonly constant: string };

/**
 * Reads a map of columns to these fields: `name=CompanyName,address=Street+City,partyType:=ORGANISATION,mobile=`. A name with `,`, `+` or `=`
 * in it stands in double quotes, a quote in such a name twice. Throws a refusal.
 */
export function parseColumnMap<Field extends string>(
  map: string,
  fields: readonly Field[],
): MapEntry<Field>[] {
  const entries = splitOutsideQuotes(map, ",")
    .filter((part) => part.trim() !== "")
    .map((part) => parseEntry(part, fields));
  const twice = entries.find(({ field }, at) => entries.findIndex((entry) => entry.field === field) !== at);
  if (twice) throw wrongMap(`The map fills ${twice.field} twice.`);
  return entries;
}

/** A refusal about the map. */
export const wrongMap = (reason: string) => refusal("BAD_USER_INPUT", { reason, inputPath: "input.map" });

/** Enough of a text to find it again. */
export const shortened = (text: string): string =>
  text.trim().length > 60 ? `${text.trim().slice(0, 60)}…` : text.trim();

function parseEntry<Field extends string>(part: string, fields: readonly Field[]): MapEntry<Field> {
  const [left, ...right] = splitOutsideQuotes(part, "=");
  if (right.length !== 1 && !left!.endsWith(":"))
    throw wrongMap(
      `The map's part ${shortened(part)} is not of the form field=Column, field=One+Other or field:=constant.`,
    );
  const value = right.join("=");
  const isConstant = left!.endsWith(":");
  const field = fieldNamed(unquoted(isConstant ? left!.slice(0, -1) : left!), fields);
  if (isConstant) return { field, constant: unquoted(value) };
  const columns = splitOutsideQuotes(value, "+").map(unquoted);
  if (columns.length > 1 && columns.includes(""))
    throw wrongMap(`The map's part ${shortened(part)} lacks a column beside +.`);
  return { field, columns: columns.filter((column) => column !== "") };
}

function fieldNamed<Field extends string>(name: string, fields: readonly Field[]): Field {
  const field = fields.find((candidate) => candidate === name);
  if (!field) throw wrongMap(`No field is called ${shortened(name)}. There are: ${fields.join(", ")}.`);
  return field;
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  const parts = [""];
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) parts.push("");
    else parts[parts.length - 1] += character;
  }
  if (quoted) throw wrongMap(`The map has a quote that is not closed: ${shortened(text)}.`);
  return parts;
}

const unquoted = (text: string): string =>
  text
    .trim()
    .replace(/^"(.*)"$/s, "$1")
    .replaceAll('""', '"');
