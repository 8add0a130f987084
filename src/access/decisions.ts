import { type Branch, branchesOf } from "./branches.js";
import type { Caller } from "./caller.js";
import { decide, reach } from "./decide.js";
import type { Decision, Reach } from "./decision.js";
import type { Policy } from "./policy.js";
import type { ClassifiedField, RecordType } from "./record.js";
import { covers, type Rows } from "./rows.js";
import type { Use } from "./vocabulary.js";

/** One request's decisions: each (field, use) is decided once, however many cells there are. */
export interface Decisions {
  readonly caller: Caller;
  readonly policy: Policy;
  of(field: ClassifiedField, use: Use): Decision;
  reach(record: RecordType): Reach;
  /** The rows in reach that filters, orders and counts by these fields look at: inside the caller's clearance. */
  candidates(record: RecordType, by: readonly FieldUse[]): readonly Rows[];
  /** What can happen to the cells of a field on the rows in reach, or on those that filters and orders look at. */
  branches(field: ClassifiedField, within: Within): readonly Branch[];
  /** How many decisions have been made; O(fields named), whatever the number of rows. */
  readonly made: number;
}

/** How an argument uses a field. */
export interface FieldUse {
  readonly field: ClassifiedField;
  readonly use: Use;
}

/** The rows that a reading can meet. */
export type Within = keyof Pick<Reach, "rows" | "candidates">;

export function decisionsFor(caller: Caller, policy: Policy): Decisions {
  const decided = new Map<ClassifiedField, Map<Use, Decision>>();
  const reached = new Map<RecordType, Reach>();
  let made = 0;
  const decisions: Decisions = {
    caller,
    policy,
    of(field, use) {
      const uses = decided.get(field) ?? new Map<Use, Decision>();
      decided.set(field, uses);
      const known = uses.get(use);
      if (known) return known;
      made += 1;
      const decision = decide(caller, field, use, policy);
      uses.set(use, decision);
      return decision;
    },
    reach(record) {
      const known = reached.get(record) ?? reach(caller, record, policy);
      reached.set(record, known);
      return known;
    },
    candidates(record, by) {
      const limited = (rows: Rows, { field, use }: FieldUse): Rows => {
        const { inClearance, openings } = decisions.of(field, use);
        if (!inClearance || openings.some((opening) => covers(opening.rows, rows))) return rows;
        return [...rows, ...inClearance];
      };
      return decisions.reach(record).candidates.map((rows) => by.reduce(limited, rows));
    },
    branches(field, within) {
      const { value } = field;
      // An edge to what is out of reach altogether is withheld and told: no empty list that looks like an answer.
      if (value.kind === "one" || value.kind === "many") {
        const { rows, otherwise } = decisions.reach(value.record());
        if (rows.length === 0) return [{ rows: [], outcome: "WITHHELD", reason: otherwise }];
      }
      return branchesOf(decisions.of(field, "SEE"), decisions.reach(field.record)[within]);
    },
    get made() {
      return made;
    },
  };
  return decisions;
}
