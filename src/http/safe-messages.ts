import { type GraphQLError, Kind, print } from "graphql";
import { refusal } from "../errors.js";
import type { Limits } from "./limits.js";
import { tooLarge } from "./refusals.js";

// graphql-js quotes the values it cannot use. A value may be somebody's identity number, so what the caller is told
// is put together anew from the parts of its messages that hold only names.

type Pattern = readonly [message: RegExp, reason: string];

const valuePatterns: readonly Pattern[] = [
  [/^(Int|Float|String|Boolean|ID) cannot represent /, "Expected a value of type $1."],
  [/^Enum "(\w+)" cannot represent /, "Expected one of the values of $1."],
  [/^Value .* does not exist in "(\w+)" enum/s, "Expected one of the values of $1."],
  [/^Expected value of type "([\w![\]]+)", found /, "Expected a value of type $1."],
  [/^Expected type "(\w+)" to be an object/, "Expected an object of type $1."],
  [/^Expected type "([\w![\]]+)"/, "Expected a value of type $1."],
  [/^Expected non-nullable type "([\w![\]]+)"/, "Expected a value of type $1, not null."],
  [
    /^Field "([\w.]+)" of required type "([\w![\]]+)" was not provided/,
    "The field $1 of type $2 is missing.",
  ],
  [/^Field "([_A-Za-z]\w*)" is not defined by type "(\w+)"/, "The type $2 has no field $1."],
  [
    /^(?:Exactly one key must be specified for )?OneOf (?:Input Object |type )"(\w+)"/,
    "Expected exactly one field of $1.",
  ],
  [/^Exactly one key must be specified for OneOf type "(\w+)"/, "Expected exactly one field of $1."],
];

const token = '<EOF>|Name|Int|Float|String|BlockString|Comment|"[^"\\s\\w]{1,3}"';
const syntaxPatterns: readonly Pattern[] = [
  [
    new RegExp(`^Syntax Error: Expected ("?[\\w<>!$&()[\\]{}|:=@.]+"?), found (${token})`),
    "Expected $1, found $2.",
  ],
  [new RegExp(`^Syntax Error: Unexpected (${token})`), "Unexpected $1."],
  [/^Syntax Error: Unterminated string/, "A string does not end."],
];

const said = (patterns: readonly Pattern[], message: string): string | undefined => {
  for (const [pattern, reason] of patterns) {
    const match = pattern.exec(message);
    if (match) return reason.replace(/\$(\d)/g, (_, group) => match[Number(group)] ?? "");
  }
  return undefined;
};

const withoutValue = (message: string) =>
  said(valuePatterns, message) ?? "The value does not fit the type that is expected.";

/** A document that does not parse. */
export function parseRefusal({ message }: GraphQLError, limits: Pick<Limits, "tokens">) {
  if (/ tokens\. Parsing aborted\.$/.test(message))
    return tooLarge(limits.tokens + 1, limits.tokens, "tokens");
  return refusal("GRAPHQL_PARSE_FAILED", {
    reason: said(syntaxPatterns, message) ?? "The document is not GraphQL.",
  });
}

const values: readonly string[] = [
  Kind.INT,
  Kind.FLOAT,
  Kind.STRING,
  Kind.BOOLEAN,
  Kind.NULL,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
];

/** A document that does not fit the schema. */
export function validationRefusal({ message, nodes }: GraphQLError) {
  // A bound of graphql-js: comparing fields that could conflict takes the square of their number.
  if (message === "Validation aborted.") {
    return refusal("LIMIT_EXCEEDED", { reason: "Too many fields stand side by side." });
  }
  const aboutValue = nodes?.some(({ kind }) => values.includes(kind)) ?? false;
  // `hideSuggestions` spares the search for them, but one rule of graphql-js suggests all the same.
  const plain = message.replace(/ ?Did you mean .*$/s, "").slice(0, 500);
  const reason = aboutValue ? withoutValue(message) : plain;
  return refusal("GRAPHQL_VALIDATION_FAILED", { reason });
}

/** A variable or an argument that does not fit its type. */
export function coercionRefusal({ message, nodes, originalError }: GraphQLError) {
  const [node] = nodes ?? [];
  if (node?.kind !== Kind.VARIABLE_DEFINITION)
    return refusal("BAD_USER_INPUT", { reason: "An argument does not fit its type." });
  const name = node.variable.name.value;
  const place = / at "([\w.[\]]{1,200})"; /.exec(message)?.[1];
  const inner = originalError?.message ?? message.slice(message.indexOf("; ") + 2);
  const reason = / got invalid value /.test(message)
    ? withoutValue(inner)
    : `Expected a value of type ${print(node.type)}.`;
  return refusal("BAD_USER_INPUT", { reason, inputPath: place?.startsWith(name) ? place : name });
}
