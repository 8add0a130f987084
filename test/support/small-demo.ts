import { demoDatabase, type TestDatabase } from "./database.js";
import { onServer } from "./database-server.js";

const kept = `
  SELECT id FROM "Customer" WHERE code IN ('C1', 'C2', 'C3', 'C4', 'C5', 'C11', 'C12', 'C13', 'C14')
  UNION (SELECT id FROM "Customer" WHERE secrecy <> 'ORDINARY' ORDER BY code LIMIT 6)
  UNION (SELECT c.id FROM "Customer" c JOIN "Employee" e ON e.id = c."ownerId" WHERE e."staffNo" = 'sam' ORDER BY c.code LIMIT 6)
  UNION (SELECT c.id FROM "Customer" c JOIN "Employee" e ON e.id = c."ownerId" WHERE e."staffNo" = 'sue' ORDER BY c.code LIMIT 4)
  UNION (SELECT id FROM "Customer" ORDER BY code DESC LIMIT 12)`;

/**
 * The demo organisation with a few dozen of its customers, and with what makes decisions differ from row to row:
 * carl has declared some fields of C1, and ratings tie or are missing.
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
