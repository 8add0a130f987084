import type { Database } from "../database/client.js";

/** Forgets the signed proofs that have been used and that no server takes any more; tells how many. */
export const forgetProofs = async (db: Pick<Database, "spentProof">, now: Date): Promise<number> =>
  (await db.spentProof.deleteMany({ where: { expiresAt: { lt: now } } })).count;
