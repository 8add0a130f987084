import type { GraphQLObjectType, GraphQLSchema } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { branchesOf } from "../../src/access/branches.js";
import { allRecords } from "../../src/access/classified.js";
import { decide, reach } from "../../src/access/decide.js";
import { policy } from "../../src/access/policy.js";
import type { RecordType } from "../../src/access/record.js";
import { createSchema } from "../../src/schema.js";
import type { TestDatabase } from "../support/database.js";
import { type Answer, type DemoServer, demoServer } from "../support/execute-as.js";
import { smallDemo } from "../support/small-demo.js";
import { type Row, rowsOf, sightOf, type World, worldOf } from "../support/world.js";

// Every way to a field is the same way: no alias, fragment, interface, edge or detour shows more than the plain field.

const callers = ["sam", "pat", "cara", "ian", "vic", "neo", "rep", "cu1"];

let database: TestDatabase;
let server: DemoServer;
let world: World;
let schema: GraphQLSchema;
beforeAll(async () => {
  [database, schema] = await Promise.all([smallDemo(), createSchema()]);
  server = await demoServer({ database, schema });
  world = await worldOf(database.url);
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

const nodes = allRecords().filter(({ idPrefix }) => idPrefix !== null);
/** `access` of the types that have it. */
const accessOf = ({ name }: RecordType): string =>
  (schema.getType(name) as GraphQLObjectType).getFields().access ? "access { field outcome reason needs }" : "__typename";
const columnsOf = (record: RecordType) => [...record.fields.values()].filter(({ value }) => value.kind === "column");

/** Selections of one field that mean the same, each with the key that it comes out under. */
const shapes: readonly ((type: string, field: string) => { text: string; key: string })[] = [
  (_, field) => ({ text: field, key: field }),
  (_, field) => ({ text: `x: ${field}`, key: "x" }),
  (_, field) => ({ text: `__schema_: ${field}`, key: "__schema_" }),
  (_, field) => ({ text: `id_: ${field} id`, key: "id_" }),
  (type, field) => ({ text: `... on ${type} { ${field} }`, key: field }),
  (_, field) => ({ text: `... { ${field} }`, key: field }),
  (type, field) => ({ text: `... on Node { ... on ${type} { ${field} } }`, key: field }),
  (type, field) => ({ text: `... on ${type} { ... on Node { id } ... { y: ${field} } }`, key: "y" }),
  (_, field) => ({ text: `...Named`, key: field }),
  (_, field) => ({ text: `${field} ${field} ... { ${field} }`, key: field }),
  (_, field) => ({ text: `${field} @include(if: true)`, key: field }),
  (_, field) => ({ text: `z: ${field} @skip(if: false) __typename`, key: "z" }),
];

describe.each(callers)("as %s", (account) => {
  test.each(nodes.map((record) => [record.name, record] as const))("%s by node, in every shape", async (_name, record) => {
    const caller = await server.callerOf(account);
    const rows = rowsOf(world, record).filter((row) => sightOf(caller, policy, world).reaches(record, row));
    const id = rows[0]?.id ?? rowsOf(world, record)[0]!.id;
    for (const [index, shape] of shapes.entries()) {
      // Several fields at a time would collide in one response: each shape takes one, in turn.
      const fields = columnsOf(record).filter((_, at) => at % shapes.length === index || rows.length > 0);
      for (const { name } of fields.slice(0, 40)) {
        const { text, key } = shape(record.name, name);
        const named = text === "...Named" ? ` fragment Named on ${record.name} { ${name} }` : "";
        const [plain, other] = await Promise.all([
          server.ask(caller, `{ node(id: "${id}") { ... on ${record.name} { ${name} } } }`),
          server.ask(caller, `{ node(id: "${id}") { ... on ${record.name} { ${text} } } }${named}`),
        ]);
        expect([name, other.data?.node?.[key]]).toEqual([name, plain.data?.node?.[name]]);
        expect(other.extensions).toEqual(plain.extensions);
        expect(other.errors).toEqual(plain.errors);
      }
    }
  });

  test("nodes and edges, and there and back again to a depth of five, show the same customer", async () => {
    const caller = await server.callerOf(account);
    const fields = "id code name mobile taxId idNumber creditLimit rating healthNotes";
    const back = `id ${fields} orders(first: 2) { nodes { customer { ${fields} orders(first: 2) { edges { node { customer { ${fields} } } } } } } }`;
    const plain = await server.ask(caller, `{ customers(first: 20) { nodes { ${fields} } edges { node { ${fields} } } } }`);
    const detour = await server.ask(caller, `{ customers(first: 20) { nodes { ${back} } } }`);
    const known = new Map<string, string>();
    for (const customer of customersIn(plain)) known.set(customer.id, JSON.stringify(pick(customer)));
    for (const customer of customersIn(detour)) expect(JSON.stringify(pick(customer))).toBe(known.get(customer.id));
  });

  test("no secret is in any answer", async () => {
    const caller = await server.callerOf(account);
    const sight = sightOf(caller, policy, world);
    const secrets = new Set<string>();
    const open = new Set<string>();
    for (const record of allRecords())
      for (const row of rowsOf(world, record))
        for (const field of columnsOf(record)) {
          const value = field.value.kind === "column" ? row[field.value.column] : null;
          if (value === null || String(value).length < 6 || (field.value.kind === "column" && field.value.part)) continue;
          const clear = sight.reaches(record, row) && sight.cell(field, row).outcome === "CLEAR";
          if (clear) open.add(String(value));
          else if (["FINANCIAL", "PRIVATE", "BASIC", "SERVICE"].includes(field.fieldClass) && field.value.kind === "column" && field.value.scalar.type === "text")
            secrets.add(String(value));
        }
    for (const value of open) secrets.delete(value);
    // What is masked by the rulebook's own form may begin like a secret: whole values are what is looked for.
    expect(secrets.size).toBeGreaterThan(account === "cara" ? 20 : 50);
    for (const record of nodes) {
      const fields = columnsOf(record).map(({ name }) => name).join(" ");
      for (const { id } of sample(rowsOf(world, record))) {
        const answer = JSON.stringify(await server.ask(caller, `{ node(id: "${id}") { ... on ${record.name} { ${fields} ${accessOf(record)} } } }`));
        for (const secret of secrets) expect(answer.includes(secret), `${secret} in ${record.name}`).toBe(false);
      }
    }
  });

  test("an id out of reach and one that does not exist answer alike", async () => {
    const caller = await server.callerOf(account);
    const sight = sightOf(caller, policy, world);
    const query = server.ask;
    for (const record of nodes) {
      const hidden = rowsOf(world, record).filter((row) => !sight.reaches(record, row)).slice(0, 3);
      const root = record.name[0]!.toLowerCase() + record.name.slice(1);
      for (const { id } of hidden)
        for (const ask of [
          (one: string) => `{ node(id: "${one}") { __typename id ... on ${record.name} { ${accessOf(record)} } } }`,
          ...(schema.getQueryType()!.getFields()[root] ? [(one: string) => `{ ${root}(id: "${one}") { id } }`] : []),
        ])
          expect(JSON.stringify(await query(caller, ask(id)))).toBe(JSON.stringify(await query(caller, ask(`${record.idPrefix}_nobody`))));
    }
  });
});

const customersIn = (answer: Answer): (Row & { id: string })[] => {
  const found: Row[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (value && typeof value === "object") {
      if ("taxId" in value) found.push(value as Row);
      for (const inner of Object.values(value)) visit(inner);
    }
  };
  visit(answer.data);
  return found;
};
const pick = ({ orders: _, ...customer }: Row): object => customer;
const sample = (rows: readonly Row[]): readonly Row[] => rows.filter((_, index) => index < 5 || index % 9 === 0);

describe("strict mode", () => {
  const refused = { strict: true };
  test("shows everything clear or nothing, and lists what is in the way", async () => {
    const query = '{ customers(where: {code: {eq: "C1"}}) { nodes { name taxId idNumber } } }';
    const answer = await server.executeAs("cara", query, refused);
    expect(answer.data ?? null).toBe(null);
    expect(answer.errors).toHaveLength(1);
    expect(answer.errors![0]!.extensions).toMatchObject({
      code: "FIELD_WITHHELD",
      fields: [
        { field: "Customer.idNumber", outcome: "MASKED", reason: "TIER_TOO_LOW", rows: 1 },
        { field: "Customer.taxId", outcome: "MASKED", reason: "TIER_TOO_LOW", rows: 1 },
      ],
    });
    expect(JSON.stringify(answer)).not.toContain("林秀英");
  });

  test.each([
    ["cara", '{ customers(where: {code: {eq: "C1"}}) { nodes { name mobile } } }'],
    ["carl", '{ customers(where: {code: {eq: "C1"}}) { nodes { idNumber taxId } } }'],
    ["cu1", "{ customers { nodes { name idNumber } } }"],
  ])("answers %s as ever where all is clear", async (account, query) => {
    const answer = await server.executeAs(account, query, refused);
    expect(answer.errors).toBeUndefined();
    expect(answer).toEqual(await server.executeAs(account, query));
  });

  test.each([
    ["a field that is withheld below an edge", "sam", "{ customers(first: 5) { nodes { orders(first: 5) { nodes { amount } } } } }"],
    ["one masked cell among clear ones", "carl", '{ customers(where: {code: {in: ["C1", "C2"]}}) { nodes { idNumber } } }'],
    ["an alias", "cara", "{ customers(first: 5) { nodes { name: taxId } } }"],
    ["node", "ian", '{ node(id: "CID") { ... on Customer { name } } }'],
  ])("refuses %s", async (_what, account, query) => {
    const c1 = rowsOf(world, { name: "Customer" }).find(({ code }) => code === "C1")!.id;
    const answer = await server.executeAs(account, query.replace("CID", c1), refused);
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual(["FIELD_WITHHELD"]);
    expect(answer.data ?? null).toBe(null);
  });
});

describe("decisions", () => {
  const fields = ["name", "mobile", "taxId", "idNumber"];
  test("are made once for each field named, however many rows", async () => {
    const query = (first: number) => `{ customers(first: ${first}) { nodes { ${fields.join(" ")} } } }`;
    const made: number[] = [];
    for (const first of [1, 5, 500]) {
      await server.executeAs("carl", query(first));
      made.push(server.decisionsMade());
    }
    expect(new Set(made).size).toBe(1);
    expect(made[0]).toBe(fields.length);
  });

  test("are not made again for another alias, fragment, level or root", async () => {
    await server.executeAs("carl", `{ a: customers(first: 5) { nodes { name x: name ...F orders(first: 5) { nodes { customer { name taxId } } } } }
      b: customers(first: 7) { edges { node { name } } } } fragment F on Customer { taxId }`);
    expect(server.decisionsMade()).toBe(["Customer.name", "Customer.taxId", "Customer.orders", "Order.customer"].length);
  });

  test("grow with the uses of a field, not with the values given", async () => {
    const codes = JSON.stringify(Array.from({ length: 50 }, (_, index) => `C${index}`));
    await server.executeAs("cara", `{ customers(where: {or: [{code: {in: ${codes}}}, {name: {eq: "a"}}]}, orderBy: {field: name}) { nodes { name } } }`);
    expect(server.decisionsMade()).toBe(["filter code", "filter name", "sort name", "see name"].length);
  });
});

test("the kernel's branches for a row are what the rows in memory say", async () => {
  // The SQL takes the first branch that holds; so does this, for each account and the whole of each table.
  const caller = await server.callerOf("carl");
  const sight = sightOf(caller, policy, world);
  for (const record of nodes.filter((one) => accessOf(one).startsWith("access"))) {
    const fields = columnsOf(record).filter(({ name }) => name !== "id");
    for (const row of sample(rowsOf(world, record)).filter((one) => sight.reaches(record, one))) {
      const { data } = await server.ask(caller, `{ node(id: "${row.id}") { ... on ${record.name} { access { field outcome reason } } } }`);
      const told = new Map((data.node.access as { field: string; outcome: string; reason: string | null }[]).map((one) => [one.field, one]));
      for (const field of fields) {
        const { outcome, reason } = sight.cell(field, row);
        expect(told.get(`${record.name}.${field.name}`)).toMatchObject({ outcome, reason: reason?.code ?? null });
        expect(branchesOf(decide(caller, field, "SEE", policy), reach(caller, record, policy).rows).map((one) => one.outcome)).toContain(outcome);
      }
    }
  }
});
