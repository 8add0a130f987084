import { type GraphQLSchema, graphql } from "graphql";
import { buildSchema, Query, Resolver } from "type-graphql";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SessionComponents } from "../../src/people/session.js";
import { SessionResolver } from "../../src/people/session.resolver.js";
import { loadSigningKeys } from "../../src/people/signing-keys.js";
import { testDatabase } from "../support/database.js";
import { setClock } from "./clock.js";
import { keptDataFolder } from "./data-folder.js";
import { addDepartment, addLogin, passwordCost } from "./organisation.js";

const { db, close } = await testDatabase();
const folder = await keptDataFolder();
let session: SessionComponents;
let schema: GraphQLSchema;

/** A schema needs a query. */
@Resolver()
class AnyQueryResolver {
  @Query(() => Boolean)
  anything(): boolean {
    return true;
  }
}

beforeAll(async () => {
  session = { db, clock: setClock(), keys: await loadSigningKeys(folder.path), passwordCost };
  schema = await buildSchema({ resolvers: [AnyQueryResolver, SessionResolver], validate: false });
  await addDepartment(db);
  await addLogin(db, "sam", "right");
  await addLogin(db, "sue", "right");
});

afterAll(async () => {
  await close();
  await folder.remove();
});

const run = async (source: string, contextValue: { session: SessionComponents | null } = { session }) =>
  JSON.parse(JSON.stringify(await graphql({ schema, source: `mutation { ${source} }`, contextValue })));

test("a session begins, goes on and ends", async () => {
  const begun = await run(`signIn(input: { staffNo: "sam", password: "right" }) {
    accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt }`);
  expect(begun).toEqual({
    data: {
      signIn: {
        accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        accessTokenExpiresAt: "2026-11-22T07:15:00.000Z",
        refreshToken: expect.stringMatching(/^[\w-]{43}$/),
        refreshTokenExpiresAt: "2026-11-22T19:00:00.000Z",
      },
    },
  });
  const goesOn = await run(
    `refreshSession(input: { refreshToken: "${begun.data.signIn.refreshToken}" }) { refreshToken }`,
  );
  const { refreshToken } = goesOn.data.refreshSession;
  expect(await run(`signOut(input: { refreshToken: "${refreshToken}" }) { signedOut }`)).toEqual({
    data: { signOut: { signedOut: true } },
  });
  expect(
    await run(`refreshSession(input: { refreshToken: "${refreshToken}" }) { refreshToken }`),
  ).toMatchObject({
    data: null,
    errors: [{ path: ["refreshSession"], extensions: { code: "UNAUTHENTICATED" } }],
  });
});

test("sixty guesses in one request try five passwords at most", async () => {
  const guess = (index: number) =>
    `guess${index}: signIn(input: { staffNo: "sue", password: "${index < 5 ? "wrong" : "right"}" }) { accessToken }`;
  const answer = await run(Array.from({ length: 60 }, (_, index) => guess(index)).join("\n"));
  expect(answer.data).toBeNull();
  const { failedAttempts } = await db.login.findUniqueOrThrow({ where: { employeeId: "emp_sue" } });
  expect(failedAttempts).toBeGreaterThan(0);
  expect(failedAttempts).toBeLessThanOrEqual(5);
});

test("an error says nothing of what was sent", async () => {
  const answer = await run(
    `signIn(input: { staffNo: "sam-secret", password: "pass-secret" }) { accessToken }`,
  );
  expect(JSON.stringify(answer)).not.toContain("secret");
});

test.each([
  `signIn(input: { staffNo: "sam", password: "right" }) { accessToken }`,
  `refreshSession(input: { refreshToken: "any" }) { accessToken }`,
  `signOut(input: { refreshToken: "any" }) { signedOut }`,
])("with an identity provider there is no %s", async (mutation) => {
  expect(await run(mutation, { session: null })).toMatchObject({
    data: null,
    errors: [{ extensions: { code: "NOT_FOUND" } }],
  });
});
