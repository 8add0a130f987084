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
  (schema.getType(name) as GraphQLObjectType).getFields().access
    ? "access { field outcome reason needs }"
    : "__typename";
const columnsOf = (record: RecordType) =>
  [...record.fields.values()].filter(({ value }) => value.kind === "column");

/** A selection of fields in another form: its text, and the response key of each field. */
type Shape = (type: string, fields: readonly string[]) => { text: string; key(index: number): string };

const asNamed =
  (text: (type: string, fields: string) => string): Shape =>
  (type, fields) => ({
    text: text(type, fields.join(" ")),
    key: (index) => fields[index]!,
  });

const shapes: readonly (readonly [string, Shape])[] = [
  [
    "aliases",
    (_, fields) => ({ text: fields.map((name, at) => `a${at}: ${name}`).join(" "), key: (at) => `a${at}` }),
  ],
  [
    "aliases that are the names of other fields",
    (_, fields) => {
      const key = (at: number) => fields[(at + 1) % fields.length]!;
      return { text: fields.map((name, at) => `${key(at)}: ${name}`).join(" "), key };
    },
  ],
  ["an inline fragment", asNamed((type, fields) => `... on ${type} { ${fields} }`)],
  ["a fragment without a type", asNamed((_, fields) => `... { ${fields} }`)],
  [
    "a fragment on the interface",
    asNamed((type, fields) => `... on Node { id ... on ${type} { ${fields} } }`),
  ],
  [
    "nested fragments",
    asNamed((type, fields) => `... on ${type} { ... on Node { ... { ... on ${type} { ${fields} } } } }`),
  ],
  ["a named fragment", asNamed(() => "...Named")],
  ["a fragment in a fragment", asNamed((type) => `... on ${type} { ...Outer }`)],
  ["everything twice", asNamed((_, fields) => `${fields} ... { ${fields} } __typename`)],
  ["@include", asNamed((_, fields) => `... @include(if: true) { ${fields} }`)],
  ["@skip by variable", asNamed((_, fields) => `... @skip(if: $no) { ${fields} } id`)],
  [
    "half plain, half in a fragment",
    asNamed((_, fields) => `... { ${fields.slice(0, fields.indexOf(" "))} } ${fields}`),
  ],
];

const definitions = (text: string, type: string, fields: readonly string[]): string => {
  const all = fields.join(" ");
  if (text.includes("...Named")) return `fragment Named on ${type} { ${all} }`;
  if (text.includes("...Outer"))
    return `fragment Outer on Node { ...Inner } fragment Inner on ${type} { ${all} }`;
  return "";
};

/** The server's bound on aliases is 30. */
const chunks = <Item>(items: readonly Item[], size = 25): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));

