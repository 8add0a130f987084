import { buildSchema, getIntrospectionQuery, parse } from "graphql";
import { describe, expect, test } from "vitest";
import { apolloOptions } from "../../src/http/apollo-options.js";
import { costOf } from "../../src/http/cost.js";
import { defaultLimits as limits } from "../../src/http/limits.js";
import { createLog } from "../../src/http/log.js";
import { measurer } from "../../src/http/measure.js";
import { type Answered, openDoor } from "./open-door.js";

const repeat = (times: number, make: (index: number) => string) =>
  Array.from({ length: times }, (_, i) => make(i)).join(" ");

/** Of three answers the fastest, so that what else the machine does is not measured. */
async function fastest(ask: () => Promise<Answered>): Promise<Answered> {
  const answers = [await ask(), await ask(), await ask()];
  return answers.reduce((one, other) => (other.ms < one.ms ? other : one));
}

/** `levels` fields, one inside the other. */
const nested = (levels: number) => `${"{ deep ".repeat(levels - 1)}{ end ${"}".repeat(levels)}`;
/** The same, each level in a fragment of its own. */
const nestedFragments = (levels: number) =>
  `{ deep { ...F2 } } ${Array.from({ length: levels - 2 }, (_, i) => `fragment F${i + 2} on Deep { deep { ...F${i + 3} } }`).join(" ")}
   fragment F${levels} on Deep { end }`;
/** `2 ** doublings` selections and more. */
const doubled = (doublings: number) =>
  `{ deep { ...F0 } } ${repeat(doublings, (i) => `fragment F${i} on Deep { ...F${i + 1} ...F${i + 1} }`)}
   fragment F${doublings} on Deep { end }`;
const paddedTo = (tokens: number) => `{ echo(numbers: [${repeat(tokens - 9, () => "1")}]) }`;

describe("a limit admits n and refuses n + 1, at once", () => {
  test.each([
    { what: "documentLength", at: (n: number) => `{ __typename } #${"x".repeat(n - 16)}`, how: "" },
    { what: "tokens", at: paddedTo, how: "" },
    { what: "depth", at: nested, how: "" },
    { what: "depth", at: nestedFragments, how: "through fragments" },
    { what: "aliases", at: (n: number) => `{ deep { ${repeat(n, (i) => `a${i}: end`)} } }`, how: "" },
    {
      what: "aliases",
      at: (n: number) => `{ deep { ${repeat(n, (i) => `a${i}: __typename`)} } }`,
      how: "of __typename",
    },
    {
      what: "aliases",
      at: (n: number) =>
        `{ deep { ...F deep { ...F } ${n % 2 ? "z: end" : ""} } } fragment F on Deep { ${repeat(Math.floor(n / 2), (i) => `a${i}: end`)} }`,
      how: "counted where their fragment is spread",
    },
    {
      what: "directives",
      at: (n: number) => `{ deep { ${repeat(n, () => "end @skip(if: false)")} } }`,
      how: "",
    },
    {
      what: "directives",
      at: (n: number) => `{ deep { ${repeat(n, () => "... @include(if: true) { end }")} } }`,
      how: "on fragments",
    },
    { what: "rootFields", at: (n: number) => `{ ${repeat(n, (i) => `a${i}: work`)} }`, how: "" },
    {
      what: "selections",
      at: (n: number) =>
        `{ deep { ${repeat(49, () => "...F")} ${repeat(n - 4950, () => "end")} } } fragment F on Deep { ${repeat(100, () => "end")} }`,
    },
  ] as const)("$what $how", async ({ what, at }) => {
    const { query } = await openDoor();
    const admitted = await query(at(limits[what]));
    expect(admitted).toMatchObject({ status: 200, codes: [] });
    const refused = await fastest(() => query(at(limits[what] + 1)));
    expect(refused).toMatchObject({ status: 400, codes: ["LIMIT_EXCEEDED"] });
    expect(refused.ms).toBeLessThan(100);
  });
});

