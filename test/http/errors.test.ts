import { describe, expect, test } from "vitest";
import { refusal } from "../../src/errors.js";
import { describeFault } from "../../src/http/log.js";
import { faults, openDoor, sam } from "./open-door.js";

const json = { "content-type": "application/json" };
const secret = "110101199003070000";

describe("what is not a refusal is INTERNAL, and its id finds it in the log", () => {
  test.each([
    { how: "driver", logged: { type: "DriverError", code: "23505" } },
    {
      how: "bug",
      logged: { type: "TypeError", message: "Cannot read properties of undefined (reading 'x')" },
    },
    { how: "text", logged: {} },
    { how: "lookalike", logged: { type: "Error" } },
  ])("$how", async ({ how, logged }) => {
    const { query, log, rawLog } = await openDoor();
    const answer = await query("query ($how: String) { renamed: fail(how: $how) }", { how });
    const id = answer.headers["x-request-id"];
    expect(answer.json.errors).toEqual([
      {
        message: "Something went wrong on our side.",
        locations: expect.anything(),
        path: ["renamed"],
        extensions: { code: "INTERNAL", reason: "Something went wrong on our side.", id },
      },
    ]);
    expect(log().filter(({ requestId }) => requestId === id)).toMatchObject([
      { msg: "internal error", path: "renamed", err: { ...logged } },
      { msg: "request", codes: ["INTERNAL"] },
    ]);
    expect(answer.text + rawLog.join("")).not.toContain(secret);
    expect(answer.text).not.toMatch(/idNumber|Customer|node_modules|\.ts|at /);
  });

  test("a value that must not be null is our fault too", async () => {
    const { query } = await openDoor();
    expect(await query("{ need }")).toMatchObject({ status: 200, codes: ["INTERNAL"], json: { data: null } });
  });

  test("a context that cannot be made", async () => {
    const { query, rawLog } = await openDoor({ context: () => Promise.reject(faults.driver) });
    const answer = await query("{ __typename }");
    expect(answer).toMatchObject({ status: 500, codes: ["INTERNAL"] });
    expect(answer.text + rawLog.join("")).not.toContain(secret);
    expect(answer.json.errors?.[0]?.extensions.id).toBe(answer.headers["x-request-id"]);
  });

  test("an asset that cannot be made", async () => {
    const { send } = await openDoor({ assets: new Map([["/", () => Promise.reject(faults.driver)]]) });
    const answer = await send({ method: "GET", path: "/" });
    expect(answer).toMatchObject({ status: 500, codes: ["INTERNAL"] });
    expect(answer.text).not.toContain(secret);
  });
});

test("a refusal reaches the caller as it is", async () => {
  const { query, rawLog } = await openDoor();
  const { json } = await query('{ fail(how: "refusal") }');
  expect(json.errors?.[0]?.extensions).toEqual({
    code: "NOT_FOUND",
    reason: expect.any(String),
    needs: "a grant",
  });
  expect(rawLog.join("")).not.toContain("internal error");
});

test.each([
  { how: "unauthenticated", status: 401 },
  { how: "refusal", status: 200 },
])("a resolver that refuses with $how: HTTP $status", async ({ how, status }) => {
  const { query } = await openDoor();
  expect((await query(`{ fail(how: "${how}") }`)).status).toBe(status);
});

test("a fault of the database that callers may know is said in its own words: 503, retry-after", async () => {
  const translate = (error: unknown) =>
    error === faults.pool ? { refusal: refusal("OVERLOADED"), cause: "P2024" } : undefined;
  const { query, log } = await openDoor({ translate });
  const inResolver = await query('{ fail(how: "pool") }');
  expect(inResolver).toMatchObject({ status: 503, codes: ["OVERLOADED"], headers: { "retry-after": "2" } });
  expect(log()).toMatchObject([{ codes: ["OVERLOADED"], causes: ["P2024"] }]);
  const { query: anew } = await openDoor({ translate, context: () => Promise.reject(faults.pool) });
  expect(await anew("{ __typename }")).toMatchObject({ status: 503, codes: ["OVERLOADED"] });
});

describe("the log", () => {
  test("has one line a request: id, operation, caller, codes, duration; no variable, no literal, no header", async () => {
    const { query, log, rawLog } = await openDoor();
    await query('query Echo($text: String) { echo(text: $text) other: echo(text: "a literal") }', {
      text: "a variable",
    });
    expect(log()).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        pid: expect.any(Number),
        hostname: expect.any(String),
        msg: "request",
        requestId: expect.any(String),
        path: "/graphql",
        status: 200,
        operation: "Echo",
        caller: "emp_sam",
        codes: [],
        ms: expect.any(Number),
      },
    ]);
    expect(rawLog.join("")).not.toMatch(/a variable|a literal|bearer/);
  });

  test("names an operation without a name by its first field", async () => {
    const { query, log } = await openDoor();
    await query("{ secretAlias: echo }");
    expect(log()).toMatchObject([{ operation: "echo" }]);
  });

  test.each([
    {
      name: "an operation name that is not one",
      body: { query: "{ echo }", operationName: '\r\n{"level":60}\u001b[31m' },
    },
    { name: "a very long name", body: { query: `query ${"n".repeat(5000)} { echo }` } },
    { name: "a syntax error", body: { query: '\r\n{"level":60,"msg":"forged"}\u001b[31m' } },
    {
      name: "a variable",
      body: {
        query: "query ($text: String) { echo(text: $text) }",
        variables: { text: '\r\n{"level":60,"msg":"forged"}' },
      },
    },
  ])("stays one line that parses: $name", async ({ body }) => {
    const { send, rawLog, log } = await openDoor();
    await send({
      headers: { ...json, ...sam, "user-agent": "forged", "x-request-id": '{"level":60}' },
      body: JSON.stringify(body),
    });
    expect(rawLog).toHaveLength(1);
    expect(rawLog[0]!.trimEnd()).not.toContain("\n");
    expect(rawLog[0]!.length).toBeLessThan(400);
    expect(log()).toMatchObject([{ level: 30, msg: "request" }]);
    expect(rawLog[0]).not.toMatch(/forged|level":60|\\u001b/);
  });
});

test("an error is described by type, code, frames and causes; its message only where it cannot quote a value", () => {
  const cause = Object.assign(new Error(secret), { code: "P2002" });
  expect(describeFault(new TypeError("x is not a function", { cause }))).toMatchObject({
    type: "TypeError",
    message: "x is not a function",
    cause: { type: "Error", code: "P2002" },
  });
  const circular = new Error("round");
  circular.cause = circular;
  expect(
    JSON.stringify([
      describeFault(faults.driver),
      describeFault(new SyntaxError(secret)),
      describeFault(cause),
    ]),
  ).not.toContain(secret);
  expect(JSON.stringify(describeFault(circular)).length).toBeLessThan(20_000);
});
