import { recordOf } from "../access/classified.js";
import type { Decisions } from "../access/decisions.js";
import { refuse } from "../access/guard.js";
import { refusal } from "../errors.js";
import { idsInReach } from "../reading/writable-rows.js";
import type { Work } from "../workflow/step.js";
import { Customer } from "./customer.type.js";

/** Where the n-th of some ids stands in an input. */
type PathOf = (index: number) => string;

/**
 * Throws NOT_FOUND for the first of these customers that is not inside the caller's scope and clearance: what may be
 * done with a record tells more of it than its line in the catalogue. Not existing answers alike.
 */
export async function requireInClearance(
  tx: Work["tx"],
  decisions: Decisions,
  ids: readonly string[],
  pathOf: PathOf,
): Promise<void> {
  const { candidates, otherwise } = decisions.reach(recordOf(Customer));
  if (candidates.length === 0) throw refuse(otherwise, pathOf(0));
  const found = await idsInReach(tx, Customer, ids, candidates);
  const missing = ids.findIndex((id) => !found.has(id));
  if (missing >= 0) throw refusal("NOT_FOUND", { inputPath: pathOf(missing) });
}