test.each([
  { name: "deep", query: nested(300) },
  { name: "doubling", query: doubled(40) },
  {
    name: "doubling over a cycle",
    query: `{ deep { ...F0 } } ${repeat(10, (i) => `fragment F${i} on Deep { a${i}: deep { ...F${(i + 1) % 10} } b${i}: deep { ...F${(i + 1) % 10} } }`)}`,
  },
  {
    name: "circular",
    query: "{ deep { ...A } } fragment A on Deep { deep { ...B } } fragment B on Deep { deep { ...A } }",
  },
  { name: "itself", query: "{ deep { ...A } } fragment A on Deep { ...A }" },
  { name: "brackets", query: `{ echo(text: ${"[".repeat(2000)}` },
  { name: "nested lists", query: `{ echo(text: ${"[".repeat(450)}${"]".repeat(450)}) }` },
  { name: "braces", query: "{".repeat(50_000) },
  { name: "fields that conflict", query: `{ ${repeat(160, (i) => `echo(count: ${i})`)} }` },
  { name: "unknown fields", query: `{ ${repeat(900, (i) => `nope${i}`)} }` },
  { name: "long names", query: `{ ${"n".repeat(500_000)} }` },
  { name: "comments", query: `${"#\n".repeat(24_990)}{ nope }` },
  { name: "fields side by side", query: `{ deep { ${repeat(950, () => "end")} } }` },
])("a hostile document is refused in less than 100 ms: $name", async ({ query: document }) => {
  const { query } = await openDoor();
  const refused = await fastest(() => query(document));
  expect(refused.status).toBe(400);
  expect(refused.json.data).toBeUndefined();
  expect(refused.codes.length).toBeLessThanOrEqual(limits.errors);
  expect(refused.ms).toBeLessThan(100);
});

describe("errors in one answer", () => {
  test.each([
    {
      what: "of a document",
      query: `{ deep { ${repeat(50, (i) => `nope${i}`)} } }`,
      code: "GRAPHQL_VALIDATION_FAILED",
    },
    { what: "of a result", query: "{ many { fails } }", code: "INTERNAL" },
  ])("$what are at most ten", async ({ query: document, code }) => {
    const { query, log } = await openDoor();
    const { codes } = await query(document);
    expect(codes).toEqual(Array(10).fill(code));
    expect(log().filter(({ msg }) => msg === "internal error").length).toBeLessThanOrEqual(10);
  });
});

test("what is too large is not discussed any further", async () => {
  const { query } = await openDoor();
  expect(await query(`{ deep { ${repeat(40, (i) => `a${i}: nope`)} } }`)).toMatchObject({
    status: 400,
    codes: ["LIMIT_EXCEEDED"],
  });
});

test("more fields side by side than graphql-js compares are too many, not wrong", async () => {
  const { query } = await openDoor();
  expect(await query(`{ deep { ${repeat(950, () => "end")} } }`)).toMatchObject({
    codes: ["LIMIT_EXCEEDED"],
  });
});

describe("a page", () => {
  const page = (size: string) =>
    `query ($n: Int = 500) { customers(first: ${size}) { nodes { id } } __typename @skip(if: false) ...on Query @include(if: true) { echo(count: $n) } }`;
  test.each([
    { size: "500", variables: {}, codes: [] },
    { size: "501", variables: {}, codes: ["LIMIT_EXCEEDED"] },
    { size: "$n", variables: {}, codes: [] },
    { size: "$n", variables: { n: 500 }, codes: [] },
    { size: "$n", variables: { n: 501 }, codes: ["LIMIT_EXCEEDED"] },
    { size: "$n", variables: { n: null }, codes: [] },
    { size: "$n", variables: { n: Number.POSITIVE_INFINITY }, codes: [] },
    { size: "$n", variables: { n: "many" }, codes: ["BAD_USER_INPUT"] },
  ])("of $size with $variables", async ({ size, variables, codes }) => {
    const { query } = await openDoor();
    expect((await query(page(size), variables)).codes).toEqual(codes);
  });
});

