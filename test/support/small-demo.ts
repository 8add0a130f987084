import type pg from "pg";
import { demoDatabase, type TestDatabase, testNow } from "./database.js";
import { onServer } from "./database-server.js";
import { testLedger } from "./ledger.js";

const kept = `
  SELECT id FROM "Customer" WHERE code IN ('C1', 'C2', 'C3', 'C4', 'C5', 'C11', 'C12', 'C13', 'C14')
  UNION (SELECT id FROM "Customer" WHERE secrecy <> 'ORDINARY' ORDER BY code LIMIT 6)
  UNION (SELECT c.id FROM "Customer" c JOIN "Employee" e ON e.id = c."ownerId" WHERE e."staffNo" = 'sam' ORDER BY c.code LIMIT 6)
  UNION (SELECT c.id FROM "Customer" c JOIN "Employee" e ON e.id = c."ownerId" WHERE e."staffNo" = 'sue' ORDER BY c.code LIMIT 4)
  UNION (SELECT id FROM "Customer" ORDER BY code DESC LIMIT 12)`;

/**
 * The demo organisation with a few dozen of its customers, and with what makes decisions differ from row to row:
 * carl has declared some fields of C1, ratings tie or are missing, and of everybody one look is on record.
 */
export async function smallDemo(): Promise<TestDatabase> {
  const database = await demoDatabase();
  await onServer(database.url, async (client) => {
    await client.query(`CREATE TEMP TABLE kept AS ${kept}`);
    for (const table of [
      "Transaction",
      "Order",
      "BankAccount",
      "ServiceCase",
      "Dossier",
      "CustomerClearance",
    ])
      await client.query(`DELETE FROM "${table}" WHERE "customerId" NOT IN (SELECT id FROM kept)`);
    await client.query('DELETE FROM "Customer" WHERE id NOT IN (SELECT id FROM kept)');
    await client.query(ties);
    await client.query(declare);
    await client.query(
      `INSERT INTO "SensitiveUseCustomer" SELECT 'use_carl', id FROM "Customer" WHERE code = 'C1'`,
    );
    await client.query("ANALYZE");
    await onRecord(database, client);
  });
  return database;
}

const ties = `
  UPDATE "Customer" SET rating = (ARRAY['A', 'B', NULL])[1 + length(name || code) % 3] WHERE status <> 'DESTROYED' AND code NOT IN ('C1', 'C2', 'C3', 'C4', 'C5')`;

const declare = `
  INSERT INTO "SensitiveUse" (id, "declaredById", "grantId", purpose, fields, "plannedFrom", "plannedUntil", "filedAt", "acknowledgedById", "acknowledgedAt", state)
  SELECT 'use_carl', e.id, g.id, 'CUSTOMER_SERVICE', ARRAY['Customer.idNumber', 'Customer.taxId', 'BankAccount.accountNumber'],
    '2026-11-22T00:00:00Z', '2026-11-24T00:00:00Z', '2026-11-22T00:00:00Z', a.id, '2026-11-22T00:00:00Z', 'OPEN'
  FROM "Employee" e JOIN "Grant" g ON g."granteeId" = e.id AND g.state = 'ACTIVE', "Employee" a
  WHERE e."staffNo" = 'carl' AND a."staffNo" = 'adam'`;

/** Each of the demo people has looked at two customers: at one the way that it is stored, at the other masked. */
async function onRecord(database: TestDatabase, client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ id: string; department: string; deviceId: string | null }>(
    `SELECT e.id, e."departmentCode" AS "department", (SELECT min(d.id) FROM "Device" d WHERE d."custodianId" = e.id) AS "deviceId"
     FROM "Employee" e ORDER BY e."staffNo"`,
  );
  const { rows: customers } = await client.query<{ id: string }>("SELECT id FROM kept ORDER BY id");
  const ledger = testLedger(database, { now: () => testNow });
  const looks = rows.map(({ id, department, deviceId }, index) => {
    const touched = [0, 1].map((other) => {
      const customer = customers[(index + other) % customers.length]!.id;
      const [clear, masked] = other === 0 ? [["Customer.name"], []] : [[], ["Customer.name"]];
      return {
        ...{ record: "Customer", recordId: customer, customerId: customer, step: null },
        fields: { clear, masked, withheld: ["Customer.rating"] },
      };
    });
    return ledger.record({
      ...{ kind: "QUERY", roots: ["customers"], outcome: "ANSWERED", codes: [], reasons: ["TIER_TOO_LOW"] },
      ...{
        principalId: id,
        department,
        deviceId,
        address: `10.0.0.${index}`,
        purpose: null,
        policyVersion: 1,
      },
      ...{ grants: [], declarations: [], requestId: `look-${index}`, used: ["Customer.code"], touched },
    });
  });
  await Promise.all(looks);
  await ledger.close();
}
