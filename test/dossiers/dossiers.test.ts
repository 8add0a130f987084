import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
beforeAll(async () => {
  server = await demoServer();
});
afterAll(() => server?.close());

const dossierOf = (code: string) =>
  server.database.db.dossier.findFirstOrThrow({ where: { customer: { code } }, orderBy: { code: "asc" } });

const query =
  "query ($id: ID!) { dossier(id: $id) { code secrecy title indexTerms keeper { staffNo } customer { code } } }";

test.each<[string, boolean]>([
  ["mona", true],
  ["sven", true],
  ["cara", false],
])("of a CONFIDENTIAL dossier %s sees all: %s; others its catalogue line", async (account, all) => {
  const { id, code, title } = await dossierOf("C3");
  const { data } = await server.executeAs(account, query, { variables: { id } });
  expect(data.dossier).toMatchObject({
    code,
    secrecy: "CONFIDENTIAL",
    title: all ? title : null,
    customer: all ? { code: "C3" } : null,
  });
});

test.each([
  ["mona", 1],
  ["cara", 0],
])("is looked for only inside the clearance: by its code or title %s finds %i", async (account, count) => {
  const { code, title } = await dossierOf("C3");
  const { data } = await server.executeAs(
    account,
    `query ($code: String, $title: String) {
      byCode: dossiers(where: { code: { eq: $code } }) { totalCount }
      byTitle: dossiers(where: { and: [{ title: { eq: $title } }, { secrecy: { eq: CONFIDENTIAL } }, { code: { eq: $code } }] }) { totalCount }
    }`,
    { variables: { code, title } },
  );
  expect(data).toEqual({ byCode: { totalCount: count }, byTitle: { totalCount: count } });
});

test("a TOP_SECRET dossier opens to its keeper, and to nobody's clearance", async () => {
  const { db } = server.database;
  const { id } = await dossierOf("C1");
  const titleFor = async (account: string) =>
    (await server.executeAs(account, query, { variables: { id } })).data.dossier.title;
  const keeper = await db.employee.findUniqueOrThrow({ where: { staffNo: "gina" } });
  const { keeperId, title } = await db.dossier.findUniqueOrThrow({ where: { id } });
  await db.dossier.update({ where: { id }, data: { secrecy: "TOP_SECRET", keeperId: null } });
  expect(await titleFor("gina")).toBeNull();
  expect(await titleFor("mona")).toBeNull();
  await db.dossier.update({ where: { id }, data: { keeperId: keeper.id } });
  expect(await titleFor("gina")).toBe(title);
  await db.dossier.update({ where: { id }, data: { secrecy: "ORDINARY", keeperId } });
});
