import { type Database, Prisma } from "../../database/client.js";
import type { NewCustomer } from "../new-customer.js";

/** The transaction that an import is. */
export type Transaction = Prisma.TransactionClient;

/** A good row, waiting for the end of the file. */
export interface StagedRow {
  readonly line: number;
  readonly code: string;
  /** Null: the customer is there already, and the code is only kept to find it a second time in the file. */
  readonly rows: NewCustomer | null;
}

/** Lines of the file that are written by one statement, so that none takes long. */
const sliceLength = 5_000;

// Cost of a million-row file: about 1 GB of temporary files, and no locks, dead rows or log before the first write.
export const createStage = (db: Transaction) => db.$executeRaw`
  CREATE TEMPORARY TABLE "stagedCustomer" (
    line int PRIMARY KEY, code text NOT NULL UNIQUE, customer jsonb, accounts jsonb
  ) ON COMMIT DROP`;

/** Keeps these rows, but for those whose code an earlier line has: tells that line, by the later one. */
export async function stageRows(db: Transaction, rows: readonly StagedRow[]): Promise<Map<number, number>> {
  const json = JSON.stringify(
    rows.map(({ line, code, rows }) => ({
      line,
      code,
      customer: rows?.customer,
      accounts: rows?.bankAccounts,
    })),
  );
  await db.$executeRaw`
    INSERT INTO pg_temp."stagedCustomer"
    SELECT * FROM jsonb_to_recordset(${json}::jsonb) AS given(line int, code text, customer jsonb, accounts jsonb)
    ORDER BY line
    ON CONFLICT (code) DO NOTHING`;
  const repeated = await db.$queryRaw<{ line: number; earlier: number }[]>`
    SELECT given.line, staged.line AS earlier
    FROM unnest(${rows.map(({ line }) => line)}::int[], ${rows.map(({ code }) => code)}::text[]) AS given(line, code)
    JOIN pg_temp."stagedCustomer" staged USING (code)
    WHERE staged.line <> given.line`;
  return new Map(repeated.map(({ line, earlier }) => [line, earlier]));
}

/** Which of these codes are taken, and whether by a customer whom this person has collected. */
export async function takenCodes(
  db: Pick<Database, "$queryRaw">,
  codes: readonly string[],
  personId: string,
): Promise<Map<string, { own: boolean }>> {
  const taken = await db.$queryRaw<{ code: string; own: boolean }[]>`
    SELECT code, "collectedById" IS NOT DISTINCT FROM ${personId} AS own
    FROM "Customer" WHERE code = ANY(${codes}::text[])`;
  return new Map(taken.map(({ code, own }) => [code, { own }]));
}

/**
 * Writes all that is staged, and tells how many customers that were: one whose code somebody else has taken in the
 * meantime is left out. `written` hears how far it is.
 */
export async function writeStage(
  db: Transaction,
  lastLine: number,
  written: (customers: number) => void,
): Promise<number> {
  let customers = 0;
  for (let from = 0; from < lastLine; from += sliceLength) {
    const slice = Prisma.sql`pg_temp."stagedCustomer" staged
      WHERE line > ${from} AND line <= ${from + sliceLength}`;
    customers += await db.$executeRaw`
      INSERT INTO "Customer"
      SELECT entered.* FROM (SELECT customer FROM ${slice} AND customer IS NOT NULL ORDER BY line) AS good,
        jsonb_populate_record(NULL::"Customer", good.customer) AS entered
      ON CONFLICT (code) DO NOTHING`;
    await db.$executeRaw`
      INSERT INTO "BankAccount"
      SELECT entered.* FROM (SELECT accounts FROM ${slice} AND accounts IS NOT NULL ORDER BY line) AS good,
        jsonb_populate_recordset(NULL::"BankAccount", good.accounts) AS entered
      JOIN "Customer" ON "Customer"."id" = entered."customerId"`;
    written(customers);
  }
  return customers;
}
