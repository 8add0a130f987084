import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../../src/database/client.js";
import { demoDatabase, type TestDatabase, testDatabase } from "../support/database.js";

describe("a database", () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await testDatabase({ poolSize: 1, statementTimeout: 500 });
  });
  afterEach(() => database.close());

  test("tells every statement that it sends, whatever becomes of it", async () => {
    const { db, url } = database;
    const sent: [string, readonly unknown[]][] = [];
    const watched = openDatabase({ url, onQuery: (...statement) => sent.push(statement) });
    await watched.$queryRaw`SELECT ${"value"}::text AS text`;
    await watched.$executeRaw`SELECT 1 / ${0}::int`.catch(() => {});
    await watched.$transaction((tx) => tx.$queryRaw`SELECT 2`);
    await Promise.all([watched.$disconnect(), db.$disconnect()]);
    expect(sent).toEqual([
      ["SELECT $1::text AS text", ["value"]],
      ["SELECT 1 / $1::int", [0]],
      ["BEGIN", []],
      ["SELECT 2", []],
      ["COMMIT", []],
    ]);
  });

  test("speaks UTC, whatever the session options of its address", async () => {
    const url = new URL(database.url);
    url.searchParams.set("options", "-c work_mem=5MB -c TimeZone=Asia/Shanghai");
    const db = openDatabase({ url: url.href });
    const [row] = await db.$queryRaw<object[]>`
      SELECT current_setting('TimeZone') AS zone, current_setting('work_mem') AS memory`;
    await db.$disconnect();
    expect(row).toEqual({ zone: "UTC", memory: "5MB" });
  });

  test("ends a statement that takes too long, and goes on", async () => {
    const { db } = database;
    await expect(db.$queryRaw`SELECT 1 FROM pg_sleep(30)`).rejects.toThrow("statement timeout");
    expect(await db.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });

  test("ends the wait for a connection", async () => {
    const db = openDatabase({ url: database.url, poolSize: 1, statementTimeout: 4_000 });
    const busy = db.$queryRaw`SELECT 1 AS one FROM pg_sleep(3)`.then((rows) => rows);
    await expect(db.$queryRaw`SELECT 1`).rejects.toThrow(/timeout/);
    expect(await busy).toEqual([{ one: 1 }]);
    await db.$disconnect();
  });
});

describe("the databases of the tests", () => {
  test("are empty, and apart from each other", async () => {
    const [one, other] = await Promise.all([testDatabase(), testDatabase()]);
    await one.db.department.create({
      data: { id: "dep_1", code: "SALES", name: "Sales", tierCeiling: "POST" },
    });
    expect(await other.db.department.count()).toBe(0);
    await Promise.all([one.close(), other.close()]);
  });

  test("with the demo organisation are twins", async () => {
    const twins = await Promise.all([demoDatabase(), demoDatabase()]);
    const [one, other] = await Promise.all(
      twins.map(
        ({ db }) => db.$queryRaw`
        SELECT count(*) > 2000 AS many, md5(string_agg(customer::text, ' ' ORDER BY id)) AS digest
        FROM "Customer" AS customer`,
      ),
    );
    await Promise.all(twins.map((twin) => twin.close()));
    expect(one).toMatchObject([{ many: true }]);
    expect(other).toEqual(one);
  });
});
