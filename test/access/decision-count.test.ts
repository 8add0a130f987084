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
    await server.executeAs(
      "carl",
      `{ a: customers(first: 5) { nodes { name x: name ...F orders(first: 5) { nodes { customer { name taxId } } } } }
      b: customers(first: 7) { edges { node { name } } } } fragment F on Customer { taxId }`,
    );
    expect(server.decisionsMade()).toBe(
      ["Customer.name", "Customer.taxId", "Customer.orders", "Order.customer"].length,
    );
  });

  test("grow with the uses of a field, not with the values given", async () => {
    const codes = JSON.stringify(Array.from({ length: 50 }, (_, index) => `C${index}`));
    await server.executeAs(
      "cara",
      `{ customers(where: {or: [{code: {in: ${codes}}}, {name: {eq: "a"}}]}, orderBy: {field: name}) { nodes { name } } }`,
    );
    expect(server.decisionsMade()).toBe(
      ["filter code", "filter name", "sort name", "sort id", "see name"].length,
    );
  });
});
