import { isObjectType } from "graphql";
import { describe, expect, test } from "vitest";
import { buildClassifiedSchema } from "../../src/schema.js";
import type { Actor, Facts } from "../../src/workflow/facts.js";
import { availableActions } from "../../src/workflow/why-not.js";
import {
  type Action,
  allWorkflows,
  isByClock,
  mutationOf,
  statesAfter,
  type Workflow,
} from "../../src/workflow/workflow.js";

// What every form's table must hold, whichever forms there are.

const schema = await buildClassifiedSchema();
const mutations = schema.getMutationType()!.getFields();
const workflows = allWorkflows().map((workflow) => [workflow.name, workflow] as const);

type Step = Action<unknown, string, string>;
const stepsOf = ({ actions }: Workflow) => Object.entries(actions) as [string, Step][];
const byPeople = (workflow: Workflow) => stepsOf(workflow).filter(([, step]) => !isByClock(step));
const opens = ({ from }: Step) => from.includes(null);

/** The columns of a form's table, by name, with the type that the record gives them. */
const columnsOf = ({ record }: Workflow) =>
  new Map(
    [...record.fields.values()].flatMap(({ value }) =>
      value.kind === "column" ? [[value.column, value.scalar] as const] : [],
    ),
  );

/** The states that a path of steps leads to from these. */
function reachableFrom(workflow: Workflow, starts: readonly (string | null)[]): Set<string | null> {
  const found = new Set(starts);
  for (const state of found)
    for (const [, step] of stepsOf(workflow))
      if (step.from.includes(state)) for (const next of statesAfter(step, state)) found.add(next);
  return found;
}

test("there are forms", () => {
  expect(workflows.map(([name]) => name)).toEqual(
    expect.arrayContaining(["Grant", "GrantApplication", "SensitiveUse"]),
  );
});

