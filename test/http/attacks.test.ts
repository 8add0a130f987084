import { describe, expect, test } from "vitest";
import { openDoor, type SendOptions, sam, tim } from "./open-door.js";

const json = { "content-type": "application/json" };
const body = JSON.stringify({ query: 'mutation { write(text: "done") }' });
const unsent = "a marker that must never come back";

describe("nothing is executed, one clear error", () => {
  const post = { headers: { ...json, ...sam }, body };
  const boundary = [
    "--b",
    'content-disposition: form-data; name="operations"',
    "",
    body,
    "--b",
    'content-disposition: form-data; name="map"',
    "",
    "{}",
    "--b--",
    "",
  ].join("\r\n");
  const typed = (type: string): SendOptions => ({ headers: { "content-type": type, ...sam }, body });
  const query = encodeURIComponent('mutation { write(text: "done") }');
  const cases: { name: string; request: SendOptions; status: number; code?: string }[] = [
    {
      name: "GET with a query",
      request: { method: "GET", path: "/graphql?query=%7B__typename%7D", headers: sam },
      status: 405,
    },
    {
      name: "GET with a mutation",
      request: { method: "GET", path: `/graphql?query=${query}`, headers: sam },
      status: 405,
    },
    { name: "GET with a body", request: { ...post, method: "GET" }, status: 405 },
    {
      name: "method override",
      request: {
        method: "GET",
        path: `/graphql?query=${query}`,
        headers: { ...sam, "x-http-method-override": "POST" },
      },
      status: 405,
    },
    ...["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"].map((method) => ({
      name: method,
      request: { ...post, method },
      status: 405,
    })),
    ...[
      "application/x-www-form-urlencoded",
      "text/plain",
      "text/plain; application/json",
      "multipart/form-data; boundary=b",
      "application/graphql",
      "application/xml",
      "text/json",
      "*/*",
      "application/json, text/plain",
      "application/json; charset=utf-16",
      "application/json; charset=gbk",
    ].map((type) => ({ name: type, request: typed(type), status: 415 })),
    { name: "no content type", request: { headers: sam, body }, status: 415 },
    {
      name: "null origin, simple request",
      request: { headers: { ...sam, origin: "null", "content-type": "text/plain" }, body },
      status: 415,
    },
    {
      name: "multipart upload",
      request: {
        headers: {
          ...sam,
          "content-type": "multipart/form-data; boundary=b",
          "apollo-require-preflight": "1",
        },
        body: boundary,
      },
      status: 415,
    },
    {
      name: "gzip",
      request: { headers: { ...json, ...sam, "content-encoding": "gzip" }, body: Buffer.alloc(64 * 1024) },
      status: 415,
    },
    { name: "batch", request: { ...post, body: `[${body},${body}]` }, status: 400 },
    { name: "empty batch", request: { ...post, body: "[]" }, status: 400 },
    { name: "no body", request: { headers: { ...json, ...sam } }, status: 400 },
    { name: "not JSON", request: { ...post, body: '{ "query": ' }, status: 400 },
    { name: "a text", request: { ...post, body: '"query"' }, status: 400 },
    { name: "null", request: { ...post, body: "null" }, status: 400 },
    {
      name: "not UTF-8",
      request: {
        ...post,
        body: Buffer.from([...Buffer.from('{"query":"{ echo(text: \\"'), 0xff, ...Buffer.from('\\") }"}')]),
      },
      status: 400,
    },
    {
      name: "variables as a text",
      request: { ...post, body: JSON.stringify({ query: "{ __typename }", variables: "{}" }) },
      status: 400,
    },
    {
      name: "accepts only HTML",
      request: { ...post, headers: { ...post.headers, accept: "text/html" } },
      status: 406,
    },
    {
      name: "accepts JSON never",
      request: { ...post, headers: { ...post.headers, accept: "application/json;q=0" } },
      status: 406,
    },
    { name: "brackets", request: { ...post, body: "[".repeat(50_000) }, status: 413, code: "LIMIT_EXCEEDED" },
    {
      name: "deep variables",
      request: {
        ...post,
        body: `{"query":"{ __typename }","variables":${'{"a":'.repeat(40)}1${"}".repeat(40)}}`,
      },
      status: 413,
      code: "LIMIT_EXCEEDED",
    },
    {
      name: "20,000 keys",
      request: {
        ...post,
        body: JSON.stringify({
          query: "{ __typename }",
          variables: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i])),
        }),
      },
      status: 413,
      code: "LIMIT_EXCEEDED",
    },
    {
      name: "10 MB",
      request: { ...post, body: Buffer.alloc(10 * 1024 * 1024, " ") },
      status: 413,
      code: "LIMIT_EXCEEDED",
    },
    {
      name: "10 MB in chunks",
      request: {
        ...post,
        headers: { ...post.headers, "transfer-encoding": "chunked" },
        body: Buffer.alloc(10 * 1024 * 1024, " "),
      },
      status: 413,
      code: "LIMIT_EXCEEDED",
    },
    {
      name: "64 MB of gzip",
      request: {
        headers: { ...json, ...sam, "content-encoding": "gzip" },
        body: Buffer.alloc(64 * 1024 * 1024),
      },
      status: 415,
    },
  ];
  test.each(cases)("$name", async ({ request, status, code = "BAD_REQUEST" }) => {
    const { send, executed } = await openDoor();
    const answer = await send(request);
    expect(answer.status).toBe(status);
    if (request.method !== "HEAD") expect(answer.codes).toEqual([code]);
    if (status === 405) expect(answer.headers.allow).toBe("POST");
    expect(answer.ms).toBeLessThan(2000);
    expect(executed).toEqual([]);
  });
});

