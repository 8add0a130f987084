import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { type Database, Prisma } from "../../../src/database/client.js";
import { fillDemo } from "../../../src/database/demo/fill.js";
import { isDemo, isEmpty, loadDemo } from "../../../src/database/demo/load.js";
import { StartError } from "../../../src/errors.js";
import {
  demoDatabase,
  type TestDatabase,
  testDatabase,
  testNow,
  testSecret,
} from "../../support/database.js";

const passwordCost = { ln: 4, r: 8, p: 1 };
const options = { now: testNow, secret: testSecret, passwordCost };

let empty: TestDatabase;
beforeEach(async () => {
  empty = await testDatabase();
});
afterEach(() => empty.close());

/** A fingerprint of every table's rows, but for what is salted. */
async function fingerprints(db: Database): Promise<Record<string, string>> {
  const [{ all } = { all: {} }] = await db.$queryRaw<{ all: Record<string, string> }[]>`
    SELECT json_object_agg(tablename, md5(query_to_xml(format(
      'SELECT * FROM %I AS t ORDER BY t::text', tablename), false, true, '')::text)) AS all
    FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('Login', '_prisma_migrations')`;
  return all;
}

test("the same instant and secret give the same rows", async () => {
  const earlier = await demoDatabase();
  onTestFinished(earlier.close);
  await loadDemo(empty.db, options);
  expect(await fingerprints(empty.db)).toEqual(await fingerprints(earlier.db));
});

test("another instant moves the dates and leaves the keys", async () => {
  const later = await testDatabase();
  onTestFinished(later.close);
  await loadDemo(empty.db, { ...options, customers: 3 });
  await loadDemo(later.db, { ...options, customers: 3, now: new Date("2031-05-01T00:00:00Z") });
  const grants = (db: Database) => db.grant.findMany({ orderBy: { id: "asc" } });
  const [before, after] = [await grants(empty.db), await grants(later.db)];
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  const inForce = after.filter(({ state }) => state === "ACTIVE");
  expect(inForce.every(({ validTo }) => validTo > new Date("2031-05-01T00:00:00Z"))).toBe(true);
});

test("a database knows whether it has the demo organisation in it", async () => {
  expect([await isEmpty(empty.db), await isDemo(empty.db)]).toEqual([true, false]);
  await loadDemo(empty.db, { ...options, customers: 0 });
  expect([await isEmpty(empty.db), await isDemo(empty.db)]).toEqual([false, true]);
});

test("somebody who is called like a demo account does not make a demo of a company's database", async () => {
  await addSam(empty.db);
  await empty.db.login.create({ data: { employeeId: "emp_0198", passwordHash: "x" } });
  expect(await isDemo(empty.db)).toBe(false);
});

test("a loading that is cut short leaves nothing, and the next one loads everything", async () => {
  const cut = loadDemo(empty.db, {
    ...options,
    customers: 10,
    onProgress: () => {
      throw new Error("cut short");
    },
  });
  await expect(cut).rejects.toThrow("cut short");
  expect([await isEmpty(empty.db), await isDemo(empty.db)]).toEqual([true, false]);
  await loadDemo(empty.db, { ...options, customers: 10 });
  expect(await empty.db.customer.count()).toBe(19);
});

test("two loadings at once make one organisation", async () => {
  await Promise.all([
    loadDemo(empty.db, { ...options, customers: 5 }),
    loadDemo(empty.db, { ...options, customers: 5 }),
  ]);
  expect(await empty.db.customer.count()).toBe(14);
});

test("a database with other data is refused and left as it is", async () => {
  await addSam(empty.db);
  await expect(loadDemo(empty.db, options)).rejects.toThrow(StartError);
  expect(await empty.db.employee.count()).toBe(1);
});

test("what proves the devices, a secret and a key each, is kept as hashes only", async () => {
  await loadDemo(empty.db, { ...options, customers: 0 });
  const credentials = await empty.db.deviceCredential.findMany();
  expect(credentials).toHaveLength(48);
  for (const { credentialHash } of credentials) expect(credentialHash).toMatch(/^[0-9a-f]{64}$/);
});

describe("filling for a load test", () => {
  const fill = (customers: number, more: object = {}) =>
    fillDemo(empty.db, { ...options, customers, ...more });

  test("adds customers with five orders each to the demo organisation, and counts them", async () => {
    expect(await fill(30)).toEqual({ added: 30, total: 30 });
    const seen: number[] = [];
    expect(await fill(1_100, { onProgress: (written: number) => seen.push(written) })).toEqual({
      added: 1_070,
      total: 1_100,
    });
    expect(seen).toEqual([30, 530, 1_030, 1_100]);
    const [{ customers, orders } = {}] = await empty.db.$queryRaw<Record<string, bigint>[]>(Prisma.sql`
      SELECT count(*) AS customers, (SELECT count(*) FROM "Order" WHERE "orderNo" LIKE 'O1_____-%' AND "orderNo" > 'O100031') AS orders
      FROM "Customer" WHERE "code" LIKE 'C1_____'`);
    expect({ customers, orders }).toEqual({ customers: 1_100n, orders: 1_070n * 5n });
  });

  test("ends after the batch at hand when told to stop, and goes on from there", async () => {
    await fill(10);
    const stop = new AbortController();
    const onProgress = (written: number) => written > 10 && stop.abort();
    expect(await fill(2_000, { stop: stop.signal, onProgress })).toEqual({ added: 500, total: 510 });
    expect(await fill(600)).toEqual({ added: 90, total: 600 });
  });

  test("does nothing where there are enough", async () => {
    await fill(20);
    expect(await fill(10)).toEqual({ added: 0, total: 20 });
  });

  test("of two runs at once, the second is told so", async () => {
    await fill(10);
    const outcomes = await Promise.allSettled([fill(3_000), fill(3_000)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: expect.any(StartError),
    });
    expect(await empty.db.customer.count({ where: { code: { startsWith: "C1" } } })).toBe(3_005);
  });
});

async function addSam(db: Database) {
  await db.department.create({ data: { id: "dep_0198", code: "SALES", name: "Sales", tierCeiling: "POST" } });
  await db.employee.create({
    data: {
      id: "emp_0198",
      staffNo: "sam",
      name: "Sam",
      kind: "FORMAL",
      departmentCode: "SALES",
      post: "Seller",
      status: "ACTIVE",
      joinedAt: testNow,
    },
  });
}
