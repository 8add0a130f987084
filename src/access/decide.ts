import type { Caller } from "./caller.js";
import { decideAsNamed } from "./decide-as-named.js";
import { decideByGrants, reachByGrants } from "./decide-by-grants.js";
import { decideByPost, reachByPost } from "./decide-by-post.js";
import type { Decision, Reach } from "./decision.js";
import type { Policy } from "./policy.js";
import type { ClassifiedField, RecordType } from "./record.js";
import type { Use } from "./vocabulary.js";

/** Who may do what with a field: the only place that says so. Pure; an unknown word opens nothing. */
export function decide(caller: Caller, field: ClassifiedField, use: Use, policy: Policy): Decision {
  if (field.fieldClass === "NAMED") return decideAsNamed(caller, field, use, policy);
  return field.record.governedBy === "grants"
    ? decideByGrants(caller, field, use, policy)
    : decideByPost(caller, field, use, policy.posts[field.record.governedBy]);
}

/** Which rows of a record type a caller can reach: through any field, even if only as a catalogue line. */
export function reach(caller: Caller, record: RecordType, policy: Policy): Reach {
  return record.governedBy === "grants"
    ? reachByGrants(caller, record, policy)
    : reachByPost(caller, record, policy.posts[record.governedBy]);
}
