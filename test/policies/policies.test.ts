import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { policy } from "../../src/access/policy.js";
import { demoId } from "../../src/database/demo/id.js";
import { policiesIn, versionOne } from "../../src/policies/policies.js";
import { demoDatabase, type TestDatabase, testNow } from "../support/database.js";

let database: TestDatabase;
beforeAll(async () => {
  database = await demoDatabase();
});
afterAll(() => database?.close());
beforeEach(() => {
  database.sql.length = 0;
});

const after = (milliseconds: number) => new Date(testNow.getTime() + milliseconds);
const days = (count: number) => count * 86_400_000;
const first = versionOne({ emergencyHours: 2 });
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
    expect((await policiesIn(database.db, first).at(instant)).version).toBe(version);
  });

  test("version 1 has what the settings say, later ones have their own", async () => {
    const policies = policiesIn(database.db, first);
    expect((await policies.at(testNow)).limits.emergencyHours).toBe(2);
    const second = await policies.version(2);
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
    expect((await policiesIn(database.db, first).version(asked)).version).toBe(version);
  });

  test("a number that there is not is NOT_FOUND", async () => {
    await expect(policiesIn(database.db, first).version(3)).rejects.toMatchObject({
      extensions: { code: "NOT_FOUND" },
    });
  });
});

describe("the database is asked", () => {
  test("once a second for what there is, and once for what it says, however many ask", async () => {
    const policies = policiesIn(database.db, first);
    await Promise.all(Array.from({ length: 50 }, (_, at) => policies.at(after(at * 19))));
    expect(asked()).toHaveLength(1);
    await policies.at(after(999));
    expect(asked()).toHaveLength(1);
    await policies.at(after(1_000));
    expect(asked()).toHaveLength(2);
    await Promise.all([1, 2, 3].map((at) => policies.at(after(days(30) + at))));
    await policies.at(after(days(31)));
    // A list each time, and what version 2 says.
    expect(asked()).toHaveLength(5);
  });

  test("again where it could not answer", async () => {
    let broken = true;
    const tierPolicy = {
      ...database.db.tierPolicy,
      findMany: (...args: Parameters<typeof database.db.tierPolicy.findMany>) =>
        broken ? Promise.reject(new Error("away")) : database.db.tierPolicy.findMany(...args),
    } as unknown as typeof database.db.tierPolicy;
    const policies = policiesIn({ tierPolicy }, first);
    await expect(policies.at(testNow)).rejects.toThrow("away");
    broken = false;
    expect((await policies.at(testNow)).version).toBe(1);
  });
});

test("what this release cannot read opens nothing", async () => {
  const { db } = database;
  await db.$executeRaw`ALTER TABLE "TierPolicy" DISABLE TRIGGER "TierPolicy_proposed_once"`;
  await db.tierPolicy.update({ where: { id: demoId("pol", 3) }, data: { content: { customers: {} } } });
  await db.$executeRaw`ALTER TABLE "TierPolicy" ENABLE TRIGGER "TierPolicy_proposed_once"`;
  const policies = policiesIn(db, first);
  await expect(policies.at(after(days(30)))).rejects.toThrow(
    "Version 2 of the tier policy is not in the shape",
  );
  expect((await policies.at(after(0))).version).toBe(1);
});
