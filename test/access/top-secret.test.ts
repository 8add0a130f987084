import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";

// Rulebook 3.3: a TOP_SECRET customer takes the clearance, and being its keeper or listed by name.

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
  const { db } = server.database;
  const idOf = async (staffNo: string) => (await db.employee.findUniqueOrThrow({ where: { staffNo } })).id;
  const [gina, mona] = [await idOf("gina"), await idOf("mona")];
  const keep = (code: string, keeperId: string) =>
    db.customer.update({ where: { code }, data: { secrecy: "TOP_SECRET", keeperId } });
  await keep("C2", gina);
  await keep("C3", mona);
  const { id } = await keep("C1", mona);
  await db.customerClearance.create({ data: { customerId: id, employeeId: gina } });
});
afterAll(() => server?.close());

test.each([
  ["gina", "C2", true, "its keeper, with the clearance"],
  ["gina", "C1", true, "listed by name, with the clearance"],
  ["gina", "C3", false, "the clearance alone"],
  ["mona", "C3", false, "its keeper, with a clearance for CONFIDENTIAL"],
  ["cara", "C1", false, "neither"],
])("%s and %s: opened %s to %s", async (account, code, opened) => {
  const query = `query ($code: String!) {
    first: customers(first: 1) { nodes { code secrecy name } }
    last: customers(last: 4) { nodes { code secrecy name } }
    found: customers(where: { code: { eq: $code } }) { totalCount }
  }`;
  const { data, extensions } = await server.executeAs(account, query, { variables: { code } });
  const lines = [...data.first.nodes, ...data.last.nodes];
  const line = lines.find((one: { code: string }) => one.code === code);
  expect(line.secrecy).toBe("TOP_SECRET");
  expect(line.name !== null).toBe(opened);
  expect(data.found.totalCount).toBe(opened ? 1 : 0);
  if (!opened) expect(extensions?.access?.fields.map(({ reason }) => reason)).toContain("CLEARANCE_REQUIRED");
});
