import type { Policy } from "../../src/access/policy.js";
import { calendarOf } from "../../src/workflow/calendar.js";
import { loadForm } from "../../src/workflow/load-facts.js";
import { takeDueSteps } from "../../src/workflow/take-step.js";
import { allWorkflows, mutationOf, type Workflow } from "../../src/workflow/workflow.js";
import { testNow } from "./database.js";
import type { Dice } from "./dice.js";
import type { DemoServer } from "./execute-as.js";
import { step, type Taken } from "./steps.js";

/** How people take a form of one kind along: what the table does not say of it. */
export interface FormDriver {
  /** Another version of the policy than the first, where the form takes one. */
  readonly policy?: Policy;
  /** Brings a new form to a state, by the steps of the right people; with what makes it ready for a step of its own. */
  stand(play: FormPlay, state: string, step?: string): Promise<string>;
  /** What goes with a step beside the form's id and a note. */
  readonly inputs?: Readonly<
    Record<string, (play: FormPlay, id: string, dice: Dice) => object | Promise<object>>
  >;
  /** Accounts that the table lets take a step, and that something else keeps from it: with what they hear. */
  readonly kept?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Steps that can be taken again and again. */
  readonly repeatable?: readonly string[];
}

/** A server on which forms of one kind are taken along. */
export interface FormPlay {
  readonly server: DemoServer;
  readonly workflow: Workflow;
  /** The instant at which it is played. */
  readonly now: Date;
  /** Takes a step that is to succeed; answers with the form's id. */
  must(account: string, action: string, input?: object, now?: Date): Promise<string>;
}

/** Does the input of this step take a note? What is destroyed leaves none. */
export const takesNote = (action: string): boolean => action !== "destroy";

/** A step through the real mutation. */
export const takeStepOf = (
  { server, workflow }: Pick<FormPlay, "server" | "workflow">,
  account: string,
  action: string,
  input: object,
  now: Date,
): Promise<Taken> =>
  step(server, account, mutationOf(workflow, action), input, { form: small(workflow.name), now });

/** The mutation of a step, of a form by its name. */
export const mutationNamed = (form: string, action: string): string =>
  mutationOf(allWorkflows().find(({ name }) => name === form)!, action);

const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

export function formPlay(server: DemoServer, form: string, now = testNow): FormPlay {
  const workflow = allWorkflows().find(({ name }) => name === form)!;
  return {
    ...{ server, workflow, now },
    async must(account, action, input = {}, at = now) {
      const taken = await takeStepOf({ server, workflow }, account, action, input, at);
      if (taken.code) throw new Error(`${account} ${action}: ${taken.code}, ${taken.needs}, ${taken.paths}`);
      return (input as { id?: string }).id ?? taken.form.id;
    },
  };
}

/** Lets the clock do what is due of a form. */
export const letClock = ({ server, workflow, now }: FormPlay, id: string): Promise<unknown> =>
  server.database.db.$transaction(async (tx) => {
    const work = { tx, now, calendar: calendarOf([]), by: null };
    return takeDueSteps(work, workflow, (await loadForm(tx, workflow, id))!);
  });

export const before = (now: Date, hours: number): Date => new Date(now.getTime() - hours * 3_600_000);
export const after = (now: Date, hours: number): Date => before(now, -hours);