describe.each(workflows)("%s", (name, workflow) => {
  const { states, seats, actions } = workflow;
  const ends = Object.keys(states).filter((state) => states[state]!.end);

  test("its states are the words of its column", () => {
    const state = columnsOf(workflow).get("state");
    expect(state?.type).toBe("enum");
    expect(Object.keys(states).sort()).toEqual([...(state as { values: readonly string[] }).values].sort());
  });

  test("its steps speak of its states", () => {
    const named = stepsOf(workflow).flatMap(([, step]) => [
      ...step.from.filter((from) => from !== null),
      ...step.from.flatMap((from) => statesAfter(step, from)),
    ]);
    expect(named.filter((state) => !(state in states))).toEqual([]);
  });

  test("a step that says where it ends for each state it comes from says so for all of them", () => {
    const silent = stepsOf(workflow).filter(
      ([, { from, to }]) =>
        typeof to === "object" &&
        !Array.isArray(to) &&
        JSON.stringify([...from].sort()) !== JSON.stringify(Object.keys(to).sort()),
    );
    expect(silent).toEqual([]);
  });

  test("what other forms bring is a step of theirs, and a step of its own that people do not take", () => {
    const { follows = [], openedBy = [] } = workflow;
    const theirs = [
      ...follows.flatMap(({ of, steps = [] }) => steps.map((step) => of.actions[step])),
      ...openedBy.map(({ of, step }) => of.actions[step]),
    ];
    expect(theirs).not.toContain(undefined);
    const own = [...follows, ...openedBy].map(({ action }) => actions[action] as Step);
    expect(own.every(isByClock)).toBe(true);
    expect(openedBy.every(({ action }) => opens(actions[action] as Step))).toBe(true);
  });

  test("something opens it, and every state can be reached from there", () => {
    const reached = reachableFrom(workflow, [null]);
    reached.delete(null);
    expect([...reached].sort()).toEqual(Object.keys(states).sort());
  });

  test("nothing leads out of a state with an end, and something out of every other", () => {
    const left = new Set(
      stepsOf(workflow).flatMap(([, step]) =>
        step.from.filter((from) => from !== null && statesAfter(step, from).some((to) => to !== from)),
      ),
    );
    expect([...left].sort()).toEqual(
      Object.keys(states)
        .filter((state) => !ends.includes(state))
        .sort(),
    );
    expect(stepsOf(workflow).filter(([, { from }]) => from.some((state) => ends.includes(state!)))).toEqual(
      [],
    );
  });

  test("from every state an end can be reached by what people do or by an instant of its own", () => {
    const stuck = Object.keys(states).filter((state) => {
      const onItsOwn = {
        ...workflow,
        actions: Object.fromEntries(stepsOf(workflow).filter(([, step]) => !isByClock(step) || step.when)),
      };
      return !ends.some((end) => reachableFrom(onItsOwn, [state]).has(end));
    });
    expect(stuck).toEqual([]);
  });

  test("a state that ends has no deadline", () => {
    expect(ends.filter((state) => states[state]!.due)).toEqual([]);
  });

  test("its seats are columns: a person's and an instant's, of no other seat", () => {
    const { fields } = workflow.record;
    const people = [...fields.values()].flatMap(({ value }) =>
      value.kind === "one" && value.record().name === "Employee" ? [value.key] : [],
    );
    const columns = columnsOf(workflow);
    const all = Object.values(seats);
    expect(all.filter(({ by }) => !people.includes(by))).toEqual([]);
    expect(all.filter(({ at }) => columns.get(at)?.type !== "timestamptz")).toEqual([]);
    const taken = all.flatMap(({ by, at }) => [by, at]);
    expect(taken).toEqual([...new Set(taken)]);
    expect(people).toContain(workflow.subject);
    expect(taken).not.toContain(workflow.subject);
  });

  test("every seat that a step fills or shares is one of its seats, and every seat is filled by a step", () => {
    const filled = stepsOf(workflow).flatMap(([, { seat }]) => seat ?? []);
    const shared = stepsOf(workflow).flatMap(([, { alsoBy = [] }]) => alsoBy);
    expect([...filled, ...shared].filter((seat) => !(seat in seats))).toEqual([]);
    expect(Object.keys(seats).filter((seat) => !filled.includes(seat))).toEqual([]);
  });

  test("nobody whom the form is about takes a step from a seat: the database would refuse it", () => {
    const both = byPeople(workflow).filter(
      ([, { seat, who }]) => seat && who.some(({ is }) => is === "subject"),
    );
    expect(both.map(([action]) => action)).toEqual([]);
  });

  test("every step says who takes it, and none is both the clock's and a person's", () => {
    expect(stepsOf(workflow).filter(([, { who }]) => who.length === 0)).toEqual([]);
    const mixed = stepsOf(workflow).filter(([, step]) => isByClock(step) && step.who.length > 1);
    expect(mixed.map(([action]) => action)).toEqual([]);
  });

  test("the clock's instants are columns of instants, and only the clock has them", () => {
    const columns = columnsOf(workflow);
    const timed = stepsOf(workflow).filter(([, { when }]) => when);
    expect(timed.filter(([, { when }]) => columns.get(when!)?.type !== "timestamptz")).toEqual([]);
    expect(timed.filter(([, step]) => !isByClock(step))).toEqual([]);
  });

  test("what the clock does fills no seat and asks for no note: nobody is there", () => {
    const asking = stepsOf(workflow).filter(([, step]) => isByClock(step) && (step.seat || step.note));
    expect(asking.map(([action]) => action)).toEqual([]);
  });

  test("a person's step that opens it knows how, and where it can end in several states something says which", () => {
    for (const [, step] of byPeople(workflow)) {
      expect(Boolean(step.open)).toBe(opens(step));
      if (opens(step)) expect(step.from).toEqual([null]);
      if (opens(step) && statesAfter(step, null).length > 1) expect(step.open!.to).toBeTypeOf("function");
      if (!opens(step) && Array.isArray(step.to)) expect(step.effect).toBeTypeOf("function");
    }
  });

  test("every step of people has a mutation that says what it is, and the clock's have none", () => {
    for (const [action, { meaning }] of byPeople(workflow)) {
      const field = mutations[mutationOf(workflow, action)];
      expect(field?.description).toMatch(/^.+\. By .+\.$/);
      expect(field?.description?.startsWith(meaning)).toBe(true);
    }
    for (const [action, step] of stepsOf(workflow))
      if (isByClock(step)) expect(mutations[mutationOf(workflow, action)]).toBeUndefined();
  });

  test("every step says in a sentence what it is, and the form which clauses it comes from", () => {
    for (const [, { meaning }] of stepsOf(workflow)) expect(meaning).toMatch(/^[A-Z].{8,}\.$/s);
    expect(workflow.clause).toMatch(/S00\d-|rulebook/);
    expect(workflow.title).toMatch(/\S/);
    expect(workflow.machine).toMatch(/^[A-Z]\d?$/);
  });

  test("every step of people on a form that is there is among its available actions, and no other", () => {
    const nobody = { id: "nobody", roles: [], status: "ACTIVE" } as unknown as Actor;
    const facts = {
      state: Object.keys(states)[0]!,
      row: {},
      subject: { id: "somebody", heads: [] },
      seats: {},
      more: {},
    } as unknown as Facts<unknown>;
    expect(
      availableActions(workflow, facts, nobody).map(({ action, mutation }) => [action, mutation]),
    ).toEqual(
      byPeople(workflow)
        .filter(([, step]) => !opens(step))
        .map(([action]) => [action, mutationOf(workflow, action)]),
    );
  });

  test("it shows its history, what can be done with it, where it stands and by when to go on", () => {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is no type`);
    expect(Object.keys(type.getFields())).toEqual(
      expect.arrayContaining(["history", "availableActions", "state"]),
    );
    if (Object.values(states).some(({ due }) => due)) expect(type.getFields()).toHaveProperty("dueAt");
    expect(Object.keys(actions).length).toBeGreaterThan(0);
  });
});

test("no two steps have the same mutation, no two forms the same table or letter", () => {
  const names = allWorkflows().flatMap((workflow) =>
    byPeople(workflow).map(([action]) => mutationOf(workflow, action)),
  );
  const models = allWorkflows().map(({ model }) => model);
  const machines = allWorkflows().map(({ machine }) => machine);
  for (const list of [names, models, machines]) expect(list).toEqual([...new Set(list)]);
});
