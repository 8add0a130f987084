import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RealServer, realServer } from "./real-server.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

const run = async (account: string | null, query: string, operationName?: string) =>
  server.send(
    JSON.stringify({ query, operationName }),
    account === null ? {} : await server.headersOf(account),
  );

describe("what is decided is the operation that runs", () => {
  const forbidden = '{ customers(where: { name: { eq: "x" } }) { totalCount } }';
  const both = `query Allowed { customers { totalCount } } query Forbidden ${forbidden}`;

  test("of several, the one that is named", async () => {
    expect((await run("pat", both, "Allowed")).codes).toEqual([]);
    expect((await run("pat", both, "Forbidden")).codes).toEqual(["FILTER_FORBIDDEN"]);
    expect((await run("pat", both)).codes).toEqual(["OPERATION_RESOLUTION_FAILURE"]);
    expect((await run("pat", both, "Absent")).codes).toEqual(["OPERATION_RESOLUTION_FAILURE"]);
  });

  test.each(["IntrospectionQuery", "__schema", "SignIn", "HealthCheck"])(
    "its name %s opens nothing",
    async (name) => {
      expect((await run("pat", `query ${name} ${forbidden}`, name)).codes).toEqual(["FILTER_FORBIDDEN"]);
      const read = await run(
        "pat",
        `query ${name} { customers(where: { code: { eq: "C1" } }) { nodes { name } } }`,
      );
      expect(read.data.customers.nodes).toEqual([{ name: "林**" }]);
      expect((await run(null, `query ${name} { customers { totalCount } }`)).codes).toEqual([
        "UNAUTHENTICATED",
      ]);
      expect((await run(null, `query ${name} { __schema { types { name } } }`)).codes).toEqual([
        "GRAPHQL_VALIDATION_FAILED",
      ]);
    },
  );

  test("beside introspection, all else is decided as ever", async () => {
    expect((await run("pat", `{ __schema { queryType { name } } ${forbidden.slice(2)}`)).codes).toEqual([
      "FILTER_FORBIDDEN",
    ]);
  });

  test.each([
    "{ __schema { types { name } } }",
    '{ __type(name: "Customer") { fields { name } } }',
    '{ x: __type(name: "Customer") { name } }',
    "query { ...f } fragment f on Query { __schema { queryType { name } } }",
    "query { ... { ... { __schema { queryType { name } } } } }",
    "query ($no: Boolean = false) { __schema @skip(if: $no) { queryType { name } } }",
    "{ customer { nope } }",
    "{ custome }",
  ])("the anonymous learn nothing from %s", async (query) => {
    const { codes, errors, text } = await run(null, query);
    expect(codes).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
    expect(errors![0]!.message).not.toMatch(/Customer|custome|nope/);
    expect(text).not.toContain("Customer");
  });
});

describe("a cell is decided by its field, whatever the way to it", () => {
  const where = '(where: { code: { eq: "C1" } })';
  const number = "林秀英";
  test.each([
    `{ customers${where} { nodes { code: name } } }`,
    `{ customers${where} { nodes { id: name region: mobile } } }`,
    `{ customers${where} { nodes { ...a ...b } } } fragment a on Customer { name } fragment b on Customer { name mobile }`,
    `{ customers${where} { nodes { ... { name } ... on Customer { name } ... on Node { ... on Customer { name } } } } }`,
    `{ customers${where} { edges { node { name } } nodes { name } } }`,
    `{ a: customers${where} { nodes { name } } b: customers${where} { nodes { name } } }`,
    `{ customers${where} { nodes { name } } ...f } fragment f on Query { customers${where} { nodes { mobile name } } }`,
    `{ orders { nodes { customer { name orders { nodes { customer { name: mobile } } } } } } }`,
    `query ($on: Boolean = true) { customers${where} { nodes { code @skip(if: $on) name @include(if: $on) } } }`,
  ])("%s", async (query) => {
    const clear = await run("sam", query);
    expect(clear.codes).toEqual([]);
    expect(clear.text).toMatch(/林秀英|13857110001/);
    for (const account of ["pat", "ian"]) {
      const masked = await run(account, query);
      expect(masked.text).not.toContain(number);
      expect(masked.text).not.toContain("13857110001");
    }
    expect((await run("sue", query)).text).not.toContain(number);
  });

  test("overlapping fragments are one field: the report counts a row once", async () => {
    const query = `{ customers${where} { nodes { ...a ...b ... on Customer { name } } } } fragment a on Customer { name } fragment b on Customer { name }`;
    const { extensions } = await run("pat", query);
    expect(extensions!.access!.fields).toMatchObject([
      { field: "Customer.name", outcome: "MASKED", rows: 1 },
    ]);
  });

  test("one response key cannot be two fields", async () => {
    const query = `{ customers { nodes { x: code ... on Customer { x: name } } } }`;
    expect((await run("pat", query)).codes).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });
});

