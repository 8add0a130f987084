import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { testNow } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

// What one operation leaves in the ledger: through the real schema, on a real database.

let server: DemoServer;
let client: pg.Client;
beforeAll(async () => {
  server = await demoServer();
  client = new pg.Client({ connectionString: server.database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await server?.close();
});

interface Recorded {
  readonly id: string;
  readonly kind: string;
  readonly roots: string[];
  readonly outcome: string;
  readonly codes: string[];
  readonly reasons: string[];
  readonly principalId: string | null;
  readonly department: string | null;
  readonly deviceId: string | null;
  readonly address: string | null;
  readonly purpose: string | null;
  readonly grants: string[];
  readonly declarations: string[];
  readonly requestId: string;
  readonly used: string[] | null;
  readonly touches: Touched[];
}

interface Touched {
  readonly record: string;
  readonly recordId: string;
  readonly customerId: string | null;
  readonly step: string | null;
  readonly clear: string[] | null;
  readonly masked: string[] | null;
  readonly withheld: string[] | null;
}

let seen = 0;
/** The events that have been added since this was last asked. */
async function recorded(): Promise<Recorded[]> {
  const { rows } = await client.query<Recorded>(`
    SELECT e.*, f."used",
      (SELECT coalesce(json_agg(json_build_object('record', t."record", 'recordId', t."recordId",
          'customerId', t."customerId", 'step', t."step", 'clear', s."clear", 'masked', s."masked",
          'withheld', s."withheld") ORDER BY t."position"), '[]')
        FROM ledger.touch t LEFT JOIN ledger.fields s ON s."id" = t."fields" WHERE t."eventId" = e."id") AS "touches"
    FROM ledger.event e LEFT JOIN ledger.fields f ON f."id" = e."fields"
    ORDER BY e."segment", e."seq"`);
  const added = rows.slice(seen);
  seen = rows.length;
  return added;
}
beforeEach(() => recorded());

const customerId = async (code: string): Promise<string> =>
  (await server.database.db.customer.findUniqueOrThrow({ where: { code } })).id;

test("a look is one event, and a row for each record, with what was clear, masked and withheld", async () => {
  await server.executeAs(
    "cara",
    `{ c: customers(where: { code: { eq: "C1" } }) { nodes { aka: name idNumber orders { nodes { status amount } } } } }`,
  );
  const [event, ...others] = await recorded();
  expect(others).toEqual([]);
  const id = await customerId("C1");
  expect(event).toMatchObject({
    ...{ kind: "QUERY", roots: ["customers"], outcome: "ANSWERED", codes: [] },
    ...{ reasons: ["TIER_TOO_LOW"], principalId: employeeId("cara"), department: "CUSTOMER_SERVICE" },
    ...{ purpose: "CUSTOMER_SERVICE", declarations: [], used: ["Customer.code"] },
  });
  expect(event!.grants).toHaveLength(1);
  expect(event!.deviceId).toMatch(/^dev_/);
  expect(event!.touches).toHaveLength(3);
  expect(event!.touches).toContainEqual({
    ...{ record: "Customer", recordId: id, customerId: id, step: null },
    ...{ clear: ["Customer.name", "Customer.orders"], masked: ["Customer.idNumber"], withheld: [] },
  });
  expect(event!.touches.filter(({ record }) => record === "Order")).toMatchObject(
    Array.from({ length: 2 }, () => ({
      ...{ customerId: id, clear: ["Order.status"], masked: ["Order.amount"], withheld: [] },
    })),
  );
});

test("who asks who sees a field of a customer has asked about that customer, of whom nothing is read out", async () => {
  const id = await customerId("C1");
  const query = `{ whoCanSee(customerId: "${id}", field: "Customer.idNumber") { clear masked } }`;
  expect((await server.executeAs("ada", query)).errors).toBeUndefined();
  const [event] = await recorded();
  expect(event).toMatchObject({ roots: ["whoCanSee"], outcome: "ANSWERED", used: ["Customer.idNumber"] });
  expect(event!.touches).toEqual([
    { record: "Customer", recordId: id, customerId: id, step: null, clear: [], masked: [], withheld: [] },
  ]);
});

test("what is shown under the name of the type's own name is a look, whatever fails beside it", async () => {
  const id = await customerId("C1");
  const { data, errors } = await server.executeAs(
    "cara",
    `{ __typename: customer(id: "${id}") { mobile } other: whatCanSee(employeeId: "emp_none") { field } }`,
  );
  expect(data.__typename.mobile).toBeTypeOf("string");
  expect(errors).toHaveLength(1);
  const [event] = await recorded();
  expect(event).toMatchObject({ outcome: "ANSWERED", codes: ["NOT_YOUR_ROLE"] });
  expect(event!.touches).toMatchObject([{ recordId: id, clear: ["Customer.mobile"] }]);
});

test("a record that is met on several paths is one row", async () => {
  await server.executeAs(
    "cara",
    `{ a: customers(where: { code: { eq: "C1" } }) { nodes { name } }
       b: customers(where: { code: { eq: "C1" } }) { nodes { mobile } edges { node { rating } } } }`,
  );
  const [event] = await recorded();
  expect(event!.touches).toMatchObject([
    { record: "Customer", clear: ["Customer.mobile", "Customer.name", "Customer.rating"] },
  ]);
});

describe("what is counted, refused or not there is an event too", () => {
  test.each<[string, string, string, object]>([
    ["a count", "cara", "{ customers { totalCount } }", { outcome: "ANSWERED", touches: [] }],
    ["nobody found", "cara", '{ customer(id: "cus_none") { name } }', { outcome: "ANSWERED", touches: [] }],
    [
      "a forbidden filter",
      "cara",
      '{ customers(where: { idNumber: { eq: "330106198503124264" } }) { totalCount } }',
      { outcome: "REFUSED", codes: ["FILTER_FORBIDDEN"], roots: ["customers"], used: ["Customer.idNumber"] },
    ],
    [
      "no device",
      "neo",
      "{ customers { nodes { name } } }",
      { outcome: "REFUSED", codes: ["DEVICE_UNREGISTERED"] },
    ],
    [
      "an unknown field",
      "cara",
      "{ customers { nodes { ssn } } }",
      { kind: "QUERY", outcome: "REFUSED", roots: [] },
    ],
    [
      "an unknown mutation",
      "cara",
      "mutation { deleteEverything { id } }",
      { kind: "MUTATION", outcome: "REFUSED", codes: ["GRAPHQL_VALIDATION_FAILED"], roots: [] },
    ],
    [
      "no document at all",
      "cara",
      "mutation {",
      { kind: "QUERY", outcome: "REFUSED", codes: ["GRAPHQL_PARSE_FAILED"], roots: [] },
    ],
    [
      "one root refused, one answered",
      "tim",
      "{ me { name } customers { nodes { name } } }",
      { outcome: "ANSWERED", roots: ["customers", "me"] },
    ],
  ])("%s", async (_case, account, query, expected) => {
    await server.executeAs(account, query);
    const events = await recorded();
    expect(events).toMatchObject([{ principalId: employeeId(account), ...expected }]);
  });

  test("an answer that strict mode refuses has shown nothing", async () => {
    await server.executeAs("cara", '{ customers(where: { code: { eq: "C1" } }) { nodes { idNumber } } }', {
      strict: true,
    });
    expect(await recorded()).toMatchObject([
      { outcome: "REFUSED", codes: ["FIELD_WITHHELD"], reasons: ["TIER_TOO_LOW"], touches: [] },
    ]);
  });

  test("the schema alone is none", async () => {
    await server.executeAs("ian", "{ __typename __schema { queryType { name } } }");
    expect(await recorded()).toEqual([]);
  });
});

test("a step is on record before it begins and when it is taken, as one request", async () => {
  const { data } = await server.executeAs(
    "cara",
    `mutation { openServiceCase: reportIncident(input: { kind: OTHER, text: "A drawer was open." }) { incident { id state } } }`,
  );
  const { id } = data.openServiceCase.incident as { id: string };
  const [begun, done] = await recorded();
  expect(begun).toMatchObject({ kind: "MUTATION", roots: ["reportIncident"], outcome: "BEGUN", touches: [] });
  expect(done).toMatchObject({ outcome: "ANSWERED", requestId: begun!.requestId });
  expect(done!.touches).toContainEqual(
    expect.objectContaining({ record: "Incident", recordId: id, step: "- report REPORTED" }),
  );
});

test("a purpose that is on no grant is not written down, nor anything else that was typed", async () => {
  await server.executeAs(
    "cara",
    'query secret_of_4711 { customers(where: { name: { eq: "secret 4711" } }) { secret4711: totalCount } }',
    { purpose: "secret-4711" },
  );
  const events = await recorded();
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain("4711");
  expect(events[0]!.purpose).toBeNull();
});

test("no value of a customer stands in it", async () => {
  const fields = "name mobile email address idNumber taxId balance rating dateOfBirth";
  for (const account of ["sam", "cara", "pat", "fin", "cu1"])
    await server.executeAs(account, `{ customers(where: { code: { eq: "C1" } }) { nodes { ${fields} } } }`);
  const stored = await server.database.db.customer.findUniqueOrThrow({ where: { code: "C1" } });
  const { rows } = await client.query<{ text: string }>(
    "SELECT e::text AS text FROM ledger.event e UNION ALL SELECT t::text FROM ledger.touch t UNION ALL SELECT f::text FROM ledger.fields f",
  );
  const text = rows.map((row) => row.text).join("\n");
  for (const value of [stored.name, stored.mobile, stored.idNumber, stored.address, stored.email])
    expect(text).not.toContain(String(value));
});

test("what opened a field is named: the grant, and the declaration", async () => {
  const { data, errors } = await server.executeAs(
    "carl",
    `mutation ($input: FileSensitiveUseInput!) { fileSensitiveUse(input: $input) { sensitiveUse { id } } }`,
    {
      variables: {
        input: {
          purpose: "CUSTOMER_SERVICE",
          customerIds: [await customerId("C2")],
          fields: ["Customer.taxId"],
          plannedUntil: new Date(testNow.getTime() + 3_600_000).toISOString(),
        },
      },
    },
  );
  expect(errors).toBeUndefined();
  await recorded();
  await server.executeAs("carl", '{ customers(where: { code: { eq: "C2" } }) { nodes { taxId } } }');
  const [event] = await recorded();
  expect(event!.touches).toMatchObject([{ clear: ["Customer.taxId"] }]);
  expect(event!.declarations).toEqual([data.fileSensitiveUse.sensitiveUse.id]);
});