test("a batch is refused by its name", async () => {
  const { send } = await openDoor();
  const { json: answer } = await send({ headers: { ...json, ...sam }, body: `[${body}]` });
  expect(answer.errors).toMatchObject([{ message: "Send one operation, not a list: there is no batching." }]);
});

describe("the body of an import", () => {
  const csv = (bytes: number) => ({ csv: "x".repeat(bytes) });
  const imports = "mutation ($csv: String) { importCustomers(csv: $csv) }";
  const MB = 1024 * 1024;
  test.each([
    {
      name: "1 MB by anybody",
      query: "query ($csv: String) { echo(text: $csv) }",
      headers: {},
      bytes: MB - 100,
      status: 200,
    },
    { name: "more by anybody", query: imports, headers: {}, bytes: MB, status: 413 },
    {
      name: "more by wrong credentials",
      query: imports,
      headers: { authorization: "bearer forged" },
      bytes: MB,
      status: 413,
    },
    { name: "5 MB by the signed-in", query: imports, headers: sam, bytes: 5 * MB, status: 200 },
    { name: "7 MB by the signed-in", query: imports, headers: sam, bytes: 7 * MB, status: 413 },
    {
      name: "5 MB for something else",
      query: "query ($csv: String) { echo(text: $csv) }",
      headers: sam,
      bytes: 5 * MB,
      status: 413,
    },
    {
      name: "5 MB for something else beside an import",
      query: "mutation ($csv: String) { importCustomers(csv: $csv) write(text: $csv) }",
      headers: sam,
      bytes: 5 * MB,
      status: 413,
    },
    {
      name: "5 MB for something else of that name",
      query: "mutation importCustomers($csv: String) { importCustomers: write(text: $csv) }",
      headers: sam,
      bytes: 5 * MB,
      status: 413,
    },
  ])("$name", async ({ query: document, headers, bytes, status }) => {
    const { query, executed } = await openDoor();
    const answer = await query(document, csv(bytes), headers);
    expect(answer.status).toBe(status);
    if (status === 413) expect(answer.codes).toEqual(["LIMIT_EXCEEDED"]);
    expect(executed).toEqual([]);
  });
});

