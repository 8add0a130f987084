import { type GraphQLSchema, graphql } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSchema } from "../../src/schema.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";

let server: DemoServer;
let schema: GraphQLSchema;
beforeAll(async () => {
  [server, schema] = await Promise.all([demoServer(), createSchema()]);
});
afterAll(() => server?.close());

const all = "{ purposeStatements { version purpose manner safeguards publishedAt } }";
const next = { purpose: "To deliver.", manner: "By hand.", safeguards: "A lock." };
const publish = async (account: string, input: object) => {
  const { data, errors } = await server.executeAs(
    account,
    "mutation ($input: PublishPurposeStatementInput!) { publishPurposeStatement(input: $input) { purposeStatement { version purpose } } }",
    { variables: { input } },
  );
  const { code, inputPath, problems } = (errors?.[0]?.extensions ?? {}) as Record<string, unknown>;
  const paths = (problems as { inputPath: string }[] | undefined)?.map((one) => one.inputPath) ?? [inputPath];
  return { published: data?.publishPurposeStatement?.purposeStatement, code, paths };
};

describe("is read", () => {
  test.each(["cu1", "sam", "adam", "vera", "neo", "tara", "vic"])("by %s", async (account) => {
    const { data, errors } = await server.executeAs(account, "{ purposeStatement { version manner } }");
    expect(errors).toBeUndefined();
    expect(data.purposeStatement).toMatchObject({
      version: 2,
      manner: expect.stringContaining("You can read your own"),
    });
  });

  test("by whoever has not signed in: the one in force, and every version", async () => {
    const contextValue = { db: server.database.db, caller: null, decisions: null };
    const ask = (source: string) => graphql({ schema, source, contextValue });
    expect((await ask("{ purposeStatement { version } }")).data).toEqual({
      purposeStatement: { version: 2 },
    });
    const answer = JSON.parse(JSON.stringify(await ask(all)));
    expect(answer.errors).toBeUndefined();
    expect(answer.data.purposeStatements.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    // And nothing else.
    const other = await ask("{ purposes { code } }");
    expect(other.errors?.[0]?.extensions?.code).toBe("UNAUTHENTICATED");
  });
});

describe("the next version is published", () => {
  test.each<[string, string, object, string, (string | undefined)[]]>([
    [
      "by whoever is not the head of administration",
      "adam",
      { ...next, replaces: 2 },
      "NOT_YOUR_ROLE",
      [undefined],
    ],
    ["by a customer", "cu1", { ...next, replaces: 2 }, "NOT_YOUR_ROLE", [undefined]],
    [
      "in place of one that has been replaced",
      "ada",
      { ...next, replaces: 1 },
      "WRONG_STATE",
      ["input.replaces"],
    ],
    [
      "in place of one that is still to come",
      "ada",
      { ...next, replaces: 3 },
      "WRONG_STATE",
      ["input.replaces"],
    ],
    [
      "in part",
      "ada",
      { purpose: "To deliver.", safeguards: " ", replaces: 2 },
      "FORM_INCOMPLETE",
      ["input.manner", "input.safeguards"],
    ],
  ])("not %s", async (_, account, input, code, paths) => {
    expect(await publish(account, input)).toMatchObject({ code, paths });
    expect(await server.database.db.purposeStatement.count()).toBe(2);
  });

  test("by the head of administration, once of two at once; those before it stay as they were", async () => {
    const before = (await server.executeAs("cu1", all)).data.purposeStatements;
    const both = await Promise.all([
      publish("ada", { ...next, replaces: 2 }),
      publish("ada", { ...next, replaces: 2 }),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
    const { data } = await server.executeAs("cu1", `{ purposeStatement { version purpose } ${all.slice(1)}`);
    expect(data.purposeStatement).toEqual({ version: 3, purpose: "To deliver." });
    expect(data.purposeStatements.slice(1)).toEqual(before);
  });

  test.each([
    `UPDATE "PurposeStatement" SET "purpose" = 'other' WHERE "version" = 1`,
    `DELETE FROM "PurposeStatement" WHERE "version" = 1`,
  ])("and whatever writes to the database: %s is refused", async (statement) => {
    await expect(server.database.db.$executeRawUnsafe(statement)).rejects.toThrow("APPEND_ONLY");
  });
});
