import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allRecords } from "../../src/access/classified.js";
import { policy } from "../../src/access/policy.js";
import type { ClassifiedField, RecordType } from "../../src/access/record.js";
import type { TestDatabase } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { maskedForm } from "../support/mask-forms.js";
import { smallDemo } from "../support/small-demo.js";
import { type Row, rowsOf, sightOf, type World, worldOf } from "../support/world.js";

// Person × field × record → outcome: what rulebook 3.2 gives to each post, through the kernel and through a request.
// carl has an open declaration for idNumber and taxId of C1, and for nothing else.

const customers = `
  who   | record | name   | mobile | businessNeeds             | taxId                         | idNumber                      | birthYear
  sam   | C1     | clear  | clear  | clear                     | withheld TIER_TOO_LOW         | withheld TIER_TOO_LOW         | withheld TIER_TOO_LOW
  sam   | C2     | none
  sue   | C1     | none
  pat   | C1     | masked | masked | withheld FIELD_WITHHELD   | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  pia   | C1     | masked | masked | withheld FIELD_WITHHELD   | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  pat   | C4     | none
  tess  | C1     | none
  tim   | C1     | none
  neo   | C1     | none
  vic   | C1     | none
  adam  | C1     | none
  ada   | C1     | none
  clerk | C1     | none
  cara  | C1     | clear  | clear  | clear                     | masked TIER_TOO_LOW           | masked TIER_TOO_LOW           | clear
  cara  | C2     | clear  | clear  | clear                     | masked TIER_TOO_LOW           | masked TIER_TOO_LOW           | clear
  cara  | C4     | clear  | clear  | clear                     | masked TIER_TOO_LOW           | masked TIER_TOO_LOW           | clear
  spec  | C1     | clear  | clear  | clear                     | masked TIER_TOO_LOW           | masked TIER_TOO_LOW           | clear
  carl  | C1     | clear  | clear  | clear                     | clear                         | clear                         | clear
  carl  | C2     | clear  | clear  | clear                     | masked DECLARATION_REQUIRED   | masked DECLARATION_REQUIRED   | clear
  mona  | C1     | clear  | clear  | clear                     | masked DECLARATION_REQUIRED   | masked DECLARATION_REQUIRED   | clear
  mona  | C3     | clear  | clear  | clear                     | masked DECLARATION_REQUIRED   | masked DECLARATION_REQUIRED   | clear
  sven  | C3     | clear  | clear  | clear                     | masked DECLARATION_REQUIRED   | masked DECLARATION_REQUIRED   | clear
  cara  | C3     | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED
  carl  | C3     | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED
  dora  | C1     | clear  | clear  | clear                     | masked TIER_TOO_LOW           | masked TIER_TOO_LOW           | clear
  fin   | C1     | masked | masked | withheld FIELD_WITHHELD   | clear                         | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  fin   | C2     | masked | masked | withheld FIELD_WITHHELD   | clear                         | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  gina  | C1     | clear  | clear  | clear                     | masked TIER_TOO_LOW           | masked TIER_TOO_LOW           | clear
  gina  | C3     | clear  | clear  | clear                     | masked TIER_TOO_LOW           | masked TIER_TOO_LOW           | clear
  ian   | C1     | masked | masked | withheld FIELD_WITHHELD   | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  ian   | C2     | none
  bo    | C1     | masked | masked | withheld FIELD_WITHHELD   | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  bo    | C2     | none
  cory  | C1     | masked | masked | withheld FIELD_WITHHELD   | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  cory  | C2     | none
  qin   | C1     | masked | masked | withheld FIELD_WITHHELD   | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  qin   | C2     | none
  cu1   | C1     | clear  | clear  | withheld FIELD_WITHHELD   | clear                         | clear                         | clear
  cu1   | C2     | none
  rep   | C1     | masked | masked | clear                     | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD       | withheld FIELD_WITHHELD
  rep   | C3     | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED | withheld CLEARANCE_REQUIRED`;

