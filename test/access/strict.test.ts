import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TestDatabase } from "../support/database.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { smallDemo } from "../support/small-demo.js";

let database: TestDatabase;
let server: DemoServer;
beforeAll(async () => {
  database = await smallDemo();
  server = await demoServer({ database });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
});

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
    [
      "a field that is withheld below an edge",
      "sam",
      "{ customers(first: 5) { nodes { orders(first: 5) { nodes { amount } } } } }",
    ],
    [
      "one masked cell among clear ones",
      "carl",
      '{ customers(where: {code: {in: ["C1", "C2"]}}) { nodes { idNumber } } }',
    ],
    ["an alias", "cara", "{ customers(first: 5) { nodes { name: taxId } } }"],
    ["node", "ian", '{ node(id: "CID") { ... on Customer { name } } }'],
  ])("refuses %s", async (_what, account, query) => {
    const c1 = (await database.db.customer.findUniqueOrThrow({ where: { code: "C1" } })).id;
    const answer = await server.executeAs(account, query.replace("CID", c1), refused);
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual(["FIELD_WITHHELD"]);
    expect(answer.data ?? null).toBe(null);
  });
});
