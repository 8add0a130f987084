import type { Caller } from "../access/caller.js";
import type { Decisions } from "../access/decisions.js";
import type { Database, Prisma } from "../database/client.js";
import type { Calendar } from "./calendar.js";
import type { Facts, Person } from "./facts.js";
import type { Hearer } from "./transact.js";

/** What a step works with: one transaction, in which it happens whole or not at all. */
export interface Work {
  readonly tx: Prisma.TransactionClient;
  readonly now: Date;
  readonly calendar: Calendar;
  /** Null: the clock takes the step. */
  readonly by: { readonly caller: Caller; readonly decisions: Decisions } | null;
}

/** A step of a form that is there. */
export interface Step<Row, Input> extends Work {
  readonly facts: Facts<Row>;
  readonly input: Input;
  readonly note: string | null;
}

/** What a step changes beside state, seat and deadline. */
export interface Outcome<Row> {
  /** Where an action can end in several states. */
  readonly to?: string;
  readonly set?: { readonly [Key in keyof Row]?: Row[Key] | undefined };
  /** What has changed, in words, for the history. */
  readonly changes?: readonly string[];
  /** What it brings for other forms, once this one has taken its step. */
  readonly brings?: (work: Work) => Promise<unknown>;
}

/** What a new row of a form starts with. */
export interface Entry {
  readonly id: string;
  readonly state: string;
  readonly dueAt: Date | null;
}

/** How a form comes to be. */
export interface Opener<Input, Form> {
  /**
   * The input as it is stored. Throws FORM_INCOMPLETE, naming all that is missing or contradictory. The hearer hears of a
   * step that is taken though the form is refused.
   */
  read(input: Input, by: NonNullable<Work["by"]>, db: Database, hearer: Hearer): Form | Promise<Form>;
  /** The person whom it is about; null: nobody. */
  subject(form: Form, caller: Caller): string | null;
  /** Stores it. */
  write(opening: Opening<Form>): Promise<void>;
  /** In which of the action's states it starts, where there are several. */
  to?(opening: Omit<Opening<Form>, "entry">): Promise<string> | string;
}

export interface Opening<Form> extends Work {
  readonly form: Form;
  readonly by: NonNullable<Work["by"]>;
  readonly subject: Person;
  readonly entry: Entry;
}
