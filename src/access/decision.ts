import type { Reason } from "./reasons.js";
import type { Rows } from "./rows.js";

/** What a caller may do with a field: openings add up, and the first that holds a row wins. */
export interface Decision {
  readonly openings: readonly Opening[];
  /** Rows that a grant or post reaches without opening the field, and why. */
  readonly closings: readonly Closing[];
  /** Why any other row is closed. */
  readonly otherwise: Reason;
  /** Of the rows in reach, those inside the caller's clearance for this field; not given: reach says it. */
  readonly inClearance?: Rows;
}

export interface Opening {
  readonly rows: Rows;
  readonly outcome: "CLEAR" | "MASKED";
  /** Why it is no more than masked. */
  readonly because?: Reason;
  /** The grant that opens it, by id; none: a post, a consultation, or being the customer. */
  readonly grant?: string;
  /** The declaration without which it would not be open, by id. */
  readonly declaration?: string;
}

export const clearOn = (rows: Rows): Opening => ({ rows, outcome: "CLEAR" });

export interface Closing {
  readonly rows: Rows;
  readonly reason: Reason;
}

/** The rows of a record type that a caller can reach at all. */
export interface Reach {
  /** Sets that add up; none: the type is out of reach. */
  readonly rows: readonly Rows[];
  /** The part of them that filters, sorts and groups may look at, whatever they use: inside the caller's clearance. */
  readonly candidates: readonly Rows[];
  /** Why nothing, or nothing more, is in reach. */
  readonly otherwise: Reason;
}
