import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server.close());

test.each([
  ["a root connection", "customers(first: 1) { totalCount @skip(if: $all) }", { customers: {} }],
  ["its rows", "customers(first: 1) { nodes { name @skip(if: $all) } }", { customers: { nodes: [{}] } }],
  [
    "its edges",
    "customers(first: 1) { edges { cursor @skip(if: $all) } pageInfo { endCursor @skip(if: $all) } }",
    { customers: { edges: [{}], pageInfo: {} } },
  ],
  [
    "a connection below",
    "customers(first: 1) { nodes { orders { totalCount @skip(if: $all) } } }",
    { customers: { nodes: [{ orders: {} }] } },
  ],
  [
    "an edge to one",
    "customers(first: 1) { nodes { ownerEmployee { name @skip(if: $all) } } }",
    { customers: { nodes: [{ ownerEmployee: {} }] } },
  ],
  ["the only field", "customers(first: 1) @skip(if: $all) { totalCount }", {}],
])("everything skipped of %s answers what is left: nothing", async (_case, selection, data) => {
  const query = `query ($all: Boolean!) { ${selection} }`;
  expect(await server.executeAs("sam", query, { variables: { all: true } })).toEqual({ data });
});
