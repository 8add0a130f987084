import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { GraphQLJSONObject } from "graphql-scalars";

// The values come from the database as the text that the answer holds, so nothing is converted on the way out.

interface Text {
  readonly name: string;
  readonly description: string;
  /** The PostgreSQL type of a parameter. */
  readonly column: "numeric" | "date" | "timestamptz";
  readonly specifiedBy?: string;
  /** The canonical form, or null. */
  accept(text: string): string | null;
}

function textScalar({
  name,
  description,
  column,
  specifiedBy,
  accept,
}: Text): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    const accepted = typeof value === "string" ? accept(value) : null;
    if (accepted === null) throw new GraphQLError(`${name} cannot represent this value.`);
    return accepted;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    ...(specifiedBy && { specifiedByURL: specifiedBy }),
    extensions: { column },
    serialize: String,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const isDay = (text: string): boolean => {
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
};

/** A day: `2026-11-22`. */
export const Day = textScalar({
  name: "Date",
  description: "A day of the calendar, as ISO 8601 writes it: `2026-11-22`.",
  column: "date",
  accept: (text) => (/^\d{4}-\d\d-\d\d$/.test(text) && isDay(text) ? text : null),
});

/** An instant with its offset: `2026-11-22T15:00:00+08:00`. */
export const Instant = textScalar({
  name: "DateTime",
  description: "An instant, as ISO 8601 writes it, with its offset: `2026-11-22T15:00:00+08:00`.",
  column: "timestamptz",
  specifiedBy: "https://www.rfc-editor.org/rfc/rfc3339",
  accept(text) {
    const parts =
      /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/.exec(
        text,
      );
    return parts && isDay(parts[1]!) ? new Date(text).toISOString() : null;
  },
});

/** An exact decimal number as a string: `1200.50`. */
export const Decimal = textScalar({
  name: "Decimal",
  description:
    "An exact decimal number as a string: `1200.50`; at most 15 digits before the point and 6 after it.",
  column: "numeric",
  accept: (text) => (/^-?\d{1,15}(\.\d{1,6})?$/.test(text) ? text : null),
});

/** An object of JSON, as it is stored. */
export const Json = new GraphQLScalarType<unknown, unknown>({
  ...GraphQLJSONObject.toConfig(),
  name: "JSONObject",
  description: "An object of JSON (RFC 8259).",
  extensions: { column: "json" },
});
