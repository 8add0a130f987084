import { afterAll, beforeAll, expect, test } from "vitest";
import { accessTokenVerifier } from "../../src/people/access-token.js";
import { refreshSession, signOut } from "../../src/people/refresh-session.js";
import type { Session, SessionComponents } from "../../src/people/session.js";
import { signIn } from "../../src/people/sign-in.js";
import { loadSigningKeys } from "../../src/people/signing-keys.js";
import { testDatabase } from "../support/database.js";
import { setClock } from "./clock.js";
import { keptDataFolder } from "./data-folder.js";
import { addDepartment, addLogin, passwordCost } from "./organisation.js";

const { db, close } = await testDatabase();
const folder = await keptDataFolder();
const clock = setClock();
let components: SessionComponents;

beforeAll(async () => {
  components = { db, clock, keys: await loadSigningKeys(folder.path), passwordCost };
  await addDepartment(db);
  await addLogin(db, "sam", "right");
  await addLogin(db, "lou", "right");
});

afterAll(async () => {
  await close();
  await folder.remove();
});

const begin = (staffNo = "sam"): Promise<Session> => signIn(components, { staffNo, password: "right" });
const refresh = (token: string): Promise<Session> => refreshSession(components, token);
const unauthenticated = { extensions: { code: "UNAUTHENTICATED" } };
const refused = (token: string) => expect(refresh(token)).rejects.toMatchObject(unauthenticated);

test("a session goes on with new tokens, until twelve hours after the sign-in", async () => {
  const first = await begin();
  clock.pass({ hours: 1 });
  const second = await refresh(first.refreshToken);
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(second.refreshTokenExpiresAt).toEqual(first.refreshTokenExpiresAt);
  expect(await accessTokenVerifier(components)(second.accessToken)).toBe("sam");
  clock.pass({ hours: 10, minutes: 59 });
  const third = await refresh(second.refreshToken);
  clock.pass({ minutes: 1 });
  await refused(third.refreshToken);
});

test("using a token again ends the session, and no other", async () => {
  const [first, other] = [await begin(), await begin()];
  const second = await refresh(first.refreshToken);
  await refused(first.refreshToken);
  await refused(second.refreshToken);
  await refresh(other.refreshToken);
});

test("of fifty uses at once exactly one wins", async () => {
  const { refreshToken } = await begin();
  const uses = await Promise.allSettled(Array.from({ length: 50 }, () => refresh(refreshToken)));
  expect(uses.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("whoever wins a race between refreshing and an old token, the session is over for both", async () => {
  for (let round = 0; round < 50; round++) {
    const first = await begin();
    const second = await refresh(first.refreshToken);
    const [third] = await Promise.allSettled([refresh(second.refreshToken), refresh(first.refreshToken)]);
    if (third.status === "fulfilled") await refused(third.value.refreshToken);
  }
});

test.each(["", "unknown", "x".repeat(100_000), "' OR true --", "\u0000"])("the token %j is refused", refused);

test("whoever has left cannot go on", async () => {
  const { refreshToken } = await begin("lou");
  await db.employee.update({ where: { staffNo: "lou" }, data: { status: "LEFT" } });
  await refused(refreshToken);
});

test("signing out ends the session, as often as one likes, with any of its tokens", async () => {
  const first = await begin();
  const second = await refresh(first.refreshToken);
  await signOut(components, first.refreshToken);
  await signOut(components, second.refreshToken);
  await signOut(components, "unknown");
  await refused(second.refreshToken);
});

test("signing in sweeps up one's sessions that are over", async () => {
  await begin();
  clock.pass({ hours: 12 });
  await begin();
  const left = await db.refreshToken.findMany({ where: { employeeId: "emp_sam" } });
  expect(left).toHaveLength(1);
});
