import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../src/access/caller.js";
import { demoAccounts } from "../../src/database/demo/accounts.js";
import { isTrue } from "../../src/reading/sql.js";
import { buildClassifiedSchema } from "../../src/schema.js";
import { loadFacts } from "../../src/workflow/load-facts.js";
import { whyNot } from "../../src/workflow/why-not.js";
import {
  type Action,
  allWorkflows,
  head,
  subject,
  type Who,
  type Workflow,
} from "../../src/workflow/workflow.js";
import { type DemoServer, demoServer } from "../support/execute-as.js";
import { playsOnDatabase } from "../support/form-database.js";
import { formDrivers } from "../support/form-drivers.js";
import type { Judge } from "../support/form-interpreter.js";
import { wrongWith } from "../support/form-invariants.js";
import { plays, type Rules } from "../support/form-play.js";

// People of all sorts try all sorts of steps at all sorts of times. A long run: FORM_RUNS=10000 FORM_DATABASE_RUNS=500. A run again:
// FORM_SEED=<the seed that a failure prints>.

const runs = Number(process.env.FORM_RUNS ?? 300);
const runsOnDatabase = Number(process.env.FORM_DATABASE_RUNS ?? 2);
const stepsOnDatabase = 25;
const seed = Number(process.env.FORM_SEED ?? Math.floor(Math.random() * 2 ** 31));

await buildClassifiedSchema();
const workflows = allWorkflows().map((workflow) => [workflow.name, workflow] as const);
const workflowOf = (name: string) => allWorkflows().find((one) => one.name === name)!;

describe("on a form's table alone", () => {
  test.each(workflows)("%s: nothing goes wrong, and everything can be done", (_, workflow) => {
    const missing = new Set([...Object.keys(workflow.states), ...Object.keys(workflow.actions)]);
    const onTaken = (action: string, to: string) => {
      missing.delete(action);
      missing.delete(to);
    };
    // The more states, the more it takes until chance has been everywhere.
    for (let more = 0; more === 0 || (more < 20 && missing.size > 0); more += 1)
      fc.assert(plays(workflow, { onTaken }), { seed: seed + more, numRuns: runs });
    expect([...missing]).toEqual([]);
  });

  /** A table with one of its steps said otherwise. */
  const broken = (
    form: string,
    action: string,
    changes: Partial<Action<unknown, string, string>>,
  ): Workflow => {
    const workflow = workflowOf(form);
    const actions = { ...workflow.actions, [action]: { ...workflow.actions[action], ...changes } };
    return { ...workflow, actions } as Workflow;
  };
  const widened = (form: string, action: string, ...who: readonly Who[]): Workflow =>
    broken(form, action, { who: [...workflowOf(form).actions[action]!.who, ...who] });
  const careless =
    (forget: (...asked: Parameters<Judge>) => Parameters<Judge>): Judge =>
    (...asked) =>
      whyNot(...forget(...asked));

  const nobodyIsSeated = careless((workflow, action, facts, actor) => [
    workflow,
    action,
    { ...facts, seats: {} },
    actor,
  ]);
  const everybodyIsThere = careless((workflow, action, facts, actor) => [
    workflow,
    action,
    facts,
    { ...actor, status: "ACTIVE" },
  ]);
  const contractsAreForever = careless((workflow, action, facts, actor) => [
    workflow,
    action,
    facts,
    { ...actor, contractEndsAt: null },
  ]);
  const itIsAboutNobody = careless((workflow, action, facts, actor) => [
    workflow,
    action,
    { ...facts, subject: { ...facts.subject, id: "nobody" } },
    actor,
  ]);

  test.each<[string, RegExp, string, Workflow, Omit<Rules, "truth">]>([
    [
      "who signed may approve",
      /signer and on reviewer/,
      "GrantApplication",
      broken("GrantApplication", "approve", { alsoBy: ["signer"] }),
      {},
    ],
    [
      "who reviewed may implement",
      /reviewer and on implementer/,
      "GrantApplication",
      broken("GrantApplication", "implement", { alsoBy: ["reviewer"] }),
      {},
    ],
    [
      "the grantee may approve",
      /approve by somebody whose step it is not/,
      "GrantApplication",
      widened("GrantApplication", "approve", subject),
      {},
    ],
    [
      "the head may approve",
      /approve by somebody whose step it is not/,
      "GrantApplication",
      widened("GrantApplication", "approve", head),
      {},
    ],
    [
      "an approval is nobody's",
      /APPROVED without reviewer/,
      "GrantApplication",
      broken("GrantApplication", "approve", { seat: undefined as never }),
      {},
    ],
    [
      "a draft can be approved",
      /approve from DRAFT/,
      "GrantApplication",
      broken("GrantApplication", "approve", { from: ["DRAFT", "SUBMITTED"] }),
      {},
    ],
    [
      "what is handed in can be implemented",
      /implement from SUBMITTED/,
      "GrantApplication",
      broken("GrantApplication", "implement", { from: ["SUBMITTED", "APPROVED"] }),
      {},
    ],
    [
      "what was rejected can be handed in again",
      /submit from REJECTED/,
      "GrantApplication",
      broken("GrantApplication", "submit", { from: ["DRAFT", "RETURNED", "REJECTED"] }),
      {},
    ],
    [
      "a signature leads to APPROVED",
      /submit leads from DRAFT to APPROVED/,
      "GrantApplication",
      broken("GrantApplication", "submit", { to: "APPROVED" }),
      {},
    ],
    [
      "who held a grant up may restore it",
      /suspender and on head/,
      "Grant",
      broken("Grant", "restore", { alsoBy: ["suspender"] }),
      {},
    ],
    [
      "the grantee may restore the grant",
      /restore by somebody whose step it is not/,
      "Grant",
      widened("Grant", "restore", subject),
      {},
    ],
    [
      "a grant can be taken back at once",
      /revoke from ACTIVE/,
      "Grant",
      broken("Grant", "revoke", { from: ["ACTIVE", "SUSPENDED"] }),
      {},
    ],
    [
      "the declarer may acknowledge",
      /acknowledge by somebody whose step it is not/,
      "SensitiveUse",
      widened("SensitiveUse", "acknowledge", subject),
      {},
    ],
    [
      "seats are not looked at",
      /sits on/,
      "GrantApplication",
      workflowOf("GrantApplication"),
      { judge: nobodyIsSeated },
    ],
    [
      "who has left goes on",
      /by somebody who is LEFT/,
      "SensitiveUse",
      workflowOf("SensitiveUse"),
      { judge: everybodyIsThere },
    ],
    [
      "a contract that has ended goes on",
      /by somebody who is ACTIVE/,
      "Grant",
      workflowOf("Grant"),
      { judge: contractsAreForever },
    ],
    [
      "it does not matter whom it is about",
      /whose step it is not|refused/,
      "GrantApplication",
      workflowOf("GrantApplication"),
      { judge: itIsAboutNobody },
    ],
  ])("would show it if %s", (_, wrong, form, workflow, rules) => {
    const { failed, errorInstance } = fc.check(plays(workflow, { ...rules, truth: workflowOf(form) }), {
      ...{ seed: 1, numRuns: 1_000 },
      endOnFailure: true,
    });
    expect(failed).toBe(true);
    expect(String(errorInstance)).toMatch(wrong);
  });
});

