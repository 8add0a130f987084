import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { buildClassifiedSchema } from "../../src/schema.js";
import type { Actor, Facts } from "../../src/workflow/facts.js";
import { loadForm } from "../../src/workflow/load-facts.js";
import { allWorkflows, statesAfter } from "../../src/workflow/workflow.js";
import { atOnce } from "../support/at-once.js";
import { diceOf } from "../support/dice.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { stepsOf } from "../support/form-database.js";
import { type FormDriver, type FormPlay, formPlay, takeStepOf, takesNote } from "../support/form-driver.js";
import { formDrivers } from "../support/form-drivers.js";
import { verdictOn } from "../support/form-judge.js";
import { withoutTrace } from "../support/forms.js";

// Every step of every form, from every state, by everybody of the demo organisation, through the real mutations: whose
// it is takes it, and of two at once one does; nobody else does, from nowhere else, and each hears why.

await buildClassifiedSchema();
const workflows = allWorkflows();

test("every form has somebody who takes it along", () => {
  expect(Object.keys(formDrivers).sort()).toEqual(workflows.map(({ name }) => name).sort());
});

type Somebody = Actor & { readonly staffNo: string };

/** Everybody of the demo organisation who has a login. */
async function accountsOf(server: DemoServer): Promise<readonly Somebody[]> {
  const all: Somebody[] = [];
  for (const { staffNo } of demoAccounts) all.push(await server.callerOf(staffNo));
  return all;
}

describe.each(workflows.map((workflow) => [workflow.name, workflow] as const))("%s", (name, workflow) => {
  const driver = formDrivers[name] as FormDriver;
  let server: DemoServer;
  let play: FormPlay;
  let everybody: readonly Somebody[];
  beforeAll(async () => {
    server = await demoServer({ ...(driver.policy && { policy: driver.policy }) });
    play = formPlay(server, name);
    everybody = await accountsOf(server);
  });
  afterAll(() => server?.close());

  const factsOf = async (id: string): Promise<Facts<unknown>> =>
    (await loadForm(server.database.db, workflow, id))!;

  /** Everybody who has a login, and the person whom the form is about, if it is about one. */
  async function peopleAt({ subject }: Facts<unknown>): Promise<readonly Somebody[]> {
    const known = everybody.some(({ id }) => id === subject.id);
    if (known || !subject.id) return everybody;
    const about = await server.database.db.employee.findUniqueOrThrow({
      where: { id: subject.id },
      select: { staffNo: true },
    });
    return [...everybody, await server.callerOf(about.staffNo)];
  }

  const inputFor = async (action: string, id: string): Promise<object> => ({
    id,
    ...(takesNote(action) && { note: "Because." }),
    ...(await driver.inputs?.[action]?.(play, id, diceOf([7, 3, 5]))),
  });

  const take = (account: string, action: string, input: object) =>
    takeStepOf(play, account, action, input, play.now);

  const reaches = async (account: string, id: string): Promise<boolean> => {
    const { data } = await server.executeAs(account, "query ($id: ID!) { node(id: $id) { id } }", {
      variables: { id },
    });
    return data.node !== null;
  };

  test.each(Object.keys(workflow.states))("%s: whoever may not go on from here hears why", async (state) => {
    const id = await driver.stand(play, state);
    const facts = await factsOf(id);
    expect(facts.state).toBe(state);
    const people = await peopleAt(facts);
    const steps = await Promise.all(
      stepsOf(workflow).map(async ([action, { from }]) => ({
        action,
        from,
        input: await inputFor(action, id),
      })),
    );
    const wrong: string[] = [];
    await withoutTrace(server, async () => {
      for (const actor of people) {
        const reached = await reaches(actor.staffNo, id);
        for (const { action, from, input } of steps) {
          const verdict = verdictOn(workflow, action, facts, actor);
          const theirs = verdict === "theirs";
          // Neither theirs nor the time for it: each is shown by itself.
          if (theirs || (!verdict.includes("WRONG_STATE") && !from.includes(state))) continue;
          const { code } = await take(actor.staffNo, action, input);
          const expected = reached ? verdict : ["NOT_FOUND", "NOT_YOUR_ROLE"];
          if (!code || !expected.includes(code)) wrong.push(`${actor.staffNo} ${action}: ${code}`);
        }
      }
    });
    expect(wrong).toEqual([]);
  });

  describe.each(stepsOf(workflow).flatMap(([action, { from }]) => from.map((state) => [action, state!])))(
    "%s from %s",
    (action, state) => {
      const { to, seat } = workflow.actions[action]!;

      /** A form that is ready for the step, and those whose it is. */
      async function ready() {
        const id = await driver.stand(play, state!, action);
        const facts = await factsOf(id);
        expect(facts.state).toBe(state);
        const people = await peopleAt(facts);
        const theirs = people.filter((one) => verdictOn(workflow, action, facts, one) === "theirs");
        return { id, accounts: theirs.map(({ staffNo }) => staffNo) };
      }

      test("by whose step it is: on record, and where the table says", async () => {
        const first = await ready();
        const { accounts } = first;
        expect(accounts).not.toEqual([]);
        let taken = 0;
        for (const [at, account] of accounts.entries()) {
          const { id, accounts: now } = at === 0 ? first : await ready();
          // Whom it is about may be somebody else each time.
          const by = now.includes(account) ? account : now.find((one) => !accounts.includes(one))!;
          const keeps = driver.kept?.[action]?.[by];
          const { code } = await take(by, action, await inputFor(action, id));
          expect(`${by} ${code}`).toBe(`${by} ${keeps}`);
          if (keeps) continue;
          taken += 1;
          const { db } = server.database;
          const { state: reached } = await factsOf(id);
          expect(statesAfter(workflow.actions[action]!, state!)).toContain(reached);
          const events = await db.formEvent.findMany({ where: { recordId: id }, orderBy: { seq: "desc" } });
          expect(events[0]).toMatchObject({ action, from: state, to: reached, seat: seat ?? null });
          expect(events[0]!.byId).toBe((await server.callerOf(by)).id);
        }
        expect(taken).toBeGreaterThan(0);
      });

      if (driver.repeatable?.includes(action)) return;
      test("twice at once: once", async () => {
        const { id, accounts } = await ready();
        const able = accounts.filter((account) => !driver.kept?.[action]?.[account]);
        // Where a form stays as it is and nobody takes a seat, each member has a step of their own.
        const each = to === undefined && !seat;
        const two = each ? [able[0]!, able[0]!] : [able[0]!, able.at(-1)!];
        const input = await inputFor(action, id);
        const both = await atOnce(
          server.database,
          { table: name, id },
          two.map((account) => () => take(account, action, input)),
        );
        expect(both.map(({ code }) => code).sort()).toEqual(["WRONG_STATE", undefined]);
        expect(
          await server.database.db.formEvent.count({ where: { recordId: id, action, from: state } }),
        ).toBe(1);
      });
    },
  );
});
