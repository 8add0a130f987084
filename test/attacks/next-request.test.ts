import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DeviceState } from "../../src/database/client.js";
import { testNow } from "../support/database.js";
import { onServer } from "../support/database-server.js";
import { type RealServer, realServer } from "./real-server.js";

const days = (count: number) => new Date(testNow.getTime() + count * 86_400_000);
const read = "{ customers(first: 500) { nodes { code name idNumber businessNeeds } } }";

let server: RealServer;
beforeAll(async () => {
  server = await realServer();
});
afterAll(() => server?.close());

/**
 * Runs SQL that changes the facts, on a connection of its own: committed when it resolves. No form allows what the
 * tests take back, so the triggers that hold the forms are off.
 */
const change = (sql: string, values: unknown[] = []) =>
  onServer(server.database.url, async (client) => {
    await client.query("SET session_replication_role = replica");
    return client.query(sql, values);
  });

describe("bites on the very next request", () => {
  afterEach(async () => {
    server.clock.at = testNow;
  });

  const mine = (staffNo: string) => `(SELECT id FROM "Employee" WHERE "staffNo" = '${staffNo}')`;
  const restoring: {
    name: string;
    account: string;
    sql: string;
    back: string;
    code: string;
    status?: number;
  }[] = [
    {
      name: "a grant revoked",
      account: "cara",
      sql: `UPDATE "Grant" SET state = 'REVOKED' WHERE "granteeId" = ${mine("cara")}`,
      back: `UPDATE "Grant" SET state = 'ACTIVE' WHERE "granteeId" = ${mine("cara")}`,
      code: "GRANT_EXPIRED",
    },
    {
      name: "a grant suspended",
      account: "sam",
      sql: `UPDATE "Grant" SET state = 'SUSPENDED', "suspendedById" = ${mine("adam")}, "suspendedAt" = now() WHERE "granteeId" = ${mine("sam")}`,
      back: `UPDATE "Grant" SET state = 'ACTIVE' WHERE "granteeId" = ${mine("sam")}`,
      code: "GRANT_EXPIRED",
    },
    ...Object.values(DeviceState)
      .filter((state) => state !== "IN_USE")
      .map((state) => ({
        name: `a device that is ${state}`,
        account: "sam",
        sql: `UPDATE "Device" SET state = '${state}' WHERE "deviceNo" = 'D1'`,
        back: `UPDATE "Device" SET state = 'IN_USE' WHERE "deviceNo" = 'D1'`,
        code: "DEVICE_NOT_IN_USE",
      })),
    {
      name: "a device that is no longer for customer data",
      account: "sam",
      sql: `UPDATE "Device" SET "isCustomerListDevice" = FALSE WHERE "deviceNo" = 'D1'`,
      back: `UPDATE "Device" SET "isCustomerListDevice" = TRUE WHERE "deviceNo" = 'D1'`,
      code: "DEVICE_UNREGISTERED",
    },
    {
      name: "a device in nobody's custody",
      account: "sam",
      sql: `UPDATE "Device" SET "custodianId" = NULL WHERE "deviceNo" = 'D1'`,
      back: `UPDATE "Device" SET "custodianId" = ${mine("sam")} WHERE "deviceNo" = 'D1'`,
      code: "DEVICE_NOT_YOURS",
    },
    {
      name: "a device given to somebody else",
      account: "sam",
      sql: `UPDATE "Device" SET "custodianId" = ${mine("sue")} WHERE "deviceNo" = 'D1'`,
      back: `UPDATE "Device" SET "custodianId" = ${mine("sam")} WHERE "deviceNo" = 'D1'`,
      code: "DEVICE_NOT_YOURS",
    },
    {
      name: "a device's credential revoked",
      account: "sam",
      sql: `UPDATE "DeviceCredential" SET "revokedAt" = now() WHERE "deviceId" = (SELECT id FROM "Device" WHERE "deviceNo" = 'D1')`,
      back: `UPDATE "DeviceCredential" SET "revokedAt" = NULL`,
      code: "DEVICE_UNREGISTERED",
    },
    {
      name: "a commitment that has ended",
      account: "cara",
      sql: `UPDATE "ConfidentialityCommitment" SET "validTo" = "signedAt" + interval '1 day' WHERE "employeeId" = ${mine("cara")}`,
      back: `UPDATE "ConfidentialityCommitment" SET "validTo" = NULL WHERE "employeeId" = ${mine("cara")}`,
      code: "NDA_REQUIRED",
    },
    {
      name: "somebody who has left",
      account: "cara",
      sql: `UPDATE "Employee" SET status = 'LEFT', "leftAt" = now() WHERE "staffNo" = 'cara'`,
      back: `UPDATE "Employee" SET status = 'ACTIVE', "leftAt" = NULL WHERE "staffNo" = 'cara'`,
      code: "UNAUTHENTICATED",
      status: 401,
    },
  ];

  test.each(restoring)("$name", async ({ account, sql, back, code, status = 200 }) => {
    expect((await server.ask(account, read)).data.customers.nodes).not.toEqual([]);
    await change(sql);
    const refused = await server.ask(account, read);
    await change(back);
    expect(refused).toMatchObject({ status, codes: [code] });
    expect(refused.data?.customers ?? null).toBeNull();
    expect((await server.ask(account, read)).data.customers.nodes).not.toEqual([]);
  });

  test("by the clock alone: a training, at its last instant", async () => {
    const end = new Date(testNow.getTime() + 60_000);
    const expires = (at: Date) =>
      change(`UPDATE "TrainingRecord" SET "expiresAt" = $1 WHERE "employeeId" = ${mine("cara")}`, [at]);
    await expires(end);
    server.clock.at = new Date(end.getTime() - 1);
    expect((await server.ask("cara", read)).codes).toEqual([]);
    server.clock.at = end;
    expect((await server.ask("cara", read)).codes).toEqual(["TRAINING_REQUIRED"]);
    await expires(days(305));
  });

  test("by the clock alone: a grant, at its last instant", async () => {
    const end = new Date(testNow.getTime() + 60_000);
    const [before] = (await change(`SELECT "validTo" FROM "Grant" WHERE "granteeId" = ${mine("cara")}`)).rows;
    await change(`UPDATE "Grant" SET "validTo" = $1 WHERE "granteeId" = ${mine("cara")}`, [end]);
    server.clock.at = new Date(end.getTime() - 1);
    expect((await server.ask("cara", read)).codes).toEqual([]);
    server.clock.at = end;
    expect((await server.ask("cara", read)).codes).toEqual(["GRANT_EXPIRED"]);
    await change(`UPDATE "Grant" SET "validTo" = $1 WHERE "granteeId" = ${mine("cara")}`, [before.validTo]);
  });

  describe("a declaration", () => {
    const number = async () => {
      const query =
        '{ customers(where: { code: { in: ["C1", "C2"] } }, orderBy: [{ field: code }]) { nodes { idNumber } } }';
      const { data } = await server.ask("carl", query);
      return (data.customers.nodes as { idNumber: string }[]).map(({ idNumber }) => !idNumber.includes("*"));
    };
    const state = (to: string) => change(`UPDATE "SensitiveUse" SET state = '${to}' WHERE id = 'use_test'`);

    beforeEach(async () => {
      await change(`DELETE FROM "SensitiveUseCustomer" WHERE "declarationId" = 'use_test'`);
      await change(`DELETE FROM "SensitiveUse" WHERE id = 'use_test'`);
      await change(
        `INSERT INTO "SensitiveUse" (id, "declaredById", "grantId", purpose, fields, "plannedFrom", "plannedUntil", "filedAt", "acknowledgedById", "acknowledgedAt", state)
         SELECT 'use_test', e.id, g.id, 'CUSTOMER_SERVICE', ARRAY['Customer.idNumber'], $1, $2, $1, a.id, $1, 'OPEN'
         FROM "Employee" e JOIN "Grant" g ON g."granteeId" = e.id AND g.state = 'ACTIVE', "Employee" a
         WHERE e."staffNo" = 'carl' AND a."staffNo" = 'adam'`,
        [testNow, new Date(testNow.getTime() + 3_600_000)],
      );
      await change(
        `INSERT INTO "SensitiveUseCustomer" SELECT 'use_test', id FROM "Customer" WHERE code = 'C1'`,
      );
    });

    test("opens the customers and the field that it names, and no other", async () => {
      expect(await number()).toEqual([true, false]);
    });

    test("returned: masked again", async () => {
      expect(await number()).toEqual([true, false]);
      await state("OVERDUE");
      expect(await number()).toEqual([false, false]);
    });

    test("over, by the clock alone: masked again", async () => {
      server.clock.at = new Date(testNow.getTime() + 3_600_000 - 1);
      expect(await number()).toEqual([true, false]);
      server.clock.at = new Date(testNow.getTime() + 3_600_000);
      expect(await number()).toEqual([false, false]);
    });
  });
});

