import type { Database, Prisma } from "../../src/database/client.js";

/** Writes what the triggers refuse: what another release, or somebody at the database itself, could leave there. */
export const writeUnhindered = (
  db: Database,
  write: (tx: Prisma.TransactionClient) => Promise<unknown>,
): Promise<void> =>
  db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL ROLE NONE`;
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await write(tx);
  });