describe("in the demo organisation", () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await demoServer();
  });
  afterAll(() => server?.close());

  test.each(workflows)("%s: forms stand as if people had taken them there", async (_, workflow) => {
    const forms = await loadFacts(server.database.db, workflow, () => isTrue);
    const events = await server.database.db.formEvent.findMany({ orderBy: { seq: "asc" } });
    const wrong = forms.flatMap(({ id, state, seats, subject: { id: subjectId } }) => {
      const history = events.filter(({ recordId }) => recordId === id);
      return wrongWith(workflow, { state, seats, subjectId, history }).map((what) => `${id}: ${what}`);
    });
    expect(wrong).toEqual([]);
  });

  test.each(workflows)("%s: there are some in every state", async (_, workflow) => {
    const forms = await loadFacts(server.database.db, workflow, () => isTrue);
    expect([...new Set(forms.map(({ state }) => state))].sort()).toEqual(Object.keys(workflow.states).sort());
  });
});

describe.each(Object.entries(formDrivers))(
  "%s, on a real database, through the real mutations",
  (form, driver) => {
    let server: DemoServer;
    beforeAll(async () => {
      server = await demoServer({ ...(driver.policy && { policy: driver.policy }) });
    });
    afterAll(() => server?.close());

    test("nothing goes wrong, and what happened is on record", async () => {
      const workflow = workflowOf(form);
      const people: Record<string, Caller> = {};
      for (const { staffNo } of demoAccounts) people[staffNo] = await server.callerOf(staffNo);
      const taken: Record<string, number> = {};
      const refused: Record<string, number> = {};
      const count = (of: Record<string, number>) => (name: string) => {
        of[name] = (of[name] ?? 0) + 1;
      };
      const scene = { server, workflow, driver, people, onTaken: count(taken), onRefused: count(refused) };
      // Chance must have taken a step, and tried one that is refused, however short a run is.
      const isMissing = () => [taken, refused].some((of) => Object.keys(of).length === 0);
      for (let more = 0; more === 0 || (more < 20 && isMissing()); more += 1)
        await fc.assert(playsOnDatabase(scene, stepsOnDatabase), {
          seed: seed + more,
          numRuns: runsOnDatabase,
        });
      expect(taken).not.toEqual({});
      expect(refused).not.toEqual({});
    }, 240_000);
  },
);