test("revoked while others read: no answer to a request that began after the commit shows anything", async () => {
  const query = `{ customers(first: 20) { nodes { name } } }`;
  const rounds = 40;
  let shownBefore = 0;
  let late = 0;
  for (let round = 0; round < rounds; round += 1) {
    let revokedAt = Number.POSITIVE_INFINITY;
    const readers = Array.from({ length: 6 }, async () => {
      for (let read = 0; read < 4; read += 1) {
        const began = performance.now();
        const { data } = await server.ask("mona", query);
        const shown = (data?.customers?.nodes ?? []).length > 0;
        if (shown && began > revokedAt) late += 1;
        else if (shown) shownBefore += 1;
      }
    });
    const revoking = change(
      `UPDATE "Grant" SET state = 'REVOKED' WHERE "granteeId" = (SELECT id FROM "Employee" WHERE "staffNo" = 'mona')`,
    ).then(() => {
      revokedAt = performance.now();
    });
    await Promise.all([...readers, revoking]);
    expect((await server.ask("mona", query)).data?.customers ?? null).toBeNull();
    await change(
      `UPDATE "Grant" SET state = 'ACTIVE' WHERE "granteeId" = (SELECT id FROM "Employee" WHERE "staffNo" = 'mona')`,
    );
  }
  expect(shownBefore).toBeGreaterThan(0);
  expect(late).toBe(0);
});