describe("how much one operation may ask for", () => {
  const nested = (first: number) =>
    `{ customers(first: ${first}) { nodes { orders(first: ${first}) { nodes { orderNo } } } } }`;
  test.each<[string, string, string[]]>([
    ["a page of 500", "{ customers(first: 500) { totalCount } }", []],
    ["a page of 501", "{ customers(first: 501) { totalCount } }", ["LIMIT_EXCEEDED"]],
    [
      "a nested page of 501",
      "{ customers(first: 1) { nodes { orders(first: 501) { totalCount } } } }",
      ["LIMIT_EXCEEDED"],
    ],
    [
      "a nested page by a variable's default",
      "query ($n: Int = 501) { customers(first: 1) { nodes { orders(last: $n) { totalCount } } } }",
      ["LIMIT_EXCEEDED"],
    ],
    ["no rows", "{ customers(first: 0) { totalCount } }", ["BAD_USER_INPUT"]],
    ["fewer than none", "{ customers(last: -1) { totalCount } }", ["BAD_USER_INPUT"]],
    ["200 × 200 rows", nested(200), []],
    ["500 × 500 rows", nested(500), ["LIMIT_EXCEEDED"]],
  ])("%s", async (_, query, codes) => {
    expect((await run("cara", query)).codes).toEqual(codes);
  });

  test("a circle is bounded by its depth", async () => {
    const circle = (levels: number): string =>
      levels === 0 ? "id" : `orders(first: 1) { nodes { customer { ${circle(levels - 1)} } } }`;
    expect((await run("cara", `{ customers(first: 1) { nodes { ${circle(2)} } } }`)).codes).toEqual([]);
    expect((await run("cara", `{ customers(first: 1) { nodes { ${circle(3)} } } }`)).codes).toEqual([
      "LIMIT_EXCEEDED",
    ]);
  });
});

describe("the status of an operation that is refused whole", () => {
  const asking = { query: '{ customers(where: { name: { eq: "x" } }) { totalCount } }' };
  const cases = [
    { name: "an argument that one may not use", account: "pat", status: 403, body: asking },
    {
      name: "a mutation that one may not run",
      account: "pat",
      status: 403,
      body: { query: 'mutation { createCustomer(input: { name: "x" }) { customer { id } } }' },
    },
    {
      name: "an answer that would not be clear, in strict mode",
      account: "cara",
      status: 403,
      body: { query: "{ customers(first: 1) { nodes { idNumber } } }" },
      headers: { "access-mode": "strict" },
    },
    {
      name: "null for what must be given",
      account: "sam",
      status: 400,
      body: { query: 'query ($id: ID = "x") { node(id: $id) { id } }', variables: { id: null } },
    },
  ];
  const accepts = ["application/json", "application/graphql-response+json"];
  test.each(accepts.flatMap((accept) => cases.map((one) => ({ ...one, accept }))))(
    "$name: $status ($accept)",
    async ({ account, status, body, headers, accept }) => {
      const reply = await server.send(JSON.stringify(body), {
        ...(await server.headersOf(account)),
        ...headers,
        accept,
      });
      expect(reply.status).toBe(status);
      expect(reply.data ?? null).toBeNull();
      expect(reply.codes).toHaveLength(1);
    },
  );
});

test("guesses under aliases in one request, and in many at once, try five passwords at most", async () => {
  const guess = (index: number, password: string) =>
    `g${index}: signIn(input: { staffNo: "dora", password: "${password}" }) { accessToken }`;
  const guesses = (count: number, password = "wrong") =>
    run(
      null,
      `mutation { ${Array.from({ length: count }, (_, index) => guess(index, password)).join(" ")} }`,
    );
  expect((await guesses(60)).codes).toEqual(["LIMIT_EXCEEDED"]);
  const tried = await Promise.all(Array.from({ length: 8 }, () => guesses(10)));
  for (const { data } of tried) expect(data ?? null).toBeNull();
  // So many at once are more than one address may ask for.
  expect(new Set([...tried.map(({ status }) => status), 503])).toEqual(new Set([401, 503]));
  const { failedAttempts } = await server.database.db.login.findFirstOrThrow({
    where: { employee: { staffNo: "dora" } },
  });
  expect(failedAttempts).toBe(5);
  // Locked: the right one is not even tried, and is answered like a wrong one.
  const right = await guesses(1, "dora-demo");
  expect(right.codes).toEqual(["UNAUTHENTICATED"]);
  expect(right.text).toBe((await guesses(1)).text);
}, 120_000);