describe("the anonymous learn nothing of the schema", () => {
  const introspections = [
    { way: "plainly", query: "{ __schema { types { name } } }" },
    {
      way: "in a fragment",
      query:
        "query { ...F } fragment F on Query { ... { ...G } } fragment G on Query { __schema { types { name } } }",
    },
    { way: "over lines", query: "{\n__schema\n{\n#\n types { name } } }" },
    { way: "of one type", query: '{ __type(name: "Customer") { fields { name } } }' },
    { way: "under an alias", query: "{ customers: __schema { types { name } } }" },
    {
      way: "by a variable",
      query: "query ($t: String!) { __type(name: $t) { name } }",
      variables: { t: "Customer" },
    },
    {
      way: "beside an innocent operation",
      query: "query A { __typename } query IntrospectionQuery { __schema { types { name } } }",
      operationName: "IntrospectionQuery",
    },
  ];
  const misspellings = [
    "{ custmers { id } }",
    "{ customers }",
    "{ customers { nodes { nme } } }",
    "{ customers(frist: 3) { totalCount } }",
    '{ customers(first: "three") { totalCount } }',
    "{ echo(kind: OLDD) }",
    "{ echo(input: { txt: 1 }) }",
    "query ($x: Custmer) { echo(text: $x) }",
    "{ ...on Custmer { id } }",
    "{ customers @defr { totalCount } }",
    "mutation { writ }",
  ];
  const generic = {
    status: 400,
    json: {
      errors: [
        {
          message: "The operation is not valid.",
          extensions: { code: "GRAPHQL_VALIDATION_FAILED", reason: "The operation is not valid." },
        },
      ],
    },
  };

  const ask = async (headers: Record<string, string>, request: object) =>
    (await openDoor()).send({ headers: { ...json, ...headers }, body: JSON.stringify(request) });

  test.each(introspections)("no introspection $way", async ({ way: _, ...request }) => {
    expect(await ask({}, request)).toMatchObject(generic);
    expect(await ask(tim, request)).toMatchObject({ status: 400, codes: ["GRAPHQL_VALIDATION_FAILED"] });
    expect(await ask(sam, request)).toMatchObject({ status: 200, codes: [] });
  });

  test("an operation is judged by what it executes, not by its name or its neighbours", async () => {
    const query = "query IntrospectionQuery { __typename } query B { __schema { types { name } } }";
    expect(await ask({}, { query, operationName: "IntrospectionQuery" })).toMatchObject({
      status: 200,
      codes: [],
    });
    expect(await ask({}, { query, operationName: "B" })).toMatchObject(generic);
  });

  test.each(misspellings)("the same error whatever is wrong: %s", async (query) => {
    expect((await ask({}, { query })).json).toEqual(generic.json);
  });

  test.each([
    { variables: { input: { secretNumber: "x" } } },
    { variables: { input: {} } },
    { variables: { input: { secretNumber: 1, txt: "x" } } },
    { variables: {} },
    { variables: { input: { secretNumber: 1, text: "\0" } } },
  ])("the same error whatever is wrong with a variable: $variables", async ({ variables }) => {
    expect(
      (await ask({}, { query: "query ($input: Input!) { echo(input: $input) }", variables })).json,
    ).toEqual(generic.json);
  });

  test.each(misspellings)("nobody is told what they may have meant: %s", async (query) => {
    const { text, status } = await ask(sam, { query });
    expect(status).toBe(400);
    expect(text).not.toMatch(/did you mean/i);
  });
});

