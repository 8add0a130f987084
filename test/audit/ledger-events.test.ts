import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
/** The looks that the tests are about: sam, sue and pia at customers; sam is refused once. */
const looks = [
  ["sam", '{ customers(where: { code: { eq: "C1" } }) { nodes { code mobile rating idNumber } } }'],
  ["sue", "{ customers(first: 3) { nodes { code name } } }"],
  ["pia", "{ orders(first: 2) { nodes { orderNo } } }"],
  ["sam", '{ customers(where: { idNumber: { eq: "1" } }) { nodes { code } } }'],
] as const;

beforeAll(async () => {
  server = await demoServer();
  for (const [account, query] of looks) await server.executeAs(account, query);
});
afterAll(() => server?.close());

interface Event {
  id: string;
  person: { staffNo: string } | null;
  roots: string[];
  outcome: string;
  codes: string[];
}

const events = async (account: string, args = "", fields = ""): Promise<Event[]> => {
  const { data, errors } = await server.executeAs(
    account,
    `{ ledgerEvents(last: 100${args}) { nodes { id person { staffNo } roots outcome codes ${fields} } } }`,
  );
  expect(errors).toBeUndefined();
  return data.ledgerEvents.nodes;
};

const customerId = async (code: string) =>
  (await server.database.db.customer.findUniqueOrThrow({ where: { code } })).id;

const told = (nodes: readonly Event[]) =>
  nodes
    .filter(({ roots }) => !roots.includes("ledgerEvents"))
    .map(({ person, roots, outcome }) => `${person?.staffNo} ${roots.join()} ${outcome}`);

const all = [
  "sam customers ANSWERED",
  "sue customers ANSWERED",
  "pia orders ANSWERED",
  "sam customers REFUSED",
];
const samsAlone = [all[0], all[3]];

describe("who reads it", () => {
  test.each([
    ["audrey", "an auditor: all of it", all],
    ["ada", "administration: all of it", all],
    ["adam", "who reviews there: all of it", all],
    ["sue", "the head of sales: what its people did", [all[0], all[1], all[3]]],
    ["sam", "somebody: what they did themselves", samsAlone],
    ["dora", "who heads nobody: nothing of the others", []],
    ["pat", "who did nothing: nothing", []],
    ["cu1", "a customer: nothing of the company's people", []],
  ])("%s, %s", async (account, _who, expected) => {
    expect(told(await events(account))).toEqual(expected);
  });

  test("to read it is on record, and cannot be taken out of what is read", async () => {
    const before = await events("audrey");
    const after = await events("audrey");
    const own = after.filter(
      ({ person, roots }) => person?.staffNo === "audrey" && roots.includes("ledgerEvents"),
    );
    expect(own.length).toBeGreaterThan(0);
    expect(after.slice(0, before.length)).toEqual(before);
    const { id } = own.at(-1)!;
    const { data } = await server.executeAs(
      "ada",
      `{ ledgerEvent(id: "${id}") {
      touched(first: 5) { nodes { record clear withheld } totalCount } } }`,
    );
    expect(data.ledgerEvent.touched.nodes[0]).toMatchObject({ record: "LedgerEvent", withheld: [] });
  });

  test("from where others asked, a head is not told", async () => {
    const { data, extensions } = await server.executeAs(
      "sue",
      "{ ledgerEvents(last: 50) { nodes { address person { staffNo } } } }",
    );
    for (const { address, person } of data.ledgerEvents.nodes)
      if (person.staffNo === "sam") expect(address).toBeNull();
    expect(extensions?.access?.fields).toContainEqual(
      expect.objectContaining({ field: "LedgerEvent.address", outcome: "WITHHELD" }),
    );
  });

  test("out of reach and not existing are alike", async () => {
    const [first] = await events("audrey");
    for (const id of [first!.id, "led_zzz_1", "nonsense"])
      expect((await server.executeAs("pat", `{ ledgerEvent(id: "${id}") { id } }`)).data).toEqual({
        ledgerEvent: null,
      });
  });
});

describe("what is asked of it", () => {
  const person = async (staffNo: string) =>
    (await server.database.db.employee.findUniqueOrThrow({ where: { staffNo } })).id;

  test.each<[string, () => Promise<string>, readonly string[]]>([
    ["a person", async () => `, where: { personId: { eq: "${await person("pia")}" } }`, [all[2]!]],
    [
      "a device",
      async () => `, where: { deviceId: { eq: "${(await server.callerOf("sue")).device!.id}" } }`,
      [all[1]!],
    ],
    ["a customer", async () => `, customer: "${await customerId("C1")}"`, [all[0]!, all[2]!]],
    ["a customer without an id", async () => ', customer: ""', []],
    ["a field without a name", async () => ', field: ""', []],
    ["a customer that there is not", async () => ', customer: "cus_none"', []],
    ["a field that was shown", async () => ', where: { clear: { has: "Customer.mobile" } }', [all[0]!]],
    ["a field that was masked", async () => ', where: { masked: { has: "Customer.idNumber" } }', []],
    [
      "a field that was withheld",
      async () => ', where: { withheld: { has: "Customer.idNumber" } }',
      [all[0]!],
    ],
    ["a field, whatever became of it", async () => ', field: "Customer.idNumber"', [all[0]!, all[3]!]],
    ["a field that was filtered by", async () => ', field: "Customer.code"', [all[0]!, all[1]!]],
    ["a field that there is not", async () => ', field: "Customer.nothing"', []],
    [
      "a field of a customer",
      async () => `, field: "Customer.name", customer: "${await customerId("C1")}"`,
      [],
    ],
    ["what came of it", async () => ", where: { outcome: { eq: REFUSED } }", [all[3]!]],
    ["a code", async () => ', where: { codes: { has: "FILTER_FORBIDDEN" } }', [all[3]!]],
    ["a time", async () => `, where: { at: { lt: "${testNow.toISOString()}" } }`, []],
  ])("%s", async (_what, args, expected) => {
    expect(told(await events("ada", await args()))).toEqual(expected);
  });

  test("what was read of which record, by ids and names of fields, and no value", async () => {
    const customer = await server.database.db.customer.findUniqueOrThrow({ where: { code: "C1" } });
    const { data } = await server.executeAs(
      "audrey",
      `{ ledgerEvents(first: 1, customer: "${customer.id}", where: { personId: { eq: "${await person("sam")}" } }) { nodes { clear withheld used customers touched { nodes {
        record recordId customerId customer { name } clear masked withheld step } } } } }`,
    );
    const [event] = data.ledgerEvents.nodes;
    expect(event).toMatchObject({ used: ["Customer.code"], customers: 1 });
    expect(event.clear).toContain("Customer.mobile");
    expect(event.touched.nodes).toEqual([
      {
        ...{ record: "Customer", recordId: customer.id, customerId: customer.id, step: null },
        // An auditor holds no grant: whom it was about stays an id.
        customer: null,
        clear: ["Customer.code", "Customer.mobile", "Customer.rating"],
        masked: [],
        withheld: ["Customer.idNumber"],
      },
    ]);
    expect(JSON.stringify(data)).not.toContain(customer.name);
  });
});
