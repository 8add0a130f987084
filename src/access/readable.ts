import { refusal } from "../errors.js";
import type { Policy } from "./policy.js";

/** A version, for questions about what it says. Throws WRONG_STATE for one that this release cannot read. */
export function readable(policy: Policy): Policy {
  if (!policy.insteadOfUnread) return policy;
  throw refusal("WRONG_STATE", {
    reason: `Version ${policy.version} of the tier policy is not in the shape that this release reads.`,
    needs: "the release under which it was adopted",
  });
}
