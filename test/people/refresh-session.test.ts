import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accessTokenVerifier, issueAccessToken } from "../../src/people/access-token.js";
import { endSessionsFromDevice } from "../../src/people/end-sessions.js";
import { createIdentify } from "../../src/people/identify.js";
import { openFamily, refreshSession, signOut } from "../../src/people/refresh-session.js";
import type { Session, SessionComponents } from "../../src/people/session.js";
import { signIn } from "../../src/people/sign-in.js";
import { loadSigningKeys } from "../../src/people/signing-keys.js";
import { testDatabase } from "../support/database.js";
import { onServer } from "../support/database-server.js";
import { setClock } from "./clock.js";
import { keptDataFolder } from "./data-folder.js";
import { addDepartment, addDevice, addLogin, passwordCost } from "./organisation.js";

const { db, url, close } = await testDatabase();
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
  expect(await accessTokenVerifier(components)(second.accessToken)).toMatchObject({ staffNo: "sam" });
  clock.pass({ hours: 10, minutes: 59 });
  const third = await refresh(second.refreshToken);
  expect(third.accessTokenExpiresAt).toEqual(first.refreshTokenExpiresAt);
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

describe("an access token ends with its session at once", () => {
  const opens = async ({ accessToken }: Session): Promise<boolean> => {
    const identify = createIdentify(components);
    const asked = identify({ authorization: `Bearer ${accessToken}` }, null);
    return asked.then(
      ({ caller }) => caller !== null,
      (error) => {
        expect(error).toMatchObject(unauthenticated);
        return false;
      },
    );
  };

  test.each<[string, (session: Session) => Promise<unknown>]>([
    ["when it is signed out of", ({ refreshToken }) => signOut(components, refreshToken)],
    ["when a token of it is in two hands", ({ refreshToken }) => refused(refreshToken)],
  ])("%s", async (_when, end) => {
    const [first, other] = [await begin(), await begin()];
    const second = await refresh(first.refreshToken);
    expect(await Promise.all([first, second, other].map(opens))).toEqual([true, true, true]);
    await end(first);
    expect(await Promise.all([first, second, other].map(opens))).toEqual([false, false, true]);
  });

  test("and is nobody else's", async () => {
    const [sams, { session }] = [await begin(), await openFamily(components, "emp_lou")];
    const { token } = await issueAccessToken(components, { staffNo: "sam", session });
    expect(await opens({ ...sams, accessToken: token })).toBe(false);
  });
});

test("signing in sweeps up one's sessions that are over", async () => {
  await begin();
  clock.pass({ hours: 12 });
  await begin();
  const left = await db.refreshToken.findMany({ where: { employeeId: "emp_sam" } });
  expect(left).toHaveLength(1);
});

describe("a session that was begun from a device", () => {
  /** How many wait for a lock. */
  const waiting = async () => {
    // What the others' sessions are at is for the owner to see.
    const { rowCount } = await onServer(url, (client) =>
      client.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      ),
    );
    return rowCount;
  };
  const from = (proof: string | null, staffNo = "sam"): Promise<Session> =>
    signIn(components, { staffNo, password: "right" }, proof);

  beforeAll(async () => {
    await addLogin(db, "liv", "right");
    await addDevice(db, "D1", "sam", "credential of D1");
    await addDevice(db, "D2", "liv", "credential of D2");
    await addDevice(db, "D3", "sam", "credential of D3", { revoked: true });
  });

  test("ends with it, refreshed or not and whoever it is of; sessions from elsewhere go on", async () => {
    const [fresh, begun, livs] = [
      await from("credential of D1"),
      await from("credential of D1"),
      await from("credential of D1", "liv"),
    ];
    const refreshed = await refresh(begun.refreshToken);
    const others = [
      await from("credential of D2"),
      await from("credential of D3"),
      await from("no such"),
      await from(null),
    ];
    clock.pass({ minutes: 1 });
    expect(await endSessionsFromDevice(db, "dev_D1", clock.now())).toBe(3);
    for (const { refreshToken } of [fresh, refreshed, livs]) await refused(refreshToken);
    for (const { refreshToken } of others) await refresh(refreshToken);
    expect(await endSessionsFromDevice(db, "dev_D1", clock.now())).toBe(0);
    await refresh((await from("credential of D1")).refreshToken);
  });

  test("ends although it is being refreshed at that moment", async () => {
    for (let round = 0; round < 20; round += 1) {
      const { refreshToken } = await from("credential of D1");
      const [next] = await Promise.allSettled([
        refresh(refreshToken),
        endSessionsFromDevice(db, "dev_D1", clock.now()),
      ]);
      if (next.status === "fulfilled") await refused(next.value.refreshToken);
      else await refused(refreshToken);
    }
  });

  test("is none that was begun from it while what proves it was being taken away", async () => {
    await addDevice(db, "D4", "sam", "credential of D4");
    let begun: Promise<Session> | undefined;
    await db.$transaction(async (tx) => {
      await tx.deviceCredential.updateMany({
        where: { deviceId: "dev_D4" },
        data: { revokedAt: clock.now() },
      });
      begun = from("credential of D4");
      await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    });
    await begun;
    expect(await db.refreshToken.count({ where: { deviceId: "dev_D4" } })).toBe(0);
  });

  test("keeps nothing of what proved the device", async () => {
    await from("credential of D1");
    const kept = JSON.stringify(await db.refreshToken.findMany());
    expect(kept).toContain("dev_D1");
    expect(kept).not.toContain("credential");
  });
});
