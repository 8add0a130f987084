import type { Decision } from "./decision.js";
import type { Reason } from "./reasons.js";
import { covers, type RowCondition, type Rows } from "./rows.js";
import type { Outcome } from "./vocabulary.js";

/** What happens to a cell whose row is in `rows` and in no earlier branch. */
export interface Branch {
  /** What is left to test, given that the row is in reach; empty: always. */
  readonly rows: Rows;
  readonly outcome: Outcome;
  readonly reason: Reason | null;
  /** The grant and the declaration that open it, by id, as the decision names them. */
  readonly grant?: string;
  readonly declaration?: string;
}

const conditionsOfAll = (reach: readonly Rows[]): readonly RowCondition[] =>
  (reach[0] ?? []).filter((condition) => reach.every((rows) => covers([condition], rows)));

/**
 * A decision as the branches that can still happen on the rows in reach: what reach already implies is not tested
 * again, and nothing follows a branch that holds for every row. The last branch always holds.
 */
export function branchesOf(
  { openings, closings, otherwise }: Decision,
  reach: readonly Rows[],
): readonly Branch[] {
  const known = conditionsOfAll(reach);
  const candidates: Branch[] = [
    ...openings.map(({ because, ...opening }) => ({ ...opening, reason: because ?? null })),
    ...closings.map(({ rows, reason }) => ({ rows, outcome: "WITHHELD" as const, reason })),
    { rows: [], outcome: "WITHHELD", reason: otherwise },
  ];
  const branches: Branch[] = [];
  for (const { rows, ...decided } of candidates) {
    const always = reach.every((set) => covers(rows, set));
    branches.push({ ...decided, rows: always ? [] : rows.filter((one) => !covers([one], known)) });
    if (always) break;
  }
  // A row that fails the last test and a row that is not tested end alike: the test tells nothing.
  while (branches.length > 1 && endAlike(branches.at(-2)!, branches.at(-1)!)) branches.splice(-2, 1);
  return branches;
}

const endAlike = (a: Branch, b: Branch): boolean => a.outcome === b.outcome && a.reason === b.reason;
