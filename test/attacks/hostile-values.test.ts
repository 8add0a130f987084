import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSchema } from "../../src/schema.js";
import { type RealServer, type Reply, realServer } from "./real-server.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

const schema = await createSchema();

/** Somewhere that a value can be put: the arguments of a root field, as JSON, with a hole in them. */
interface Place {
  readonly name: string;
  readonly operation: string;
  readonly leaf: boolean;
  fill(value: string): string;
}

/** A value that fits, for what must be given. */
function fitting(type: GraphQLInputType): unknown {
  const inner = getNullableType(type);
  if (isListType(inner)) return [fitting(inner.ofType)];
  if (isEnumType(inner)) return inner.getValues()[0]!.name;
  if (isInputObjectType(inner))
    return Object.fromEntries(
      Object.values(inner.getFields())
        .filter((field) => isNonNullType(field.type))
        .map((field) => [field.name, fitting(field.type)]),
    );
  return (
    { Int: 1, Boolean: true, Date: "2026-01-01", DateTime: "2026-01-01T00:00:00Z", Decimal: "1" }[
      inner.name
    ] ?? "x"
  );
}

/** Every argument and every field of every input, each by one way to it; filters of one type are one. */
function placesOf(schema: GraphQLSchema): Place[] {
  const places: Place[] = [];
  const seen = new Set<string>();
  for (const root of [schema.getQueryType()!, schema.getMutationType()!]) {
    for (const field of Object.values(root.getFields())) {
      const selection = isLeafType(getNamedType(field.type)) ? "" : "{ __typename }";
      const keyword = root === schema.getQueryType() ? "query" : "mutation";
      const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(", ");
      const given = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
      const operation = `${keyword} ${declared && `(${declared})`} { ${field.name}${given && `(${given})`} ${selection} }`;
      const required = Object.fromEntries(
        field.args.filter(({ type }) => isNonNullType(type)).map(({ name, type }) => [name, fitting(type)]),
      );
      const visit = (
        at: GraphQLArgument | GraphQLInputField,
        path: string,
        around: (hole: string) => string,
      ): void => {
        const inner = getNullableType(at.type);
        places.push({
          name: `${field.name}(${path})`,
          operation,
          leaf: isLeafType(getNamedType(inner)),
          fill: around,
        });
        const named = getNamedType(inner);
        const list = isListType(inner);
        const entry = (hole: string) => around(list ? `[${hole}]` : hole);
        if (list)
          places.push({ name: `${field.name}(${path}.0)`, operation, leaf: isLeafType(named), fill: entry });
        if (!isInputObjectType(named) || seen.has(named.name)) return;
        seen.add(named.name);
        for (const inner of Object.values(named.getFields()))
          visit(inner, `${path}.${inner.name}`, (hole) =>
            entry(withHole(fitting(named) as object, inner.name, hole)),
          );
      };
      for (const argument of field.args)
        visit(argument, argument.name, (hole) => withHole(required, argument.name, hole));
    }
  }
  return places;
}

/** An object as JSON, with a text of ours, which need not be valid, as one of its values. */
function withHole(object: object, name: string, hole: string): string {
  const others = Object.entries(object)
    .filter(([key]) => key !== name)
    .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{${[...others, `${JSON.stringify(name)}:${hole}`].join(",")}}`;
}

const marker = "mARKer7f3a";
const text = (value: string) => JSON.stringify(`${value}${marker}`);

/** As JSON, so that what no serializer would write can be sent. */
const hostile: Readonly<Record<string, string>> = {
  null: "null",
  NUL: '"\\u0000mARKer7f3a"',
  "a lone surrogate": '"mARKer7f3a\\ud800"',
  "half a pair in the middle": '"mARKer\\udc007f3a"',
  "right to left": text("\u202e\u2066"),
  "a normalization twin": text("e\u0301ﬁ\u212b"),
  "a noncharacter": text("\uffff\u{10ffff}"),
  "an ANSI escape and a forged line": text('\u001b[2J\r\n{"level":60,"msg":"forged"}'),
  "not a number": '"NaN"',
  "too large a number": "1e999",
  "a number past doubles": "9007199254740993",
  "minus zero": "-0",
  "a fraction": "0.1",
  "a negative number": "-2147483649",
  "a huge numeral": text("9".repeat(400)),
  "an empty text": '""',
  "SQL quotes": text(`'; DROP TABLE "Customer"; --`),
  "SQL dollars": text("$1 $$ {{7*7}} #{7*7} <%= 7*7 %>"),
  "LIKE wildcards": text("%_\\"),
  "a path": text("../../../../etc/passwd"),
  "a formula": text("=cmd|'/c calc'!A1"),
  "a list": `["${marker}", ["${marker}"]]`,
  "an empty list": "[]",
  "an operator": `{"not":"${marker}","$ne":"${marker}","contains":"${marker}"}`,
  "a prototype": `{"__proto__":{"polluted":"${marker}"}}`,
  "a constructor": `{"constructor":{"prototype":{"polluted":"${marker}"}},"toString":"${marker}"}`,
  "a boolean": "true",
};

