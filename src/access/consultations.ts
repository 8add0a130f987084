import type { Caller } from "./caller.js";
import type { RecordType } from "./record.js";
import type { Rows } from "./rows.js";

/**
 * The rows that approved consultations open now: what they name, and nothing that belongs to it (S004-P5-18). They ask
 * for no grant and widen none (rulebook 6-01).
 */
export function consultedRows({ consultations, now }: Caller, record: RecordType): readonly Rows[] {
  if (!record.rows.consulted) return [];
  const ids = consultations
    .filter(({ from, to }) => from <= now && now < to)
    .map(({ dossierId }) => dossierId);
  return ids.length > 0 ? [[{ is: "consulted", ids }]] : [];
}
