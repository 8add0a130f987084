import type { Caller } from "../access/caller.js";

/** Whoever takes a step. */
export type Actor = Pick<
  Caller,
  "id" | "department" | "roles" | "kind" | "status" | "contractEndsAt" | "now"
>;

/** A person that a form is about; where it is about nobody, a department and who answers for that. */
export interface Person {
  /** Empty: nobody. */
  readonly id: string;
  readonly department: string;
  readonly kind: string;
  readonly status: string;
  readonly roles: readonly string[];
  /** The end of the last day of the contract. */
  readonly contractEndsAt: Date | null;
  /** Who answers for the person: see `head` among those who may take a step. */
  readonly heads: readonly string[];
}

/** A row as JSON brings it: instants are texts. */
export type Stored<Row> = {
  readonly [Key in keyof Row]: Row[Key] extends Date | null ? Exclude<Row[Key], Date> | string : Row[Key];
};

/** All that decides which steps a form can take. */
export interface Facts<Row> {
  readonly id: string;
  readonly state: string;
  readonly row: Stored<Row>;
  readonly subject: Person;
  /** By when somebody has to go on with it. */
  readonly dueAt: Date | null;
  /** Who fills which seat, by id. */
  readonly seats: Readonly<Record<string, string | null>>;
  /** What the form's table asks for besides. */
  readonly more: Readonly<Record<string, unknown>>;
}
