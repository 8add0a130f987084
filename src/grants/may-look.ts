import { failedBaseCondition } from "../access/conditions.js";
import { refuse } from "../access/guard.js";
import type { Work } from "../workflow/step.js";

/**
 * What opens customer data is filed where it is to be used, by somebody who could look at some: customers are looked up
 * for nobody else. Throws the base condition that fails first.
 */
export function requireMayLook({ caller, decisions }: NonNullable<Work["by"]>): void {
  const failed = failedBaseCondition(caller, decisions.policy);
  if (failed) throw refuse(failed);
}
