import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { branchesOf } from "../../src/access/branches.js";
import { allRecords } from "../../src/access/classified.js";
import { decide, reach } from "../../src/access/decide.js";
import { customerColumn } from "../../src/access/footprint.js";
import { policy } from "../../src/access/policy.js";
import type { ClassifiedField, RecordType } from "../../src/access/record.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import type { TestDatabase } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { smallDemo } from "../support/small-demo.js";
import { rowsOf, type World, worldOf } from "../support/world.js";

// The statements that were sent.

let database: TestDatabase;
let server: DemoServer;
let world: World;
beforeAll(async () => {
  database = await smallDemo();
  server = await demoServer({ database });
  world = await worldOf(database.url);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const columnOf = ({ value }: ClassifiedField) => (value.kind === "column" ? value.column : null);

/** Columns that the row scope and the ledger look at: they stand in the statement, whoever may see them. */
const scopeColumns = (record: RecordType): ReadonlySet<string> =>
  new Set([
    "id",
    "secrecy",
    "keeperId",
    ...(customerColumn(record) ? [customerColumn(record)!] : []),
    ...Object.values(record.rows).flatMap(function columns(test): string[] {
      if (typeof test !== "object" || "exists" in test) return [];
      if ("either" in test) return test.either.flatMap(columns);
      const { column, notNull, through, confidential } = test as { [part: string]: string | undefined };
      return [column ?? notNull ?? through ?? confidential!];
    }),
  ]);

const nodes = () => allRecords().filter(({ idPrefix }) => idPrefix !== null);

describe.each(demoAccounts.map(({ staffNo }) => staffNo))("as %s", (account) => {
  test("what is nowhere open is not in the statement; what is nowhere clear is in it only masked", async () => {
    const caller = await server.callerOf(account);
    for (const record of nodes()) {
      const fields = [...record.fields.values()].filter((field) => field.value.kind === "column");
      const id = rowsOf(world, record)[0]?.id;
      const statements = await server.sqlOf(
        account,
        `{ node(id: "${id}") { ... on ${record.name} { ${fields.map(({ name }) => name).join(" ")} } } }`,
      );
      expect(statements).toHaveLength(1);
      const [statement] = statements;
      const outcomes = new Map<string, Set<string>>();
      for (const field of fields) {
        const branches = branchesOf(decide(caller, field, "SEE", policy), reach(caller, record, policy).rows);
        const column = columnOf(field)!;
        // A part of a column is not the column: nobody reads the day out of the year.
        const seen = branches.map(({ outcome }) =>
          outcome === "CLEAR" && field.value.kind === "column" && field.value.part ? "MASKED" : outcome,
        );
        outcomes.set(column, new Set([...(outcomes.get(column) ?? []), ...seen]));
      }
      for (const [column, seen] of outcomes) {
        if (scopeColumns(record).has(column)) continue;
        const what = `${record.name}.${column} in ${statement}`;
        const bare = new RegExp(`(THEN |ELSE |SELECT |,)t\\d+\\."${column}"(::text)? ?(AS|WHEN|END|ELSE)`);
        if (seen.has("CLEAR")) expect(bare.test(statement!), what).toBe(true);
        else expect(bare.test(statement!), what).toBe(false);
        const form = column === "partyType" || column === "region"; // the masks of name and address look at them
        const ordered = column === record.defaultOrder && reach(caller, record, policy).rows.length === 0;
        if (!seen.has("CLEAR") && !seen.has("MASKED") && !form && !ordered)
          expect(statement!.includes(`"${column}"`), what).toBe(false);
      }
    }
  });
});

describe("one statement for each root field", () => {
  const deep = `nodes { code orders(first: 5) { totalCount nodes { orderNo customer { name orders(first: 5) { nodes { product transactions(first: 5) { totalCount } } } } } }
    bankAccounts { accountNumber } ownerEmployee { name devices { deviceNo } } access { field } }`;
  test.each([
    ["a list", "{ customers(first: 1) { totalCount nodes { name } } }", 1],
    ["500 rows", "{ customers(first: 500) { totalCount nodes { name } } }", 1],
    ["nine levels", `{ customers(first: 10) { ${deep} } }`, 1],
    ["two lists", "{ customers { totalCount } orders { totalCount } }", 2],
    [
      "two look-ups of one selection",
      '{ a: customer(id: "cus_a") { name } b: customer(id: "cus_b") { name } }',
      1,
    ],
    ["a list of which nothing is asked", "{ customers { __typename } }", 0],
  ])("%s", async (_what, query, sent) => {
    expect(await server.sqlOf("cara", query)).toHaveLength(sent);
  });
});

describe("the row scope", () => {
  test("stands in the WHERE of every level, back-references included", async () => {
    const query =
      "{ customers(first: 9) { nodes { orders(first: 9) { nodes { customer { orders(first: 9) { nodes { customer { code } } } } } } } } }";
    const [statement] = await server.sqlOf("sam", query);
    const tables = statement!.match(/FROM "(Customer|Order)"/g)!;
    const scopes = statement!.match(/"ownerId" = \$\d+/g)!;
    expect(tables.length).toBeGreaterThanOrEqual(5);
    expect(scopes.length).toBeGreaterThanOrEqual(5);
  });

  test("keeps a row that is reached by a back door out of the answer", async () => {
    // pat reaches customers by their open orders; O1's customer has another order, which is delivered.
    const { data } = await server.executeAs(
      "pat",
      "{ orders { nodes { customer { orders(first: 9) { totalCount nodes { status } } } } } }",
    );
    const statuses = (
      data.orders.nodes as { customer: { orders: { nodes: { status: string }[] } } }[]
    ).flatMap(({ customer }) => customer.orders.nodes.map(({ status }) => status));
    expect(statuses).not.toContain("DELIVERED");
    expect(statuses).not.toContain("CANCELLED");
    expect(statuses.length).toBeGreaterThan(0);
  });
});

describe("values are parameters", () => {
  const hostile = [
    "'",
    '"',
    "%",
    "_",
    "\\",
    "$1",
    '\'; DROP TABLE "Customer"; --',
    "名'前",
    "\u202Egnp",
    "😀",
    "x'/**/OR/**/1=1",
  ];
  test.each(hostile)("%s", async (word) => {
    const marked = `marker7391${word}`;
    const query = `query ($v: String!, $id: ID!) {
      customers(where: {or: [{name: {contains: $v}}, {code: {eq: $v}}, {code: {in: [$v]}}, {name: {startsWith: $v}}]}) { totalCount nodes { orders(where: {product: {endsWith: $v}}) { totalCount } } }
      node(id: $id) { id }
      customer(id: $id) { id name }
    }`;
    const asking = { variables: { v: marked, id: `cus_${marked}` } };
    const statements = await server.sqlOf("cara", query, asking);
    expect(statements).toHaveLength(3);
    for (const statement of statements) expect(statement).not.toContain("marker7391");
    const answer = await server.executeAs("cara", query, asking);
    expect(answer).toEqual({ data: { customers: { totalCount: 0, nodes: [] }, node: null, customer: null } });
  });

  test("what comes out of a cursor, too", async () => {
    const { data } = await server.executeAs(
      "cara",
      "{ customers(first: 1, orderBy: {field: name}) { edges { cursor node { name } } } }",
    );
    const [{ cursor, node }] = data.customers.edges;
    const [statement] = await server.sqlOf(
      "cara",
      `{ customers(first: 1, orderBy: {field: name}, after: "${cursor}") { nodes { id } } }`,
    );
    expect(statement).not.toContain(node.name);
  });
});

test("no identifier comes from anywhere but the registry", async () => {
  const known = new Set<string>([
    "CustomerClearance",
    "customerId",
    "employeeId",
    "id",
    "json",
    "keys",
    "ownerId",
    "DepartmentCode",
  ]);
  for (const record of allRecords()) {
    known.add(record.name);
    for (const { key } of record.partOf) known.add(key);
    for (const test of Object.values(record.rows))
      if (typeof test === "object")
        for (const word of Object.values(test)) if (typeof word === "string") known.add(word);
    for (const field of record.fields.values()) {
      const { value } = field;
      if ("column" in value) known.add(value.column);
      if (value.kind === "column" && value.scalar.type === "enum") known.add(value.scalar.name);
      if ("key" in value) known.add(value.key);
      if (value.kind === "many" && value.via) for (const word of Object.values(value.via)) known.add(word);
    }
  }
  const query =
    '{ evil: customers(where: {region: {eq: "x"}, kind: {eq: GENERAL}}, orderBy: {field: name}) { nodes { drop: name orders { nodes { table: status } } listedClearances { staffNo } } } }';
  for (const account of ["sam", "cara", "fin", "pat", "gina"])
    for (const statement of await server.sqlOf(account, query))
      for (const [, identifier] of statement.matchAll(/"([^"]*)"/g))
        if (!/^[vb]\d+_\d+$/.test(identifier!)) expect(known, statement).toContain(identifier);
});

describe("the sources", () => {
  const sources = (
    readdirSync(new URL("../../src", import.meta.url), { recursive: true }) as string[]
  ).filter((path) => path.endsWith(".ts") && !path.startsWith("database/generated"));
  test.each(sources)("%s sends no SQL made of strings", (path) => {
    const source = readFileSync(new URL(`../../src/${path}`, import.meta.url), "utf8");
    expect(source).not.toMatch(/\$(query|execute)RawUnsafe/);
    expect(source).not.toMatch(/\$(query|execute)Raw\(\s*[`"']/);
    if (path !== "reading/sql.ts") expect(source).not.toMatch(/Prisma\.raw|\braw\(/);
  });
});