describe("hostile texts", () => {
  const echo = "query ($text: String) { echo(text: $text) }";
  test.each([
    { name: "NUL", text: "a\0b", codes: ["BAD_USER_INPUT"] },
    { name: "half a surrogate pair, high", text: "\ud800", codes: ["BAD_USER_INPUT"] },
    { name: "half a surrogate pair, low", text: "x\udc00", codes: ["BAD_USER_INPUT"] },
    { name: "right to left", text: "\u202eabc", codes: [] },
    { name: "emoji", text: "🏃", codes: [] },
    { name: "1 MB less a little", text: "x".repeat(1_000_000), codes: [] },
    { name: "brackets, commas and quotes", text: `"\\"${'[{",'.repeat(9000)}\\`, codes: [] },
    { name: "composed and decomposed", text: "é e\u0301", codes: [] },
  ])("$name in a variable", async ({ text, codes }) => {
    const { query } = await openDoor();
    const answer = await query(echo, { text });
    expect(answer.codes).toEqual(codes);
    if (codes.length)
      expect(answer).toMatchObject({
        status: 400,
        json: { errors: [{ extensions: { inputPath: "text" } }] },
      });
    else expect(answer.json.data).toEqual({ echo: text });
  });

  test.each([
    { name: "NUL escaped", query: '{ echo(text: "a\\u0000b") }', code: "BAD_USER_INPUT" },
    { name: "NUL raw", query: '{ echo(text: "a\0b") }', code: "BAD_USER_INPUT" },
    {
      name: "NUL in a default",
      query: 'query ($t: String = "\\u0000") { echo(text: $t) }',
      code: "BAD_USER_INPUT",
    },
    { name: "half a pair", query: '{ echo(text: "\ud800") }', code: "GRAPHQL_PARSE_FAILED" },
    { name: "half a pair, escaped", query: '{ echo(text: "\\ud800") }', code: "GRAPHQL_PARSE_FAILED" },
  ])("$name in a document", async ({ query: document, code }) => {
    const { query } = await openDoor();
    expect(await query(document)).toMatchObject({ status: 400, codes: [code] });
  });

  test.each([
    {
      name: "in variables",
      body: `{"query":"{ __typename }","variables":{"__proto__":{"text":"${unsent}"}}}`,
      status: 400,
    },
    {
      name: "in a variable",
      body: `{"query":"${echo}","variables":{"text":{"__proto__":{"text":"${unsent}"}}}}`,
      status: 400,
    },
    {
      name: "in an input",
      body: `{"query":"query ($i: Input) { echo(input: $i) }","variables":{"i":{"secretNumber":1,"__proto__":{"text":"${unsent}"}}}}`,
      status: 400,
    },
    {
      name: "constructor in an input",
      body: `{"query":"query ($i: Input) { echo(input: $i) }","variables":{"i":{"secretNumber":1,"constructor":{"prototype":{"text":"${unsent}"}}}}}`,
      status: 400,
    },
    {
      name: "in the body",
      body: `{"query":"{ echo }","__proto__":{"variables":{"text":"${unsent}"}}}`,
      status: 200,
    },
    {
      name: "in extensions",
      body: `{"query":"{ echo }","extensions":{"__proto__":{"x":"${unsent}"}}}`,
      status: 200,
    },
    { name: "as operation name", body: `{"query":"{ echo }","operationName":"__proto__"}`, status: 400 },
  ])("__proto__ $name never comes back", async ({ body, status }) => {
    const { send } = await openDoor();
    const answer = await send({ headers: { ...json, ...sam }, body });
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(unsent);
    expect(({} as Record<string, unknown>).text).toBeUndefined();
  });
});

