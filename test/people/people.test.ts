import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

test.each(["sam", "neo", "cu1", "vic"])("me is %s, with pay and trainings", async (account) => {
  const { data, extensions } = await server.executeAs(
    account,
    "{ me { staffNo payroll attendance performance trainingRecords { kind topics state } commitments { kind } } }",
  );
  expect(data.me.staffNo).toBe(account);
  expect(extensions?.access?.fields ?? []).toEqual([]);
});

describe("an employee", () => {
  const query =
    "query ($id: ID!) { employee(id: $id) { staffNo department post joinedAt payroll trainingRecords { state } } }";
  const card = { staffNo: "sam", department: "SALES", post: "Seller" };
  const trainings = [{ state: "PASSED" }, { state: "PASSED" }];
  const hidden = { joinedAt: null, payroll: null, trainingRecords: null };

  test.each<[string, object | null]>([
    ["sam", { ...card, joinedAt: expect.any(String), trainingRecords: trainings }],
    ["sue", { ...card, joinedAt: expect.any(String), payroll: null, trainingRecords: trainings }],
    ["clerk", { ...card, joinedAt: expect.any(String), payroll: null, trainingRecords: null }],
    ["pat", { ...card, ...hidden }],
    ["gina", { ...card, ...hidden }],
    ["vic", null],
    ["cu1", null],
  ])("sam as %s sees him", async (account, expected) => {
    const { id } = await server.database.db.employee.findUniqueOrThrow({ where: { staffNo: "sam" } });
    const { data } = await server.executeAs(account, query, { variables: { id } });
    if (expected) expect(data.employee).toMatchObject(expected);
    else expect(data.employee).toBeNull();
  });
});

test("outsiders list nobody but themselves", async () => {
  const { data } = await server.executeAs("vic", "{ employees { totalCount nodes { staffNo } } }");
  expect(data.employees).toEqual({ totalCount: 1, nodes: [{ staffNo: "vic" }] });
});

test.each(["sam", "cu1"])("departments and purposes are for everybody to read: %s", async (account) => {
  const { data } = await server.executeAs(
    account,
    "{ departments { code name tierCeiling } purposes { code ownerDepartment legalBasis retentionMonths } }",
  );
  expect(data.departments).toHaveLength(await server.database.db.department.count());
  expect(data.departments[0]).toEqual({
    code: "MANAGEMENT",
    name: expect.any(String),
    tierCeiling: expect.any(String),
  });
  expect(data.purposes.map(({ code }: { code: string }) => code)).toEqual(
    (await server.database.db.purpose.findMany({ orderBy: { code: "asc" } })).map(({ code }) => code),
  );
});
