import { registerEnumType } from "type-graphql";
import { nameEnum } from "../access/classified.js";

const named = new Map<string, unknown>();

/** An enum of the database as one of the API: each value with what it means. */
export function describeEnum<Values extends Record<string, string>>(
  name: string,
  values: Values,
  description: string,
  meanings: Record<keyof Values, string>,
): void {
  registerEnumType(values, {
    name,
    description,
    valuesConfig: Object.fromEntries(
      Object.entries(meanings).map(([value, text]) => [value, { description: text }]),
    ) as never,
  });
  nameEnum(values, name);
  named.set(name, values);
}

/** The values of an enum that has been described. */
export const enumNamed = (name: string): unknown => named.get(name);
