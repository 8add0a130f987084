import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { type RealServer, realServer } from "../attacks/real-server.js";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

const query = `mutation ($input: ImportCustomersInput!) { importCustomers(input: $input) {
  rows created unchanged invalid problems { line column field code reason } unusedColumns } }`;
const send = (account: string, input: object, headers = {}) =>
  server.ask(account, query, { input }, { headers });
const count = () => server.database.db.customer.count();

const list = (...rows: string[]) => ["code,name,mobile", ...rows].join("\n");
const map = "partyType:=PERSON";

test("a list of another shape is taken by a map, whole, and a second time adds nothing", async () => {
  const csv =
    "No;Company Name;Street;City\r\nX-1;欧阳商行;文三路 1 号;杭州\r\nX-2;司马商行;文三路 2 号;杭州\r\n";
  const input = { csv, map: 'code=No,name="Company Name",address=City+Street,partyType:=ORGANISATION' };
  const before = await count();
  const first = await send("sam", input);
  expect(first.errors).toBeUndefined();
  expect(first.data.importCustomers).toEqual({
    rows: 2,
    created: 2,
    unchanged: 0,
    invalid: 0,
    problems: [],
    unusedColumns: [],
  });
  expect(await count()).toBe(before + 2);
  expect(
    await server.database.db.customer.findUniqueOrThrow({ where: { code: "X-1" }, include: { owner: true } }),
  ).toMatchObject({
    name: "欧阳商行",
    partyType: "ORGANISATION",
    secrecy: "ORDINARY",
    owner: { staffNo: "sam" },
  });
  expect((await send("sam", input)).data.importCustomers).toMatchObject({ created: 0, unchanged: 2 });
  expect(await count()).toBe(before + 2);
});

test("a dry run tells what would happen and writes nothing", async () => {
  const before = await count();
  const reply = await send("sam", { csv: list("D-1,Ann,13800138000", "D-2,,1"), map, dryRun: true });
  expect(reply.data.importCustomers).toMatchObject({ rows: 2, created: 0, invalid: 1 });
  expect(await count()).toBe(before);
});

test("one bad row, and none is written, unless bad rows are to be skipped", async () => {
  const csv = list("S-1,Ann,13800138000", "S-2,Ben,123", "S-3,Cem,13800138002");
  const before = await count();
  const refused = (await send("sam", { csv, map })).data.importCustomers;
  expect(refused).toMatchObject({ rows: 3, created: 0, invalid: 1 });
  expect(refused.problems).toEqual([
    {
      line: 3,
      column: "mobile",
      field: "mobile",
      code: "FORM_INCOMPLETE",
      reason: expect.not.stringContaining("123"),
    },
  ]);
  expect(await count()).toBe(before);
  expect((await send("sam", { csv, map, skipInvalid: true })).data.importCustomers).toMatchObject({
    created: 2,
    invalid: 1,
  });
  expect(await count()).toBe(before + 2);
});

test("a code that another seller's customer has is a problem of its row, and tells no more", async () => {
  const csv = list("C2,Ann,13800138000");
  const { problems, created } = (await send("sam", { csv, map })).data.importCustomers;
  expect(created).toBe(0);
  expect(problems).toMatchObject([{ line: 2, field: "code", code: "DUPLICATE" }]);
  const secret = (await send("sam", { csv: list("C3,Ann,13800138000"), map })).data.importCustomers;
  expect(secret.problems).toEqual(problems);
});

describe("who may import", () => {
  const may = ["sam", "sue", "cara", "carl", "mona", "sven", "spec", "dora"];
  test.each(demoAccounts.map(({ staffNo }) => staffNo))("%s", async (account) => {
    const before = await count();
    const reply = await send(account, { csv: list(`I-${account},Ann,13800138000`), map });
    if (may.includes(account)) {
      expect(reply.data.importCustomers).toMatchObject({ created: 1 });
    } else {
      expect(reply.codes).toHaveLength(1);
      expect(reply.data?.importCustomers ?? null).toBeNull();
      expect(await count()).toBe(before);
    }
  });

  test("nobody imports fields that they may not write, and hears which", async () => {
    await server.database.db.grantClass.deleteMany({
      where: { fieldClass: "FINANCIAL", grant: { grantee: { staffNo: "sue" } } },
    });
    const before = await count();
    const csv = "code,name,mobile,creditLimit,iban\nF-1,Ann,13800138000,1,2";
    const reply = await send("sue", { csv, map: `${map},bankAccount.accountNumber=iban` });
    expect(reply.errors).toMatchObject([
      {
        extensions: {
          code: "FIELD_WITHHELD",
          inputPath: "input.map",
          problems: [{ field: "BankAccount.accountNumber" }, { field: "Customer.creditLimit" }],
        },
      },
    ]);
    expect(await count()).toBe(before);
  });

  test.each([
    "ownerId:=emp_sue",
    "secrecy:=TOP_SECRET",
    "status:=ACTIVE",
    "id=code",
    "__proto__:=x",
    "constructor=code",
  ])("nobody fills %s", async (part) => {
    const before = await count();
    expect((await send("sam", { csv: list("M-1,Ann,13800138000"), map: `${map},${part}` })).codes).toEqual([
      "BAD_USER_INPUT",
    ]);
    expect(await count()).toBe(before);
  });

  test("in strict mode too: its answer holds nothing of customers", async () => {
    const reply = await send("sam", { csv: list("T-1,Ann,13800138000"), map }, { "access-mode": "strict" });
    expect(reply.data.importCustomers).toMatchObject({ created: 1 });
  });
});