const orders = `
  who   | record | product                 | quantity                | amount                      | deliveryAddress
  sam   | O1     | clear                   | clear                   | withheld TIER_TOO_LOW       | clear
  sam   | O3     | none
  pat   | O1     | withheld FIELD_WITHHELD | clear                   | withheld FIELD_WITHHELD     | masked
  pat   | O3     | withheld FIELD_WITHHELD | clear                   | withheld FIELD_WITHHELD     | masked
  pat   | O2     | none
  cara  | O1     | clear                   | clear                   | masked TIER_TOO_LOW         | clear
  fin   | O1     | withheld FIELD_WITHHELD | withheld FIELD_WITHHELD | clear                       | masked
  ian   | O1     | withheld FIELD_WITHHELD | withheld FIELD_WITHHELD | withheld FIELD_WITHHELD     | masked
  rep   | O1     | clear                   | clear                   | withheld FIELD_WITHHELD     | masked
  cu1   | O1     | clear                   | clear                   | clear                       | clear
  cu1   | O3     | none`;

const serviceCases = `
  who   | record        | content                     | kind
  sam   | the one of C1 | masked TIER_TOO_LOW         | clear
  cara  | the one of C1 | clear                       | clear
  qin   | the one of C1 | clear                       | clear
  qin   | the one of C2 | none
  pat   | the one of C1 | none
  cu1   | the one of C1 | clear                       | clear`;

interface Line {
  readonly who: string;
  readonly record: string;
  readonly cells: Readonly<Record<string, string>>;
}

