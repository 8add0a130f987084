import { recordOf } from "../access/classified.js";
import type { Reason } from "../access/reasons.js";
import type { RecordType } from "../access/record.js";
import type { DepartmentCode, PrincipalKind, Prisma, Role } from "../database/client.js";
import type { Sql } from "../reading/sql.js";
import type { Term } from "./calendar.js";
import type { Actor, Facts, Person } from "./facts.js";
import type { Entry, Opener, Outcome, Step, Work } from "./step.js";

// A form is a table: its states, who may take it from one to the next, what must be filled in, by when, and what
// happens on it. Checks, constraints, history, available actions, reminders and the printed diagram all come from it.

/** Who may take a step. Always somebody else than the person whom the form is about, unless that person is named. */
export type Who =
  /** The person whom the form is about, with any of these roles, and of one of these kinds, where some are named. */
  | { readonly is: "subject"; readonly roles?: readonly Role[]; readonly kinds?: readonly PrincipalKind[] }
  /**
   * The head of that person's department; for a head, and where there is none, the general manager; for the general
   * manager the head of administration (rulebook 2.4 A, 6-31).
   */
  | { readonly is: "head" }
  /** Somebody with a role, wherever, or in that person's own department or outside it. */
  | { readonly is: "role"; readonly role: Role; readonly where?: "sameDepartment" | "otherDepartment" }
  /** Somebody with a role, where the person belongs to a department: who stands in for its own people (6-32). */
  | { readonly is: "standIn"; readonly role: Role; readonly forDepartment: string }
  /** Somebody whom a further fact of the form names, by id. */
  | { readonly is: "named"; readonly fact: string; readonly inWords: string }
  /** The clock. */
  | { readonly is: "system" };

export const subject: Who = { is: "subject" };
export const subjectAs = (...roles: readonly Role[]): Who => ({ is: "subject", roles });
export const subjectOf = (...kinds: readonly PrincipalKind[]): Who => ({ is: "subject", kinds });
export const head: Who = { is: "head" };
export const system: Who = { is: "system" };
export const role = (name: Role, where?: "sameDepartment" | "otherDepartment"): Who => ({
  is: "role",
  role: name,
  ...(where && { where }),
});
export const named = (fact: string, inWords: string): Who => ({ is: "named", fact, inWords });
/** Nobody of administration decides for administration but the general manager (rulebook 6-32). */
export const standIn = (name: Role, forDepartment: string): Who => ({
  is: "standIn",
  role: name,
  forDepartment,
});

/** A chair at a form: one person fills at most one, and its columns say who and when. */
export interface Seat<Row> {
  readonly by: keyof Row & string;
  readonly at: keyof Row & string;
  /** The form names beforehand who sits there: `by` is filled from the beginning, `at` when they act. */
  readonly beforehand?: true;
}

export interface State<Row = never> {
  /** By when somebody has to go on from here. */
  readonly due?: Term;
  /** The column that says by when, where it is not a term. */
  readonly dueBy?: keyof Row & string;
  /** The steps that it waits for: whoever may take one finds the form among their tasks. */
  readonly waitsFor?: readonly string[];
  /** Why nothing follows, in words. */
  readonly end?: string;
}

/**
 * Who is told something: the person whom the form is about, who answers for them, everybody with a role, or those whom a
 * further fact of the form names.
 */
export type Recipient = "subject" | "head" | Role | { readonly fact: string };

/**
 * What is said once when an instant is near, has come, or lies a day further back each time (rulebook 2.5). What would
 * have been to be said before the form stood where it is to be said, and what a later reminder has overtaken, is not
 * said any more. At one instant a person hears one thing of a form: what stands first in its table.
 */
export interface Reminder<Row, StateName extends string> {
  readonly states: readonly StateName[];
  /** The column with the instant. */
  readonly of: keyof Row & string;
  /** Hours before it, and only before it; none: when it has come. */
  readonly hoursBefore?: number;
  /** Hours after it. */
  readonly hoursAfter?: number;
  /** Again on each day after it. */
  readonly daily?: true;
  /** The column that, once it is filled, leaves nothing to be reminded of. */
  readonly unless?: keyof Row & string;
  readonly to: readonly Recipient[];
  /** What is said. */
  readonly says: string;
}

/** Whoever answers for this department answers for a form that is about nobody. */
export interface Unassigned<Row> {
  /** The column that names the department, where there is one. */
  readonly department?: keyof Row & string;
  /** The department where that is empty, and of a form that is being opened. */
  readonly otherwise: DepartmentCode;
}

/** A step that another form brings of every form that names that one: by a column, or as an SQL condition on a row. */
export interface Following<Row, ActionName extends string> {
  /** The other form. */
  readonly of: Workflow;
  /** The steps of it that bring this one; none named: every one to a state with an `end`. */
  readonly steps?: readonly string[];
  readonly by: (keyof Row & string) | ((row: Sql, id: string) => Sql);
  readonly action: ActionName;
  /** Which of them it brings it of, as an SQL condition on a row once that step has been taken; none: all. */
  readonly only?: (row: Sql) => Sql;
}

