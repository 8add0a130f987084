import { expect, test } from "vitest";
import { openDatabase } from "../../src/database/client.js";
import { databaseRefusal } from "../../src/database/database-refusal.js";
import { testDatabase } from "../support/database.js";

/** What the failure of a statement means to a caller: a code, "fault", or "none" where it did not fail. */
const meaningOf = (statement: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(statement).then(
    () => "none",
    (error: unknown) => databaseRefusal(error)?.extensions.code ?? "fault",
  );

test("a pool with no connection left within its wait is busy, not broken", async () => {
  const { db, close } = await testDatabase({ poolSize: 1, statementTimeout: 20_000 });
  await db.$transaction(async (transaction) => {
    await transaction.$queryRaw`SELECT 1`;
    expect(await meaningOf(db.$queryRaw`SELECT 1`)).toBe("OVERLOADED");
  });
  expect(await meaningOf(db.$queryRaw`SELECT 1`)).toBe("none");
  await close();
});

test("a statement that takes longer than it may is stopped and told as busy", async () => {
  const { db, close } = await testDatabase({ statementTimeout: 100 });
  expect(await meaningOf(db.$queryRaw`SELECT count(*)::int FROM generate_series(1, 1000000000)`)).toBe(
    "OVERLOADED",
  );
  await close();
});

test("a server that is not there is busy", async () => {
  const db = openDatabase({ url: "postgresql://nobody@127.0.0.1:9/none" });
  expect(await meaningOf(db.$queryRaw`SELECT 1`)).toBe("OVERLOADED");
  await db.$disconnect();
});

test("a mistake of ours is not told as busy", async () => {
  const { db, close } = await testDatabase();
  expect(await meaningOf(db.$queryRaw`SELECT nothing`)).toBe("fault");
  expect(databaseRefusal(new TypeError("x"))).toBeUndefined();
  await close();
});