describe.each(callers)("as %s", (account) => {
  test.each(nodes.map((record) => [record.name, record] as const))(
    "%s by node, in every shape",
    async (_name, record) => {
      const caller = await server.callerOf(account);
      const rows = rowsOf(world, record).filter((row) => sightOf(caller, policy, world).reaches(record, row));
      const id = rows[0]?.id ?? rowsOf(world, record)[0]!.id;
      for (const fields of chunks(columnsOf(record).map(({ name }) => name))) {
        const asked = (text: string) => {
          const head = text.includes("$no") ? "query ($no: Boolean = false)" : "query";
          return server.ask(
            caller,
            `${head} { node(id: "${id}") { ... on ${record.name} { ${text} } } } ${definitions(text, record.name, fields)}`,
          );
        };
        const plain = await asked(fields.join(" "));
        expect(plain.errors).toBeUndefined();
        for (const [name, shape] of shapes) {
          const { text, key } = shape(record.name, fields);
          const other = await asked(text);
          const values = fields.map((_, at) => other.data?.node?.[key(at)]);
          expect([name, ...values]).toEqual([name, ...fields.map((field) => plain.data?.node?.[field])]);
          expect([name, other.extensions, other.errors]).toEqual([name, plain.extensions, undefined]);
        }
      }
    },
  );

  test("nodes and edges, and there and back again to a depth of five, show the same customer", async () => {
    const caller = await server.callerOf(account);
    const fields = "id code name mobile taxId idNumber creditLimit rating healthNotes";
    const back = `id ${fields} orders(first: 2) { nodes { customer { ${fields} orders(first: 2) { edges { node { customer { ${fields} } } } } } } }`;
    const plain = await server.ask(
      caller,
      `{ customers(first: 20) { nodes { ${fields} } edges { node { ${fields} } } } }`,
    );
    const detour = await server.ask(caller, `{ customers(first: 20) { nodes { ${back} } } }`);
    const known = new Map<string, string>();
    for (const customer of customersIn(plain)) known.set(customer.id, JSON.stringify(pick(customer)));
    for (const customer of customersIn(detour))
      expect(JSON.stringify(pick(customer))).toBe(known.get(customer.id));
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
          if (
            value === null ||
            String(value).length < 6 ||
            (field.value.kind === "column" && field.value.part)
          )
            continue;
          const clear = sight.reaches(record, row) && sight.cell(field, row).outcome === "CLEAR";
          if (clear) open.add(String(value));
          else if (
            ["FINANCIAL", "PRIVATE", "BASIC", "SERVICE"].includes(field.fieldClass) &&
            field.value.kind === "column" &&
            field.value.scalar.type === "text"
          )
            secrets.add(String(value));
        }
    for (const value of open) secrets.delete(value);
    // What is masked by the rulebook's own form may begin like a secret: whole values are what is looked for.
    expect(secrets.size).toBeGreaterThan(account === "cara" ? 20 : 50);
    for (const record of nodes) {
      const fields = columnsOf(record)
        .map(({ name }) => name)
        .join(" ");
      for (const { id } of sample(rowsOf(world, record))) {
        const answer = JSON.stringify(
          await server.ask(
            caller,
            `{ node(id: "${id}") { ... on ${record.name} { ${fields} ${accessOf(record)} } } }`,
          ),
        );
        for (const secret of secrets)
          expect(answer.includes(secret), `${secret} in ${record.name}`).toBe(false);
      }
    }
  });

  test("an id out of reach and one that does not exist answer alike", async () => {
    const caller = await server.callerOf(account);
    const sight = sightOf(caller, policy, world);
    const query = server.ask;
    for (const record of nodes) {
      const hidden = rowsOf(world, record)
        .filter((row) => !sight.reaches(record, row))
        .slice(0, 3);
      const root = record.name[0]!.toLowerCase() + record.name.slice(1);
      for (const { id } of hidden)
        for (const ask of [
          (one: string) =>
            `{ node(id: "${one}") { __typename id ... on ${record.name} { ${accessOf(record)} } } }`,
          ...(schema.getQueryType()!.getFields()[root]
            ? [(one: string) => `{ ${root}(id: "${one}") { id } }`]
            : []),
        ])
          expect(JSON.stringify(await query(caller, ask(id)))).toBe(
            JSON.stringify(await query(caller, ask(`${record.idPrefix}_nobody`))),
          );
    }
  });
});

const customersIn = (answer: Answer): (Row & { id: string })[] => {
  const found: Row[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (value && typeof value === "object") {
      if ("taxId" in value) found.push(value as unknown as Row);
      for (const inner of Object.values(value)) visit(inner);
    }
  };
  visit(answer.data);
  return found;
};
const pick = ({ orders: _, ...customer }: Row): object => customer;
const sample = (rows: readonly Row[]): readonly Row[] =>
  rows.filter((_, index) => index < 5 || index % 9 === 0);

test("the kernel's branches for a row are what the rows in memory say", async () => {
  // The SQL takes the first branch that holds; so does this, for each account and the whole of each table.
  const caller = await server.callerOf("carl");
  const sight = sightOf(caller, policy, world);
  for (const record of nodes.filter((one) => accessOf(one).startsWith("access"))) {
    const fields = columnsOf(record).filter(({ name }) => name !== "id");
    for (const row of sample(rowsOf(world, record)).filter((one) => sight.reaches(record, one))) {
      const { data } = await server.ask(
        caller,
        `{ node(id: "${row.id}") { ... on ${record.name} { access { field outcome reason } } } }`,
      );
      const told = new Map(
        (data.node.access as { field: string; outcome: string; reason: string | null }[]).map((one) => [
          one.field,
          one,
        ]),
      );
      for (const field of fields) {
        const { outcome, reason } = sight.cell(field, row);
        expect(told.get(`${record.name}.${field.name}`)).toMatchObject({
          outcome,
          reason: reason?.code ?? null,
        });
        expect(
          branchesOf(decide(caller, field, "SEE", policy), reach(caller, record, policy).rows).map(
            (one) => one.outcome,
          ),
        ).toContain(outcome);
      }
    }
  }
});
