import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { accessTokenVerifier } from "../../src/people/access-token.js";
import { standardCost } from "../../src/people/password.js";
import type { SessionComponents } from "../../src/people/session.js";
import { signIn } from "../../src/people/sign-in.js";
import { loadSigningKeys } from "../../src/people/signing-keys.js";
import { testDatabase } from "../support/database.js";
import { setClock } from "./clock.js";
import { keptDataFolder } from "./data-folder.js";
import { addDepartment, addLogin, addPerson, passwordCost } from "./organisation.js";

const { db, sql, close } = await testDatabase();
const folder = await keptDataFolder();
const clock = setClock();
let components: SessionComponents;
let people = 0;

beforeAll(async () => {
  components = { db, clock, keys: await loadSigningKeys(folder.path), passwordCost };
  await addDepartment(db);
});

afterAll(async () => {
  await close();
  await folder.remove();
});

/** Somebody new, whose password is `right`. */
async function somebody(person: Parameters<typeof addLogin>[3] = {}): Promise<string> {
  const staffNo = `p${++people}`;
  await addLogin(db, staffNo, "right", person);
  return staffNo;
}

const tryPassword = (staffNo: string, password: string) => signIn(components, { staffNo, password });

/** The refusal of a wrong password, as the caller sees it; null for a success. */
const refusalOf = (staffNo: string, password: string) =>
  tryPassword(staffNo, password).then(
    () => null,
    (error) => ({ message: error.message, extensions: error.extensions }),
  );

async function fail(staffNo: string, times: number): Promise<void> {
  for (let failure = 0; failure < times; failure++) expect(await refusalOf(staffNo, "wrong")).not.toBeNull();
}

const failuresOf = async (staffNo: string) =>
  (await db.login.findUniqueOrThrow({ where: { employeeId: `emp_${staffNo}` } })).failedAttempts;

test("the right password gives a token that names its bearer, and a refresh token kept only as a hash", async () => {
  const staffNo = await somebody();
  const session = await tryPassword(staffNo, "right");
  expect(await accessTokenVerifier(components)(session.accessToken)).toMatchObject({ staffNo });
  expect(session).toMatchObject({
    accessTokenExpiresAt: new Date("2026-11-22T15:15:00+08:00"),
    refreshToken: expect.stringMatching(/^[\w-]{43}$/),
    refreshTokenExpiresAt: new Date("2026-11-23T03:00:00+08:00"),
  });
  expect(JSON.stringify(await db.refreshToken.findMany())).not.toContain(session.refreshToken);
});

describe("whoever may not sign in", () => {
  test("hears the same, whatever the reason", async () => {
    const locked = await somebody();
    await fail(locked, 5);
    await addPerson(db, "loginless");
    const refusals = [
      await refusalOf(await somebody(), "wrong"),
      await refusalOf("nobody", "right"),
      await refusalOf("", ""),
      await refusalOf("sam\u0000", "right"),
      await refusalOf("loginless", "right"),
      await refusalOf(await somebody({ status: "LEFT" }), "right"),
      await refusalOf(locked, "right"),
      await refusalOf(locked, "wrong"),
    ];
    expect(refusals[0]).toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
    for (const refusal of refusals) expect(refusal).toEqual(refusals[0]);
  });

  test("sends as many statements, known or unknown", async () => {
    const staffNo = await somebody();
    const statementsFor = async (name: string) => {
      sql.length = 0;
      await refusalOf(name, "wrong");
      return [...sql];
    };
    expect(await statementsFor("nobody")).toEqual(await statementsFor(staffNo));
  });

  test("waits as long, known or unknown", async () => {
    const known = await Promise.all(Array.from({ length: 80 }, () => somebody()));
    const secondsFor = async (staffNo: string) => {
      const start = performance.now();
      await refusalOf(staffNo, "wrong");
      return performance.now() - start;
    };
    const differences: number[] = [];
    for (const staffNo of [...known, ...known, ...known])
      differences.push((await secondsFor(staffNo)) - (await secondsFor(`not-${staffNo}`)));
    expect(Math.abs(median(differences))).toBeLessThan(1);
  });
});

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe("five failures", () => {
  test("lock for a quarter of an hour", async () => {
    const staffNo = await somebody();
    await fail(staffNo, 5);
    expect(await refusalOf(staffNo, "right")).not.toBeNull();
    clock.pass({ minutes: 14 });
    expect(await refusalOf(staffNo, "right")).not.toBeNull();
    clock.pass({ minutes: 1 });
    expect(await refusalOf(staffNo, "right")).toBeNull();
  });

  test("are needed: after four, the right password opens and the count starts anew", async () => {
    const staffNo = await somebody();
    await fail(staffNo, 4);
    expect(await refusalOf(staffNo, "right")).toBeNull();
    expect(await failuresOf(staffNo)).toBe(0);
    await fail(staffNo, 4);
    expect(await refusalOf(staffNo, "right")).toBeNull();
  });

  test("after a lock has ended lock again", async () => {
    const staffNo = await somebody();
    await fail(staffNo, 5);
    clock.pass({ minutes: 15 });
    await fail(staffNo, 5);
    expect(await refusalOf(staffNo, "right")).not.toBeNull();
  });

  test("lock nobody else", async () => {
    const [one, other] = [await somebody(), await somebody()];
    await fail(one, 5);
    expect(await refusalOf(other, "right")).toBeNull();
  });

  test("are all that 60 guesses in a row get: the sixth is not even tried", async () => {
    const staffNo = await somebody();
    await fail(staffNo, 5);
    for (let guess = 5; guess < 60; guess++) expect(await refusalOf(staffNo, "right")).not.toBeNull();
    expect(await failuresOf(staffNo)).toBe(5);
  });

  test("are all that 60 guesses at once get", async () => {
    const staffNo = await somebody();
    await Promise.all(Array.from({ length: 60 }, () => fail(staffNo, 1)));
    expect(await failuresOf(staffNo)).toBe(5);
    expect(await refusalOf(staffNo, "right")).not.toBeNull();
  });

  test("count before the password is looked at, and a success forgives only those before it", async () => {
    const staffNo = await somebody({ cost: standardCost });
    const success = refusalOf(staffNo, "right");
    await vi.waitUntil(async () => (await failuresOf(staffNo)) === 1, { interval: 1 });
    const failures = Promise.all([1, 2, 3].map(() => fail(staffNo, 1)));
    expect(await success).toBeNull();
    await failures;
    expect(await failuresOf(staffNo)).toBe(3);
  });
});
