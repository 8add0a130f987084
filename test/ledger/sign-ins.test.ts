import { afterAll, beforeAll, expect, test } from "vitest";
import { employeeId } from "../../src/database/demo/people.js";
import { type RealServer, realServer } from "../attacks/real-server.js";
import { onServer } from "../support/database-server.js";
import { otherwise } from "../support/people.js";

// Who came in, who tried to, and who was turned away at the door.

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

const signIn = "mutation ($input: SignInInput!) { signIn(input: $input) { accessToken refreshToken } }";
const refresh = "mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { refreshToken } }";
const signOut = "mutation ($input: SignOutInput!) { signOut(input: $input) { signedOut } }";

/** The events of a request, without what is not about who came. */
async function eventsOf(requestId: unknown) {
  const { rows } = await onServer(server.database.url, (client) =>
    client.query(
      `SELECT "kind", "roots", "outcome", "codes", "principalId" FROM ledger.event WHERE "requestId" = $1 ORDER BY "seq"`,
      [requestId],
    ),
  );
  return rows as object[];
}
const asked = async (query: string, input: object) => {
  const { headers, data } = await server.ask(null, query, { input });
  return { data, events: await eventsOf(headers["x-request-id"]) };
};

test.each([
  [
    "with the right password",
    "sam",
    "sam-demo",
    { outcome: "ANSWERED", codes: [], principalId: employeeId("sam") },
  ],
  [
    "with a wrong one",
    "pat",
    "sam-demo",
    { outcome: "REFUSED", codes: ["UNAUTHENTICATED"], principalId: employeeId("pat") },
  ],
  [
    "as nobody known",
    "nobody",
    "sam-demo",
    { outcome: "REFUSED", codes: ["UNAUTHENTICATED"], principalId: null },
  ],
])("a sign-in %s", async (_case, staffNo, password, expected) => {
  const { events } = await asked(signIn, { staffNo, password });
  const operation = { kind: "MUTATION", roots: ["signIn"] };
  expect(events).toEqual([
    { ...operation, outcome: "BEGUN", codes: [], principalId: null },
    { ...operation, ...expected },
  ]);
});

test("a session that goes on, and a token that is tried again", async () => {
  const { data } = await asked(signIn, { staffNo: "sam", password: "sam-demo" });
  const { refreshToken } = data.signIn as { refreshToken: string };
  const first = await asked(refresh, { refreshToken });
  expect(first.events.slice(1)).toMatchObject([{ outcome: "ANSWERED", principalId: employeeId("sam") }]);
  const again = await asked(refresh, { refreshToken });
  expect(again.events.slice(1)).toMatchObject([
    { outcome: "REFUSED", codes: ["UNAUTHENTICATED"], principalId: employeeId("sam") },
  ]);
});

test("a session that is ended, and a token of it that is tried afterwards; a token of nobody's", async () => {
  const { data } = await asked(signIn, { staffNo: "sam", password: "sam-demo" });
  const { refreshToken } = data.signIn as { refreshToken: string };
  const tried = async (mutation: string, token: string) =>
    (await asked(mutation, { refreshToken: token })).events.slice(1);
  const bySam = { principalId: employeeId("sam") };
  const refused = { outcome: "REFUSED", codes: ["UNAUTHENTICATED"] };
  expect(await tried(signOut, refreshToken)).toMatchObject([{ outcome: "ANSWERED", ...bySam }]);
  expect(await tried(refresh, refreshToken)).toMatchObject([{ ...refused, ...bySam }]);
  expect(await tried(signOut, refreshToken)).toMatchObject([{ outcome: "ANSWERED", ...bySam }]);
  expect(await tried(refresh, "nobody's")).toMatchObject([{ ...refused, principalId: null }]);
});

const turnedAway = { outcome: "REFUSED", codes: ["UNAUTHENTICATED"], principalId: employeeId("sam") };
const identities = async () => {
  const { rows } = await onServer(server.database.url, (client) =>
    client.query(
      `SELECT "outcome", "codes", "principalId" FROM ledger.event WHERE "kind" = 'IDENTITY' ORDER BY "segment", "seq"`,
    ),
  );
  return rows as object[];
};

test("somebody who has left, with a token that is still good, is turned away on record", async () => {
  const before = await identities();
  expect((await server.ask("sam", "{ me { name } }")).status).toBe(200);
  await otherwise(server, "sam", { status: "LEFT" }, async () => {
    expect((await server.ask("sam", "{ me { name } }")).status).toBe(401);
  });
  expect((await identities()).slice(before.length)).toEqual([turnedAway]);
});

test("a good token with a proof of the device that is not good is turned away on record", async () => {
  const before = await identities();
  const { status } = await server.ask("sam", "{ me { name } }", {}, { headers: { dpop: "no proof" } });
  expect(status).toBe(401);
  expect((await identities()).slice(before.length)).toEqual([turnedAway]);
});

test("a good token with a credential of no device is refused on record", async () => {
  const { headers } = await server.ask(...(["sam", "{ customers { totalCount } }", {}] as const), {
    headers: { "device-credential": "no device's" },
  });
  expect(await eventsOf(headers["x-request-id"])).toMatchObject([
    { outcome: "REFUSED", codes: ["DEVICE_UNREGISTERED"], principalId: employeeId("sam") },
  ]);
});
