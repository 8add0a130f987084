import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, demoServer } from "./support/execute-as.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server.close());

const mine = async (account: string, type: string) => {
  const query = `query ($type: String) { myAccess(type: $type) {
    type reach reason needs fields { field fieldClass filter see { rows outcome reason request } } } }`;
  const { data } = await server.executeAs(account, query, { variables: { type } });
  const [found] = data.myAccess;
  return {
    ...found,
    // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
    field: (name: string) => found.fields.find(({ field }: any) => field === `${type}.${name}`),
  };
};

test("accessMatrix is the matrix in force", async () => {
  const { data } = await server.executeAs(
    "sam",
    "{ accessMatrix { version baseConditions rules { fieldClass operation tier conditions } } }",
  );
  expect(data.accessMatrix.baseConditions).toEqual([
    ...["device", "training", "commitment", "purpose", "review"],
  ]);
  expect(data.accessMatrix.rules).toContainEqual({
    fieldClass: "PRIVATE",
    operation: "SEE_CLEAR",
    tier: "SENSITIVE",
    conditions: ["DECLARATION"],
  });
  expect(data.accessMatrix.rules).toHaveLength(60);
});

test.each([
  ["sam", "name", ["CLEAR"], true],
  ["sam", "idNumber", ["WITHHELD"], false],
  ["pat", "name", ["MASKED"], false],
  ["cara", "idNumber", ["MASKED"], false],
  ["carl", "idNumber", ["MASKED"], false],
  ["cu1", "idNumber", ["CLEAR"], true],
  ["cu1", "rating", ["WITHHELD"], false],
])("myAccess tells %s of %s: %j", async (account, name, outcomes, filter) => {
  const field = (await mine(account, "Customer")).field(name);
  const inClearance = field.see.filter(({ reason }: { reason: string }) => reason !== "CLEARANCE_REQUIRED");
  expect(inClearance.map(({ outcome }: { outcome: string }) => outcome)).toEqual(outcomes);
  expect(field.filter).toBe(filter);
});

test("myAccess tells what would help", async () => {
  const carl = (await mine("carl", "Customer")).field("idNumber");
  expect(carl.see[0]).toMatchObject({ reason: "DECLARATION_REQUIRED", request: "fileSensitiveUse" });
});

test("myAccess tells why a type is out of reach", async () => {
  expect(await mine("neo", "Customer")).toMatchObject({ reach: [], reason: "DEVICE_UNREGISTERED" });
  expect(await mine("vic", "Customer")).toMatchObject({ reach: [], reason: "NDA_REQUIRED" });
});

test("what myAccess says of filters is what a filter meets", async () => {
  for (const account of ["sam", "pat", "cara", "cu1"]) {
    for (const name of ["name", "mobile", "rating", "idNumber", "creditLimit"]) {
      const { filter } = (await mine(account, "Customer")).field(name);
      const { errors } = await server.executeAs(
        account,
        `{ customers(where: { ${name}: { isNull: false } }) { totalCount } }`,
      );
      expect([account, name, errors?.[0]?.extensions?.code ?? "answered"]).toEqual([
        account,
        name,
        filter ? "answered" : "FILTER_FORBIDDEN",
      ]);
    }
  }
});