function linesOf(table: string): Line[] {
  const [head, ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return lines.map(([who, record, ...cells]) => ({
    who: who!,
    record: record!,
    cells:
      cells[0] === "none"
        ? {}
        : Object.fromEntries(head!.slice(2).map((name, index) => [name, cells[index]!])),
  }));
}

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

const recordNamed = (name: string): RecordType => allRecords().find((record) => record.name === name)!;

function rowOf(type: string, record: string): Row {
  const customer = (code: string) => rowsOf(world, { name: "Customer" }).find((row) => row.code === code)!;
  const row =
    type === "Customer"
      ? customer(record)
      : rowsOf(world, { name: type }).find((one) =>
          type === "Order" ? one.orderNo === record : one.customerId === customer(record.slice(-2)).id,
        );
  if (!row) throw new Error(`There is no ${record}`);
  return row;
}

/** What an answer must hold where the outcome is this one. */
function shown(field: ClassifiedField, row: Row, outcome: string): unknown {
  if (field.value.kind !== "column" || outcome.startsWith("withheld")) return null;
  const stored = row[field.value.column];
  const value = field.value.part === "year" && stored !== null ? Number(String(stored).slice(0, 4)) : stored;
  return outcome === "clear" ? value : maskedForm(field.mask, value, row);
}

const comparable = (value: unknown): unknown =>
  value === null || Number.isNaN(Number(value)) || typeof value === "boolean" ? value : Number(value);

async function check(type: string, root: string, { who, record: named, cells }: Line): Promise<void> {
  const row = rowOf(type, named);
  const record = recordNamed(type);
  const sight = sightOf(await server.callerOf(who), policy, world);
  const fields = Object.keys(cells).map((name) => record.fields.get(name)!);
  const said = (outcome: string, reason: string | null | undefined) =>
    `${outcome.toLowerCase()}${reason && outcome !== "CLEAR" ? ` ${reason}` : ""}`;
  // A cell that only says `masked` or `withheld` leaves the reason open.
  const expected = Object.fromEntries(
    Object.entries(cells).map(([name, cell]) => [name, expect.stringMatching(`^${cell}( |$)`)]),
  );

  expect(sight.reaches(record, row)).toBe(fields.length > 0);
  const decided = fields.map((field) => {
    const { outcome, reason } = sight.cell(field, row);
    return [field.name, said(outcome, reason?.code)];
  });
  expect(Object.fromEntries(decided)).toEqual(expected);

  const asked = fields.map(({ name }) => name).join(" ") || "id";
  const { data } = await server.executeAs(
    who,
    `{ row: ${root}(id: "${row.id}") { ${asked} access { field outcome reason } } }`,
  );
  if (fields.length === 0) return expect(data?.row ?? null).toBe(null);
  const told = (data.row.access as { field: string; outcome: string; reason: string | null }[]).map(
    ({ field, outcome, reason }) => [field.split(".")[1]!, said(outcome, reason)] as const,
  );
  expect(Object.fromEntries(told.filter(([name]) => name in cells))).toEqual(expected);
  for (const field of fields)
    expect([field.name, comparable(data.row[field.name])]).toEqual([
      field.name,
      comparable(shown(field, row, cells[field.name]!)),
    ]);
}

describe.each([
  ["Customer", "customer", linesOf(customers)],
  ["Order", "order", linesOf(orders)],
  ["ServiceCase", "serviceCase", linesOf(serviceCases)],
])("%s", (type, root, lines) => {
  test.each(lines)("$who sees of $record: $cells", (line) => check(type, root, line));
});

describe("in one list", () => {
  test("carl sees C1 clear and C2 masked, by one statement", async () => {
    const query = '{ customers(where: {code: {in: ["C1", "C2"]}}) { nodes { code idNumber } } }';
    const { data } = await server.executeAs("carl", query);
    const [c1, c2] = [rowOf("Customer", "C1"), rowOf("Customer", "C2")];
    expect(data.customers.nodes).toEqual([
      { code: "C1", idNumber: c1.idNumber },
      { code: "C2", idNumber: maskedForm("idNumber", c2.idNumber, c2) },
    ]);
    expect(await server.sqlOf("carl", query)).toHaveLength(1);
  });

  test("cara sees C3 by its code and mark alone, mona sees it whole", async () => {
    const query = "{ customers(first: 500) { nodes { code secrecy name status } } }";
    const lineOf = async (account: string) => {
      const { data } = await server.executeAs(account, query);
      return (data.customers.nodes as { code: string }[]).find(({ code }) => code === "C3");
    };
    expect(await lineOf("cara")).toEqual({ code: "C3", secrecy: "CONFIDENTIAL", name: null, status: null });
    expect(await lineOf("mona")).toMatchObject({
      code: "C3",
      name: rowOf("Customer", "C3").name,
      status: "ACTIVE",
    });
  });
});

test.each([
  ["neo", "DEVICE_UNREGISTERED"],
  ["vic", "NDA_REQUIRED"],
  ["tim", "TIER_TOO_LOW"],
  ["tess", "TIER_TOO_LOW"],
])("%s is refused the list of customers: %s", async (account, code) => {
  const { data, errors } = await server.executeAs(account, "{ customers { totalCount } }");
  expect(data?.customers ?? null).toBe(null);
  expect(errors?.[0]?.extensions?.code).toBe(code);
});

test.each([["sam", "Employee", (row: Row) => row.name === "宋山"]])(
  "%s owns each customer in reach",
  async (account, _type, isMe) => {
    const me = rowsOf(world, { name: "Employee" }).find(isMe)!;
    const { data } = await server.executeAs(account, "{ customers(first: 500) { totalCount nodes { id } } }");
    const own = rowsOf(world, { name: "Customer" }).filter(({ ownerId }) => ownerId === me.id);
    expect(data.customers.nodes.map(({ id }: { id: string }) => id).sort()).toEqual(
      own.map(({ id }) => id).sort(),
    );
  },
);

test("fin reaches the customers with transactions, dora those of her department", async () => {
  const codesOf = async (account: string) => {
    const { data } = await server.executeAs(account, "{ customers(first: 500) { nodes { code } } }");
    return (data.customers.nodes as { code: string }[]).map(({ code }) => code).sort();
  };
  const all = rowsOf(world, { name: "Customer" });
  const billed = new Set(rowsOf(world, { name: "Transaction" }).map(({ customerId }) => customerId));
  expect(await codesOf("fin")).toEqual(
    all
      .filter(({ id }) => billed.has(id))
      .map(({ code }) => code)
      .sort(),
  );
  expect(await codesOf("dora")).toEqual(
    all
      .filter(({ departmentCode }) => departmentCode === "SALES")
      .map(({ code }) => code)
      .sort(),
  );
});