describe("sizes", () => {
  const megabyte = 1024 * 1024;
  const rowOf = (index: number) => `Z-${index},Ann ${"x".repeat(80)},13800138000,${"n".repeat(400)}`;
  /** A list of just this many bytes, and one more where the last row is one longer. */
  const listOf = (bytes: number) => {
    const head = "code,name,mobile,notes\n";
    const rows: string[] = [];
    let length = head.length;
    for (let index = 0; length + 520 < bytes; index += 1) {
      rows.push(rowOf(index));
      length += rows.at(-1)!.length + 1;
    }
    const filler = `Z-end,Ann,13800138000,${"n".repeat(bytes - length - "Z-end,Ann,13800138000,".length)}`;
    return `${head}${[...rows, filler].join("\n")}`;
  };

  test("5 MB go through, as a dry run", async () => {
    const csv = listOf(5 * megabyte);
    expect(Buffer.byteLength(csv)).toBe(5 * megabyte);
    const { data, errors } = await send("sam", { csv, map: `${map},personalNotes=notes`, dryRun: true });
    expect(errors).toBeUndefined();
    expect(data.importCustomers).toMatchObject({ rows: csv.split("\n").length - 1, invalid: 0 });
  });

  test("one byte more does not", async () => {
    const reply = await send("sam", { csv: listOf(5 * megabyte + 1), map, dryRun: true });
    expect(reply.errors).toMatchObject([{ extensions: { code: "LIMIT_EXCEEDED", inputPath: "input.csv" } }]);
  });

  test("a body over 6 MB is not read", async () => {
    expect(await send("sam", { csv: "x".repeat(6 * megabyte) })).toMatchObject({
      status: 413,
      codes: ["LIMIT_EXCEEDED"],
    });
  });

  test.each([
    [
      "another mutation",
      "mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { customer { id } } }",
    ],
    ["a query", "query ($input: String) { myAccess(type: $input) { type } }"],
    [
      "an import and something else",
      'mutation ($input: ImportCustomersInput!, $c: CreateCustomerInput = { name: "x" }) { importCustomers(input: $input) { rows } createCustomer(input: $c) { customer { id } } }',
    ],
  ])("%s has 1 MB, whatever its variables are called", async (_, other) => {
    const before = await count();
    const csv = "x".repeat(megabyte + 1);
    const input = other.includes("Import") ? { csv } : other.includes("String") ? csv : { name: csv };
    expect(await server.ask("sam", other, { input })).toMatchObject({
      status: 413,
      codes: ["LIMIT_EXCEEDED"],
    });
    expect(await count()).toBe(before);
  });

  test("nobody who has not signed in sends more than 1 MB", async () => {
    const reply = await server.ask(null, query, { input: { csv: listOf(2 * megabyte), map } });
    expect(reply).toMatchObject({ status: 413, codes: ["LIMIT_EXCEEDED"] });
  });

  test.each([
    ["a million columns", `${"c,".repeat(500_000)}name,mobile\n`],
    ["a header of one name", `${"c".repeat(megabyte)},name,mobile\n`],
    ["quotes that never close", `name,mobile\n"${"x".repeat(megabyte)}`],
    ["nothing but line ends", `name,mobile${"\n".repeat(megabyte)}`],
    ["a million cells in a row", `name,mobile\n${"c,".repeat(500_000)}`],
    ["NUL", "name,mobile\nA\0nn,13800138000"],
    ["half a surrogate pair", "name,mobile\nA\ud800,13800138000"],
  ])(
    "%s is answered in good time, and with little more than was sent",
    async (_, csv) => {
      const before = await count();
      const began = performance.now();
      const { status, codes, text } = await send("sam", { csv, map });
      expect(status).toBeLessThan(500);
      expect(codes).not.toContain("INTERNAL");
      expect(text.length).toBeLessThan(3 * csv.length + 1000);
      expect(performance.now() - began).toBeLessThan(15_000);
      expect(await count()).toBe(before);
    },
    60_000,
  );

  test("the name of a column is not repeated whole with each of a thousand problems", async () => {
    const column = "n".repeat(megabyte);
    const csv = [`${column},mobile`, ...Array.from({ length: 1000 }, () => "Ann,1")].join("\n");
    const { data, text } = await send("sam", { csv, map: `${map},name=mobile,mobile=${column}` });
    expect(data.importCustomers.problems).toHaveLength(1000);
    expect(text.length).toBeLessThan(megabyte);
  });
});