describe("the cost of an operation", () => {
  const schema = buildSchema(`
    type Query { things(first: Int = 20, last: Int): ThingConnection, node: Node, list: [Thing] }
    type ThingConnection { nodes: [Thing!], edges: [Edge!], totalCount: Int, pageInfo: PageInfo }
    type Edge { node: Thing }
    type PageInfo { hasNextPage: Boolean }
    interface Node { id: ID }
    type Thing implements Node { id: ID, name: String, things(first: Int): ThingConnection, parts: [Thing] }
  `);
  test.each([
    { query: "{ node { id } }", values: 2 },
    { query: "{ list { id name } }", values: 1 + 10 * 2 },
    { query: "{ things(first: 7, last: 3) { totalCount nodes { id name } } }", values: 1 + 7 * (1 + 1 + 2) },
    { query: "{ things { nodes { id } } }", values: 1 + 20 * 2 },
    {
      query: "{ things(first: 2) { edges { node { things { nodes { id } } } } } }",
      values: 1 + 2 * (2 + 1 + 50 * 2),
    },
    { query: "query ($n: Int = 4) { things(first: $n) { nodes { id } } }", values: 1 + 4 * 2 },
    { query: "query ($n: Int = 40) { things(first: $n) { nodes { id } } }", values: 1 + 40 * 2 },
    {
      query: "{ things(first: 30) { ...A ... { ...A } } } fragment A on ThingConnection { nodes { id } }",
      values: 1 + 30 * 4,
    },
    { query: "{ node { ... on Thing { parts { id } } } }", values: 1 + 1 + 10 },
    { query: "{ __schema { types { name } } }", values: 1 + 1 + 10 },
  ])("$query is $values values", ({ query, values }) => {
    const document = parse(query);
    const operation = document.definitions[0]! as never;
    const cost = costOf({ schema, document, operation, variables: {} }, limits);
    expect(cost.values).toBe(values);
  });

  const listing = (first: number) =>
    `{ customers(first: ${first}) { nodes { id name orders(first: 100) { nodes { id } } } } }`;
  test.each([
    { first: 490, codes: [] },
    { first: 500, codes: ["LIMIT_EXCEEDED"] },
  ])("of $first rows with 100 rows each", async ({ first, codes }) => {
    const { query } = await openDoor();
    expect((await query(listing(first))).codes).toEqual(codes);
  });
});

test("directives count wherever they stand: on operation, variable, fragment, spread and field", () => {
  const document = parse(
    "query ($x: Int @a) @b { deep { ...F @c } } fragment F on Deep @d { ... @e { end @f @g } }",
  );
  expect(measurer(document)(document.definitions[0]! as never).directives).toBe(7);
});

test("what is measured is the same however deep the fragments nest, and takes no time", () => {
  const document = parse(doubled(60));
  const measure = measurer(document)(document.definitions[0]! as never);
  expect(measure).toMatchObject({ depth: 2, rootFields: 1 });
  expect(measure.selections).toBeGreaterThan(2 ** 60);
});

test("ordinary operations are admitted: the whole introspection, a dashboard, a long list of variables", async () => {
  const { query } = await openDoor();
  expect(
    await query(
      getIntrospectionQuery({
        specifiedByUrl: true,
        inputValueDeprecation: true,
        oneOf: true,
        schemaDescription: true,
        directiveIsRepeatable: true,
      }),
    ),
  ).toMatchObject({ status: 200, codes: [] });
  expect(
    await query(
      "{ customers(first: 50) { totalCount pageInfo { hasNextPage } edges { cursor node { id name tags { name } orders(first: 5) { nodes { id customer { id } } } } } } }",
    ),
  ).toMatchObject({ codes: [] });
  expect(
    await query("mutation ($csv: String) { importCustomers(csv: $csv) }", { csv: "a b ".repeat(100_000) }),
  ).toMatchObject({ status: 200, codes: [] });
});

test("parsed documents are kept up to a bound of their text, however they weigh", async () => {
  const { documentStore } = apolloOptions({
    log: createLog("silent"),
    limits: { ...limits, storedDocuments: 1000 },
    mayIntrospect: () => true,
  });
  const documents = Array.from({ length: 50 }, (_, index) => `{ ${`a${index} `.repeat(20)}}`);
  for (const document of documents) await documentStore.set(document, parse(document));
  const kept = documentStore.keys();
  expect(kept.join("").length).toBeLessThanOrEqual(1000);
  expect(kept.join("").length).toBeGreaterThan(800);
  expect(kept).toContain(documents.at(-1));
});
