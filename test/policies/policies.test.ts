import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { policy } from "../../src/access/policy.js";
import { policiesIn, versionOne } from "../../src/policies/policies.js";
import { demoDatabase, type TestDatabase, testNow } from "../support/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await demoDatabase();
});
afterAll(() => database?.close());
beforeEach(() => {
  database.sql.length = 0;
  clock.at = testNow;
});

const after = (milliseconds: number) => new Date(testNow.getTime() + milliseconds);
const days = (count: number) => count * 86_400_000;
const first = versionOne({ emergencyHours: 2 });
const clock = { at: testNow, now: () => clock.at };
const policies = (db: Pick<typeof database.db, "tierPolicy"> = database.db) =>
  policiesIn({ db, clock }, first);
const asked = () => database.sql.filter((statement) => statement.includes("TierPolicy"));

describe("the version in force", () => {
  // Version 2 of the demo organisation comes into force thirty days after its loading.
  test.each([
    [after(-days(1_000)), 1],
    [after(0), 1],
    [after(days(30) - 1), 1],
    [after(days(30)), 2],
    [after(days(60)), 2],
  ])("at %s is %i", async (instant, version) => {
    expect((await policies().at(instant)).version).toBe(version);
  });

  test("version 1 has what the settings say, later ones have their own", async () => {
    const known = policies();
    expect((await known.at(testNow)).limits.emergencyHours).toBe(2);
    const second = await known.version(2);
    expect(second).toEqual({
      ...policy,
      version: 2,
      limits: { ...policy.limits, declarationHours: { ...policy.limits.declarationHours, named: 48 } },
    });
  });

  test.each([
    [1, 1],
    [2, 2],
    ["last" as const, 2],
  ])("by number: %s is %i", async (asked, version) => {
    expect((await policies().version(asked)).version).toBe(version);
  });

  test("a number that there is not is NOT_FOUND", async () => {
    await expect(policies().version(3)).rejects.toMatchObject({
      extensions: { code: "NOT_FOUND" },
    });
  });
});

describe("the database is asked", () => {
  test("once a second for what there is, and once for what it says, however many ask, whatever they ask about", async () => {
    const known = policies();
    await Promise.all(Array.from({ length: 50 }, (_, at) => known.at(after(-days(at)))));
    expect(asked()).toHaveLength(1);
    clock.at = after(999);
    await known.at(clock.at);
    expect(asked()).toHaveLength(1);
    clock.at = after(1_000);
    await known.at(clock.at);
    expect(asked()).toHaveLength(2);
    await Promise.all([1, 2, 3].map((at) => known.at(after(days(30) + at))));
    clock.at = after(days(31));
    await known.at(clock.at);
    // A list each second, and what version 2 says.
    expect(asked()).toHaveLength(4);
  });

  test("again where it could not answer", async () => {
    let broken = true;
    const tierPolicy = {
      ...database.db.tierPolicy,
      findMany: (...args: Parameters<typeof database.db.tierPolicy.findMany>) =>
        broken ? Promise.reject(new Error("away")) : database.db.tierPolicy.findMany(...args),
    } as unknown as typeof database.db.tierPolicy;
    const known = policies({ tierPolicy });
    await expect(known.at(testNow)).rejects.toThrow("away");
    broken = false;
    expect((await known.at(testNow)).version).toBe(1);
  });
});
