import { afterAll, beforeAll, expect, test } from "vitest";
import { demoPassword } from "../../src/database/demo/accounts.js";
import { type RealServer, realServer } from "./real-server.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

test("no value, password, token or credential of a whole session is in any line of the log", async () => {
  const secrets = new Set<string>();
  const secret = (value: string) => {
    secrets.add(value);
    return value;
  };
  for (const account of ["sam", "cara"]) {
    const { authorization, "device-credential": credential } = await server.headersOf(account);
    secret(authorization!.replace("Bearer ", ""));
    secret(credential!);
  }
  const create =
    "mutation CreateOne($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id idNumber } } }";
  const input = {
    partyType: "PERSON",
    name: secret("秘密姓名"),
    mobile: secret("13812345678"),
    address: secret("杭州市秘密路 1 号"),
    idType: "RESIDENT_ID",
    idNumber: secret("11010519491231002X"),
    healthNotes: secret('line one\r\n{"level":60,"msg":"forged"}'),
    taxId: secret("TAX-4711-SECRET"),
    code: secret("CODE-SECRET"),
  };
  await server.ask("sam", create, { input });
  await server.ask("sam", create, { input });
  await server.ask("sam", create, { input: { ...input, idNumber: secret("110105194912310099") } });
  await server.ask("sam", create, { input: { ...input, sex: secret("NOT-A-SEX") } });
  await server.ask("pat", create, { input });
  const where =
    "query Find($name: String) { customers(where: { name: { contains: $name } }) { totalCount } }";
  await server.ask("cara", where, { name: "秘密姓名" });
  await server.ask("pat", where, { name: "秘密姓名" });
  await server.ask(
    "cara",
    `{ customers(where: { mobile: { eq: "${secret("+8613857110001")}" } }) { nodes { mobile } } }`,
  );
  await server.ask("cara", `{ customers(where: { idNumber: { eq: "11010519491231002X" } }) { totalCount } }`);
  await server.ask("cara", `{ node(id: "${secret("cus_secret_id")}") { id } `);
  await server.ask("cara", `{ node(id: "cus_secret_id", x: "11010519491231002X") { id } }`);
  await server.ask("cara", "query ($id: ID!) { node(id: $id) { id } }", {
    id: { secret: "11010519491231002X" },
  });
  await server.ask("cara", "query ($id: ID!) { node(id: $id) { id } }", { id: "11010519491231002X\u0000" });
  await server.ask("cara", '{ customers(after: "秘密姓名") { totalCount } }');
  const signIn = `mutation SignIn($input: SignInInput!) { signIn(input: $input) { accessToken refreshToken } }`;
  const password = secret(demoPassword("sue"));
  await server.ask(null, signIn, {
    input: { staffNo: secret("nobody-secret"), password: secret("guess-secret") },
  });
  const begun = await server.ask(null, signIn, { input: { staffNo: "sue", password } });
  const session = begun.data.signIn as { accessToken: string; refreshToken: string };
  secret(session.accessToken);
  const refresh =
    "mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { refreshToken } }";
  const token = { input: { refreshToken: secret(session.refreshToken) } };
  await server.ask(null, refresh, token);
  await server.ask(null, refresh, token);
  await server.ask(
    null,
    "{ me { name } }",
    {},
    { headers: { authorization: `Bearer ${secret("forged.token.secret")}` } },
  );
  await server.ask(
    null,
    "{ me { name } }",
    {},
    { path: `/graphql?access_token=${session.accessToken}&authorization=x` },
  );
  await server.ask(
    "sam",
    "{ customers { nodes { name mobile } } }",
    {},
    { headers: { "access-purpose": secret("PURPOSE-SECRET") } },
  );
  await server.ask(
    "sam",
    "mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) { rows } }",
    {
      input: { csv: "name,mobile\n秘密姓名,13812345678\n", map: "partyType:=TAX-4711-SECRET" },
    },
  );
  // A fault of the database, whose error quotes the row.
  await server.database.asOwner(
    `ALTER TABLE "Customer" ADD CONSTRAINT fault CHECK (region IS DISTINCT FROM 'fault')`,
  );
  const fault = await server.ask("sam", create, { input: { ...input, code: null, region: "fault" } });
  expect(fault.codes).toEqual(["INTERNAL"]);
  expect(fault.text).not.toMatch(/constraint|Customer_|violates|prisma|秘密姓名/i);
  const id = fault.errors![0]!.extensions!.id as string;

  const lines = server.log.join("");
  expect(server.log.length).toBeGreaterThan(20);
  for (const value of secrets) {
    expect(lines).not.toContain(value);
    expect(lines).not.toContain(JSON.stringify(value).slice(1, -1));
  }
  // Nor what the database said of the row that it refused.
  expect(lines).not.toMatch(/violates|invocation|Failing row/i);
  for (const line of server.log) {
    expect(line.endsWith("\n") && !line.slice(0, -1).includes("\n")).toBe(true);
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
  }
  // What the log is for is there: the fault by its id, who asked, what was refused.
  const parsed = server.log.map((line) => JSON.parse(line));
  expect(parsed).toContainEqual(expect.objectContaining({ requestId: id, msg: "internal error" }));
  expect(parsed).toContainEqual(
    expect.objectContaining({
      operation: "Find",
      codes: ["FILTER_FORBIDDEN"],
      caller: expect.stringMatching(/^emp_/),
    }),
  );
});

test("a token in the query string signs nobody in", async () => {
  const { authorization } = await server.headersOf("sam");
  const path = `/graphql?access_token=${authorization!.slice(7)}&authorization=${encodeURIComponent(authorization!)}`;
  expect(await server.ask(null, "{ customers { totalCount } }", {}, { path })).toMatchObject({
    status: 401,
    codes: ["UNAUTHENTICATED"],
  });
});

test("no answer may be stored", async () => {
  const replies = await Promise.all([
    server.ask("sam", "{ customers { nodes { name } } }"),
    server.ask("pat", '{ customers(where: { name: { eq: "x" } }) { totalCount } }'),
    server.ask(null, "{ customers { totalCount } }"),
    server.ask(null, "{"),
  ]);
  for (const { headers } of replies) {
    expect(headers["cache-control"]).toBe("no-store");
    expect(headers).not.toHaveProperty("etag");
  }
});

test("a name of an operation is written as one line, whatever it is", async () => {
  const before = server.log.length;
  await server.ask("sam", `query ${"N".repeat(2000)} { me { name } }`);
  const [line] = server.log.slice(before);
  expect(line!.length).toBeLessThan(600);
});

test("a strict answer that is withheld whole is on the log by its code", async () => {
  server.log.length = 0;
  const query = "query Strictly { customers(first: 1) { nodes { idNumber } } }";
  const { codes } = await server.ask("cara", query, undefined, { headers: { "access-mode": "strict" } });
  expect(codes).toEqual(["FIELD_WITHHELD"]);
  const lines = server.log.map((line) => JSON.parse(line) as { operation?: string; codes?: string[] });
  expect(lines.find(({ operation }) => operation === "Strictly")?.codes).toEqual(["FIELD_WITHHELD"]);
});