describe("a value that does not fit is refused without being repeated", () => {
  const secret = "110101199003070134";
  const declare = "query ($input: Input) { echo(input: $input) }";
  test.each([
    {
      name: "text for a number",
      query: declare,
      variables: { input: { secretNumber: secret } },
      path: "input.secretNumber",
    },
    {
      name: "too large a number",
      query: declare,
      variables: { input: { secretNumber: 1e17 } },
      path: "input.secretNumber",
    },
    {
      name: "deep inside",
      query: declare,
      variables: { input: { secretNumber: 1, inner: { secretNumber: [secret] } } },
      path: "input.inner.secretNumber",
    },
    {
      name: "object for a text",
      query: declare,
      variables: { input: { secretNumber: 1, text: { secret } } },
      path: "input.text",
    },
    { name: "list for an input", query: declare, variables: { input: [[secret]] }, path: "input" },
    {
      name: "not a word of the enum",
      query: declare,
      variables: { input: { secretNumber: 1, kind: secret } },
      path: "input.kind",
    },
    {
      name: "a field that is not there",
      query: declare,
      variables: { input: { secretNumber: 1, [secret]: secret } },
      path: "input",
    },
    { name: "missing", query: declare, variables: { input: { text: secret } }, path: "input" },
    {
      name: "a place made up in the value",
      query: declare,
      variables: { input: { secretNumber: `x at "${secret}"; ` } },
      path: "input.secretNumber",
    },
    {
      name: "null for what must be",
      query: "query ($n: Int!) { echo(count: $n) }",
      variables: { n: null },
      path: "n",
    },
    {
      name: "nothing for what must be",
      query: "query ($n: Int!) { echo(count: $n) }",
      variables: { m: secret },
      path: "n",
    },
  ])("variable: $name", async ({ query: document, variables, path }) => {
    const { query, rawLog } = await openDoor();
    const answer = await query(document, variables);
    expect(answer).toMatchObject({
      status: 400,
      codes: ["BAD_USER_INPUT"],
      json: { errors: [{ extensions: { inputPath: path } }] },
    });
    expect(answer.text + rawLog.join("")).not.toContain(secret.slice(0, 12));
  });

  test.each([
    { query: `{ echo(count: "${secret}") }` },
    { query: `{ echo(count: ${secret}) }` },
    { query: `{ echo(text: ${secret}) }` },
    { query: `{ echo(text: [${secret}]) }` },
    { query: `{ echo(kind: A${secret}) }` },
    { query: `{ echo(input: { secretNumber: "${secret}" }) }` },
    { query: `{ echo(input: { secretNumber: { a: "${secret}" } }) }` },
    { query: `{ echo(input: "${secret}") }` },
    { query: `query ($n: Int = "${secret}") { echo(count: $n) }` },
    { query: `{ echo(count: "${secret}") } }`, code: "GRAPHQL_PARSE_FAILED" },
    { query: `{ echo "${secret}" }`, code: "GRAPHQL_PARSE_FAILED" },
    { query: `{ echo(text: "${secret}) }`, code: "GRAPHQL_PARSE_FAILED" },
    { query: `{ echo(count: ${secret}x) }`, code: "GRAPHQL_PARSE_FAILED" },
  ])("literal: $query", async ({ query: document, code = "GRAPHQL_VALIDATION_FAILED" }) => {
    const { query, rawLog } = await openDoor();
    const answer = await query(document);
    expect(answer).toMatchObject({ status: 400, codes: [code] });
    expect(answer.text + rawLog.join("")).not.toContain(secret.slice(0, 12));
  });

  test.each([
    ...[
      "NaN",
      "1e999",
      "-0",
      "9007199254740993",
      "1.5",
      "true",
      '"1"',
      "[]",
      "[1]",
      "{}",
      "null",
      '"NaN"',
      "-1",
    ].map((value) => ({ value })),
  ])("every argument with $value is answered below 500", async ({ value }) => {
    const { send } = await openDoor();
    for (const [type, use] of [
      ["Int", "count"],
      ["String", "text"],
      ["Kind", "kind"],
      ["Input", "input"],
      ["[Int]", "numbers"],
    ]) {
      const request = `{"query":"query ($v: ${type}) { echo(${use}: $v) }","variables":{"v":${value}}}`;
      const answer = await send({ headers: { ...json, ...sam }, body: request });
      expect(answer.status).toBeLessThan(500);
      expect(answer.codes).not.toContain("INTERNAL");
      const literal = await send({
        headers: { ...json, ...sam },
        body: JSON.stringify({ query: `{ echo(${use}: ${value}) }` }),
      });
      expect(literal.status).toBeLessThan(500);
      expect(literal.codes).not.toContain("INTERNAL");
    }
  });
});