/** Another form's step that opens one of these. */
export interface OpenedBy<ActionName extends string> {
  /** The other form. */
  readonly of: Workflow;
  readonly step: string;
  /** What it is opened by: an action that starts from nowhere. */
  readonly action: ActionName;
  /** Stores it, and tells whom it is about; null: this one opens none. */
  // biome-ignore lint/suspicious/noExplicitAny: whatever the other form's row is
  readonly write: (work: Work, entry: Entry, of: Facts<any>, note: string | null) => Promise<Person | null>;
}

/** Before a form is there. */
export const nowhere = null;

export interface Action<Row, StateName extends string, SeatName extends string> {
  readonly from: readonly (StateName | typeof nowhere)[];
  /** One state, or one for each it comes from; of a list, the step itself says which. None: it stays where it is. */
  readonly to?: StateName | readonly StateName[] | { readonly [From in StateName]?: StateName };
  readonly who: readonly Who[];
  /** The seat that whoever takes the step fills; its columns are written by the step. */
  readonly seat?: SeatName;
  /** Seats whose holder may take the step as well. */
  readonly alsoBy?: readonly SeatName[];
  /** Whether a note has to say why. */
  readonly note?: "required";
  /** What else must hold, beyond who and from where. */
  readonly requires?: (facts: Facts<Row>, actor: Actor) => Reason | null;
  /** The instant at which the clock takes it: a column. */
  readonly when?: keyof Row & string;
  /** Happens when the person whom the form is about leaves the company, or the post that it is for. */
  readonly whenSubjectGoes?: true;
  /** In words: what it is, and the clause it comes from. */
  readonly meaning: string;
  /** The mutation's name, where it is not the action's with the record's. */
  readonly mutation?: string;
  /** What is filled in beyond the form's id and a note: an input class. */
  readonly input?: () => new () => object;
  // biome-ignore lint/suspicious/noExplicitAny: each action has an input of its own, checked where it is written
  readonly open?: Opener<any, any>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  readonly effect?: (step: Step<Row, any>) => Promise<Outcome<Row> | undefined>;
  /** Who hears of it at once. */
  readonly tells?: { readonly to: readonly Recipient[]; readonly says: string };
}

export interface WorkflowTable<
  Row,
  StateName extends string,
  SeatName extends string,
  ActionName extends string,
> {
  readonly type: new () => object;
  /** Its letter in rulebook 2.4; A3 and A4 are ours, of what A2 leaves open. */
  readonly machine: string;
  readonly title: string;
  /** The clauses that it comes from. */
  readonly clause: string;
  /** The Prisma model. */
  readonly model: Uncapitalize<Prisma.ModelName>;
  /** The column of the person whom it is about. */
  readonly subject: keyof Row & string;
  /** Where it can be about nobody: whose it is then. */
  readonly unassigned?: Unassigned<Row>;
  readonly seats: Readonly<Record<SeatName, Seat<Row>>>;
  readonly states: Readonly<Record<StateName, State<Row>>>;
  readonly actions: Readonly<Record<ActionName, Action<Row, StateName, SeatName>>>;
  readonly reminders?: readonly Reminder<Row, StateName>[];
  readonly follows?: readonly Following<Row, NoInfer<ActionName>>[];
  readonly openedBy?: readonly OpenedBy<NoInfer<ActionName>>[];
  /** The column of the last step's note, where notes are not for everybody who reads the history: it then has none. */
  readonly notes?: keyof Row & string;
  /** Further facts about a form, as an SQL expression of JSON over its row. */
  readonly more?: (row: Sql) => Sql;
}

/** A table as the code that is the same for all forms sees it. */
// biome-ignore lint/suspicious/noExplicitAny: whatever its row is
export interface Workflow extends WorkflowTable<any, string, string, string> {
  readonly name: string;
  readonly record: RecordType;
}

const known: Workflow[] = [];

/** Declares a form. Refuses, at compile time, columns that its row does not have. */
export const workflow =
  <Row extends { state: string }>() =>
  <SeatName extends string, ActionName extends string>(
    table: WorkflowTable<Row, Row["state"], SeatName, ActionName>,
  ): WorkflowTable<Row, Row["state"], SeatName, ActionName> & Workflow => {
    const record = recordOf(table.type);
    const declared = { ...table, name: record.name, record };
    known.push(declared as unknown as Workflow);
    return declared as never;
  };

/** Every form there is, in the order of rulebook 2.4. */
export const allWorkflows = (): readonly Workflow[] =>
  [...known].sort((a, b) => a.machine.localeCompare(b.machine) || a.name.localeCompare(b.name));

/** The states in which an action can end, from one in which it can begin. */
export function statesAfter({ to }: Action<unknown, string, string>, from: string | null): readonly string[] {
  if (typeof to === "string") return [to];
  if (Array.isArray(to)) return to;
  return [(to as Readonly<Record<string, string>> | undefined)?.[from ?? ""] ?? from!];
}

export const isByClock = ({ who }: Action<unknown, string, string>): boolean =>
  who.some(({ is }) => is === "system");

/** The mutation of an action: `submitGrantApplication`. */
export const mutationOf = ({ name, actions }: Workflow, action: string): string =>
  actions[action]!.mutation ?? `${action}${name}`;