/** What only the inside of the server knows. */
const internal =
  /prisma|postgres|\bpg_|relation "|violates|constraint|invalid byte|syntax error at|driver|node_modules|\bat \S+ \(|\.ts:\d|SELECT |INSERT |_key"|_pkey|_fkey|call stack|undefined|\[object |prototype/i;

/** The answer of a server that had time for it: what a busy one turns away has not been looked at, and is sent again. */
async function answered(...sent: Parameters<RealServer["send"]>): Promise<Reply> {
  const reply = await server.send(...sent);
  return reply.codes.includes("OVERLOADED") ? answered(...sent) : reply;
}

function expectClean({ status, codes, text }: Reply, what: string) {
  expect.soft(status, what).toBeLessThan(500);
  expect.soft(codes, what).not.toContain("INTERNAL");
  expect.soft(text, what).not.toMatch(internal);
  // A map names columns; what is wrong with it is quoted to its writer, a few words of it.
  if (!what.includes("input.map")) expect.soft(text, what).not.toContain(marker);
}

const places = placesOf(schema);

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>, width = 8) {
  const left = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of left) await work(item);
    }),
  );
}

test("the sweep reaches every root field with arguments, every filter and every input", () => {
  const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
    Object.values(type.getFields()),
  );
  for (const { name, args } of roots)
    for (const argument of args)
      expect(places.map((place) => place.name)).toContain(`${name}(${argument.name})`);
  expect(places.length).toBeGreaterThan(400);
});

/** Of how many pairs of place and value one is tried; the others have their turn with `SWEEP=all`. */
const stride = process.env.SWEEP === "all" ? 1 : 12;

describe.each([
  [0, "sam"],
  [6, "cara"],
])("at every argument and every field of every input, by turns (%s), as %s", (offset, account) => {
  test.each(Object.entries(hostile).map(([name, value], turn) => [name, value, turn + offset] as const))(
    "%s is answered without a fault",
    async (name, value, turn) => {
      const headers = await server.headersOf(account);
      const due = places.filter((_, index) => (index + turn) % stride === 0);
      await inParallel(due, async (place) => {
        const body = `{"query":${JSON.stringify(place.operation)},"variables":${place.fill(value)}}`;
        expectClean(await answered(body, headers), `${place.name} = ${name}`);
      });
    },
    300_000,
  );
});

test("a text of nearly 1 MB is answered without a fault, wherever a text can be, by turns", async () => {
  const headers = await server.headersOf("cara");
  const value = JSON.stringify("9".repeat(900_000));
  await inParallel(
    places.filter(({ leaf }) => leaf).filter((_, index) => index % stride === 0),
    async (place) => {
      const body = `{"query":${JSON.stringify(place.operation)},"variables":${place.fill(value)}}`;
      const { status, codes, text } = await answered(body, headers);
      expect
        .soft([status < 500, codes.includes("INTERNAL"), text.length < 5000], place.name)
        .toEqual([true, false, true]);
    },
    4,
  );
}, 120_000);

