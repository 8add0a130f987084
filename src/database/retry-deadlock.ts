import { databaseRefusal } from "./database-refusal.js";

/** What PostgreSQL and Prisma call a transaction that was ended because two waited for each other. */
const deadlocks: readonly string[] = ["40P01", "TransactionWriteConflict", "P2034"];

/**
 * Runs a transaction, once more and a third time where the database has ended it because it and another one waited for
 * each other: nothing of it has happened then. Throws what the last run throws.
 */
export async function retryDeadlock<Result>(run: () => Promise<Result>, more = 2): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (more === 0 || !deadlocks.includes(databaseRefusal(error)?.cause ?? "")) throw error;
    return retryDeadlock(run, more - 1);
  }
}
