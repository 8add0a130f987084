import { expect } from "vitest";
import { demoId } from "../../src/database/demo/id.js";
import { employeeId } from "../../src/database/demo/people.js";
import { calendarOf } from "../../src/workflow/calendar.js";
import { loadForm } from "../../src/workflow/load-facts.js";
import { takeDueSteps } from "../../src/workflow/take-step.js";
import type { Workflow } from "../../src/workflow/workflow.js";
import { testNow } from "./database.js";
import type { Asking, DemoServer } from "./execute-as.js";
import { step } from "./steps.js";

/** What taking a step came to: the form as it is now, or the refusal with the paths that it names. */
export interface Taken {
  readonly id?: string;
  readonly state?: string;
  readonly code?: string;
  readonly needs?: string;
  readonly paths: readonly string[];
}

/** Takes steps of one kind of form. */
export const stepsOf =
  (server: () => DemoServer, form: string) =>
  async (account: string, mutation: string, input: object, asking: Asking = {}): Promise<Taken> => {
    const { form: stands, ...refusal } = await step(server(), account, mutation, input, { ...asking, form });
    return { ...stands, ...refusal };
  };

/** Of several who come at once one takes the step, and the others find the form gone on. */
export async function expectOneWins(takes: readonly Promise<Taken>[]): Promise<Taken> {
  const all = await Promise.all(takes);
  const won = all.filter(({ code }) => !code);
  expect(won).toHaveLength(1);
  expect(all.filter(({ code }) => code).map(({ code }) => code)).toEqual(
    takes.slice(1).map(() => "WRONG_STATE"),
  );
  return won[0]!;
}

/** All that forms are stored in, row by row. */
const stored = [
  ...["Appeal", "CopyRequest", "ExternalDisclosure", "FormCounter", "FormEvent"],
  ...["Grant", "GrantApplication", "GrantClass", "GrantCustomer", "GroupVote", "TierPolicy"],
]
  .map((table) => `SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM "${table}" t`)
  .join(" UNION ALL ");

/** Runs something and expects that it leaves no trace in any form. */
export async function expectNothingWritten<Result>(
  { database: { db } }: DemoServer,
  run: () => Promise<Result>,
): Promise<Result> {
  const before = await db.$queryRawUnsafe(stored);
  const result = await run();
  expect(await db.$queryRawUnsafe(stored)).toEqual(before);
  return result;
}

/** What the clock makes of a form at an instant: its state then. */
export const clockAt = ({ database: { db } }: DemoServer, workflow: Workflow, id: string, now: Date) =>
  db.$transaction(async (tx) => {
    const work = { tx, now, calendar: calendarOf([]), by: null };
    return (await takeDueSteps(work, workflow, (await loadForm(tx, workflow, id))!)).state;
  });

/** So many days after the demo organisation was loaded. */
export const daysLater = (days: number): Date => new Date(testNow.getTime() + days * 86_400_000);

export const person = employeeId;
export const customer = (number: number): string => demoId("cus", number);
