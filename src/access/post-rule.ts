import type { RowWord } from "./rows.js";
import type { FieldClass, Use } from "./vocabulary.js";

// Rights that come with a post rather than with a grant: the lower tables of rulebook 3.3, staff data and directories.

/**
 * The rows that a post can have rights on. `customers` is the customer whose login it is. `secrecy` is what its holder is fit for: every row to those whom nothing keeps
 * from classified records, neither a base condition nor device and training for them (S004-P4-15); to others what is not
 * classified.
 */
export const postRows = [
  "own",
  "aboutOthers",
  "department",
  "approved",
  "decided",
  "escalated",
  "leaving",
  "aboutDossier",
  "aboutDevice",
  "technical",
  "priced",
  "secrecy",
  "customers",
  "incident",
  "objection",
  "secretReview",
  "handedOut",
  "carried",
  "taught",
  "led",
] as const satisfies readonly RowWord[];
export type PostRow = (typeof postRows)[number];

/** What a post can do with it. */
export const postUses = ["SEE", "FILTER", "SORT", "CREATE", "CORRECT"] as const satisfies readonly Use[];

/** One line of the device, grant and staff matrices: these people may use these fields of these rows so. */
export interface PostRule {
  /** All that are given must fit; none given: everyone. */
  readonly who: {
    readonly departments?: readonly string[];
    readonly roles?: readonly string[];
    readonly kinds?: readonly string[];
  };
  /** Empty: every row. */
  readonly rows: readonly PostRow[];
  readonly uses: readonly (typeof postUses)[number][];
  /** Only these record types; none given: every one that the matrix governs. */
  readonly records?: readonly string[];
  /** By class: every field of it, or those named. */
  readonly fields: Partial<Record<FieldClass, "*" | readonly string[]>>;
}

/** What the rights of posts are about. */
export const domains = ["device", "grant", "staff", "directory", "inbox", "ledger"] as const;
export type Domain = (typeof domains)[number];

/** Of these something is written by right of a post; the others are only looked at. */
export const writtenByPost: readonly Domain[] = ["device"];

export const employed = ["FORMAL", "TEMP", "INTERN", "SYSTEM"];
/** Looked at, and nothing else. */
export const bySight: PostRule["uses"] = ["SEE", "FILTER", "SORT"];