test.each([
  "NaN",
  "1e999",
  "9007199254740993",
  "-0",
  '"\\u0000"',
  '"\\uD800"',
  "[]",
  "{ a: 1 }",
  "null",
  "$x",
  "NOPE",
  '"""x"""',
])("%s in the document is answered without a fault", async (literal) => {
  const headers = await server.headersOf("sam");
  const roots = [schema.getQueryType()!, schema.getMutationType()!].flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ type, field })),
  );
  for (const { type, field } of roots) {
    for (const { name } of field.args) {
      const others = field.args.filter((other) => other.name !== name && isNonNullType(other.type));
      const given = [`${name}: ${literal}`, ...others.map((other) => `${other.name}: "x"`)].join(", ");
      const query = `${type === schema.getQueryType() ? "query" : "mutation"} { ${field.name}(${given}) { __typename } }`;
      expectClean(await answered(JSON.stringify({ query }), headers), query);
    }
  }
});

test("names from the prototype of every object are no names here", async () => {
  for (const name of ["constructor", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"]) {
    for (const query of [
      `{ ${name} }`,
      `{ customers { ${name} } }`,
      `{ customers(where: { ${name}: { eq: "x" } }) { totalCount } }`,
      `{ customers(orderBy: [{ field: ${name} }]) { totalCount } }`,
      `{ myAccess(type: "${name}") { type } }`,
      `{ node(id: "${name}") { id } }`,
      `query ($${name}: ID!) { ${name}: node(id: $${name}) { ${name}: id } }`,
      `query ${name} { ...${name} } fragment ${name} on Query { __typename }`,
    ])
      for (const operationName of [undefined, name]) {
        const body = JSON.stringify({ query, operationName, variables: { [name]: "x", __proto__: null } });
        const { status, codes } = await server.send(body, await server.headersOf("cara"));
        expect.soft([status < 500, codes.includes("INTERNAL")], query).toEqual([true, false]);
      }
  }
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("names under aliases that objects have of their own are data and nothing else", async () => {
  const { data, errors } = await server.ask(
    "sam",
    '{ constructor: customers(where: { code: { eq: "C1" } }) { toString: nodes { hasOwnProperty: code valueOf: mobile } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.constructor.toString).toEqual([{ hasOwnProperty: "C1", valueOf: "+8613857110001" }]);
});

describe("a filter means what it says", () => {
  const count = async (where: unknown) =>
    (
      await server.ask("cara", "query ($where: CustomerWhere) { customers(where: $where) { totalCount } }", {
        where,
      })
    ).data?.customers?.totalCount ?? null;

  test.each<[string, unknown]>([
    ["%", { name: { contains: "%" } }],
    ["_", { name: { startsWith: "_" } }],
    ["a backslash", { name: { endsWith: "\\" } }],
    ["SQL", { name: { contains: "' OR '1'='1" } }],
    ["an empty list", { code: { in: [] } }],
    ["an empty or", { or: [] }],
    ["a parameter", { code: { eq: "$1" } }],
    ["a letter that only looks the same", { code: { eq: "С1" } }],
  ])("%s finds nobody", async (_, where) => {
    expect(await count(where)).toBe(0);
  });

  test.each<[string, unknown]>([
    ["an operator for a text", { code: { eq: { not: "C1" } } }],
    ["an operator for a filter", { code: "C1" }],
    ["a list for a text", { code: { eq: ["C1", "C2"] } }],
    ["an operator of another library", { code: { $ne: "C1" } }],
    ["null for a value", { code: { eq: null } }],
    ["null in a list", { code: { in: ["C1", null] } }],
    ["null for a filter", { code: null }],
  ])("%s is refused, not left out", async (_, where) => {
    expect(await count(where)).toBeNull();
  });
});

test("mass assignment: a field that no input has is refused wherever there is an input", async () => {
  const inputs = Object.values(schema.getMutationType()!.getFields());
  for (const field of inputs) {
    const [argument] = field.args;
    const input = {
      ...(fitting(argument!.type) as object),
      approvedBy: marker,
      createdAt: marker,
      role: marker,
    };
    const query = `mutation ($input: ${argument!.type}) { ${field.name}(input: $input) { __typename } }`;
    const reply = await server.ask("cara", query, { input });
    expect(reply.codes, field.name).toContain("BAD_USER_INPUT");
    expect(reply.data ?? null, field.name).toBeNull();
    expect(reply.text).not.toContain(marker);
  }
});