test.each([
  { name: "no such operation", query: "query A { echo }", operationName: "B\r\nsecret" },
  { name: "several without a name", query: "query A { echo } query B { echo }", operationName: null },
  { name: "only a fragment", query: "fragment F on Query { echo }", operationName: null },
  { name: "a subscription where there is none", query: "subscription { echo }", operationName: null },
])("$name: refused in our own words", async ({ query, operationName }) => {
  const { send } = await openDoor();
  const answer = await send({ headers: { ...json, ...sam }, body: JSON.stringify({ query, operationName }) });
  expect(answer.status).toBe(400);
  expect(answer.codes[0]).toMatch(/^(OPERATION_RESOLUTION_FAILURE|GRAPHQL_VALIDATION_FAILED)$/);
  expect(answer.text).not.toContain("secret");
});

describe("the Host header, on loopback", () => {
  test.each([
    { host: "localhost:4000", status: 200 },
    { host: "127.0.0.1", status: 200 },
    { host: "[::1]:80", status: 200 },
    { host: "LOCALHOST", status: 200 },
    { host: "evil.example", status: 421 },
    { host: "localhost.evil.example", status: 421 },
    { host: "127.0.0.1.evil.example:4000", status: 421 },
    { host: "127.0.0.1@evil.example", status: 421 },
  ])("$host: $status", async ({ host, status }) => {
    const { send } = await openDoor();
    expect((await send({ headers: { ...json, host }, body: '{"query":"{ __typename }"}' })).status).toBe(
      status,
    );
    expect((await send({ method: "GET", path: "/health/live", headers: { host } })).status).toBe(status);
  });
});

test("a token in the URL is worth nothing and is nowhere written", async () => {
  const { send, rawLog } = await openDoor();
  const path = "/graphql?access_token=bearer%20sam&authorization=bearer%20sam";
  const answer = await send({ path, headers: json, body: '{"query":"{ __schema { types { name } } }"}' });
  expect(answer.codes).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  await send({ method: "GET", path: "/nowhere/bearer%20sam?t=bearer%20sam" });
  expect(rawLog.join("")).not.toContain("sam");
});

test("every answer says: do not store, do not guess the type, and its request's id", async () => {
  const { send, log } = await openDoor({
    assets: new Map([["/", async () => ({ status: 200, type: "text/html", body: "x" })]]),
  });
  const answers = await Promise.all([
    send({ headers: { ...json, "x-request-id": "theirs" }, body: '{"query":"{ __typename }"}' }),
    send({ headers: { ...json, authorization: "bearer forged" }, body: '{"query":"{ __typename }"}' }),
    send({ headers: json, body: "" }),
    send({ method: "GET", path: "/health/live" }),
    send({ method: "GET", path: "/nowhere" }),
    send({ method: "GET", path: "/" }),
  ]);
  const ids = answers.map(({ headers }) => headers["x-request-id"]);
  for (const { headers } of answers) {
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
  }
  expect(new Set(ids).size).toBe(answers.length);
  expect(ids).not.toContain("theirs");
  expect(
    log()
      .map(({ requestId }) => requestId)
      .sort(),
  ).toEqual([...ids].sort());
});

test("wrong credentials are 401 under both media types, before anything is parsed", async () => {
  const { send } = await openDoor();
  for (const accept of ["application/json", "application/graphql-response+json"]) {
    const answer = await send({
      headers: { ...json, accept, authorization: "bearer forged" },
      body: '{"query":"{ nope "}',
    });
    expect(answer).toMatchObject({ status: 401, codes: ["UNAUTHENTICATED"] });
    expect(answer.headers["content-type"]).toBe(`${accept}; charset=utf-8`);
  }
});
