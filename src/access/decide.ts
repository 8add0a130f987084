import type { Caller } from "./caller.js";
import { failedBaseCondition, failedForClassified, failedForCustomerData } from "./conditions.js";
import { decideAsNamed } from "./decide-as-named.js";
import { decideByGrants, reachByGrants } from "./decide-by-grants.js";
import { decideByPost, reachByPost } from "./decide-by-post.js";
import type { Decision, Opening, Reach } from "./decision.js";
import type { Policy } from "./policy.js";
import type { ClassifiedField, RecordType } from "./record.js";
import { isCustomerClass, type Use } from "./vocabulary.js";

/** Who may do what with a field: the only place that says so. Pure; an unknown word opens nothing. */
export function decide(caller: Caller, field: ClassifiedField, use: Use, policy: Policy): Decision {
  if (field.fieldClass === "NAMED") return decideAsNamed(caller, field, use, policy);
  if (field.value.kind === "made") return decideAsSource(caller, field.value.of, use, policy);
  const { governedBy } = field.record;
  if (governedBy === "grants") return decideByGrants(caller, field, use, policy);
  // A post opens what a form says of a customer, and no look at it without what every look takes.
  const failed = isCustomerClass(field.fieldClass) ? failedForCustomerData(caller, policy) : null;
  if (failed) return { openings: [], closings: [], otherwise: failed };
  return decideByPost(caller, field, use, policy.posts[governedBy], notHere(caller, policy));
}

/** What keeps a caller from what is classified: it is looked at as customers are, and on a reviewed device (S004-P4-15). */
const notHere = (caller: Caller, policy: Policy) =>
  failedBaseCondition(caller, policy) ?? failedForClassified(caller, policy);

/** What is made of a field is seen where that is clear: no mask of it is a source, and nobody filters by it or writes it. */
function decideAsSource(caller: Caller, source: ClassifiedField, use: Use, policy: Policy): Decision {
  const { openings, closings, otherwise } = decide(caller, source, "SEE", policy);
  if (use !== "SEE") return { openings: [], closings: [], otherwise };
  const [clear, masked] = [openings.filter(isClear), openings.filter((opening) => !isClear(opening))];
  return {
    openings: clear,
    closings: [...masked.map(({ rows, because }) => ({ rows, reason: because ?? otherwise })), ...closings],
    otherwise,
  };
}

const isClear = ({ outcome }: Opening): boolean => outcome === "CLEAR";

/** Which rows of a record type a caller can reach: through any field, even if only as a catalogue line. */
export function reach(caller: Caller, record: RecordType, policy: Policy): Reach {
  return record.governedBy === "grants"
    ? reachByGrants(caller, record, policy)
    : reachByPost(caller, record, policy.posts[record.governedBy], notHere(caller, policy));
}
