import { recordOf } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import { refuse } from "../access/guard.js";
import type { Rows } from "../access/rows.js";
import type { Prisma } from "../database/client.js";
import { idsInReach, requireReachable } from "../reading/writable-rows.js";
import { Dossier } from "./dossier.type.js";

type Queries = Pick<Prisma.TransactionClient, "$queryRaw">;

const inputPath = "input.dossierId";

/**
 * Throws NOT_FOUND unless the caller sees at least the catalogue line of a dossier, and alike for one that does not
 * exist; why, where no dossier at all is in reach.
 */
export async function requireInSight(db: Queries, decisions: Decisions, id: string): Promise<void> {
  const { rows, otherwise } = decisions.reach(recordOf(Dossier));
  if (rows.length === 0) throw refuse(otherwise, inputPath);
  await requireReachable({ db, decisions }, { type: Dossier, id, inputPath });
}

/** Throws what is missing unless a grant of the caller lets this dossier be borrowed (rulebook 3.3). */
export async function requireBorrowable(
  db: Queries,
  decisions: Decisions,
  id: string,
  inputPath: string,
): Promise<void> {
  const { openings, closings, otherwise } = decisions.of(recordOf(Dossier).fields.get("id")!, "BORROW");
  const isIn = async (sets: readonly Rows[]) => (await idsInReach(db, Dossier, [id], sets)).has(id);
  if (await isIn(openings.map(({ rows }) => rows))) return;
  for (const { rows, reason } of closings) if (await isIn([rows])) throw refuse(reason, inputPath);
  throw refuse(otherwise, inputPath);
}
