import fc from "fast-check";
import { whyNot } from "../../src/workflow/why-not.js";
import { type Action, isByClock, type Who, type Workflow } from "../../src/workflow/workflow.js";
import { testNow } from "./database.js";
import {
  attempt,
  type FormInPlay,
  follow,
  type Judge,
  openInPlay,
  type Somebody,
} from "./form-interpreter.js";
import { type Standing, wrongWith } from "./form-invariants.js";
import { isForOwnSection, isSort, mayAct } from "./form-judge.js";
import { type Change, changeOf, peopleFor, withHeads } from "./form-people.js";

// Plays: people of all sorts try all sorts of steps of a form in memory, at all sorts of times, while their own lives
// go on; after each of these everything that must hold is looked at.

type Step = Action<unknown, string, string>;

interface Play {
  form: FormInPlay;
  /** Another form about the same person; some time after one has ended the next is opened. */
  readonly open: (at: Date) => FormInPlay;
  /** The table that it has to answer to, whatever moves it. */
  readonly truth: Workflow;
  people: readonly Somebody[];
  now: Date;
}

export interface Rules {
  readonly truth?: Workflow;
  readonly judge?: Judge;
  /** Is told of every step that is taken. */
  readonly onTaken?: (action: string, to: string) => void;
}

const longest = 80;
/** Which of several, all alike in their chances. */
const any = fc.noBias(fc.nat({ max: 1_000 }));
const hour = 3_600_000;

/** The property that nothing goes wrong, however a form of this table is played with. */
export function plays(workflow: Workflow, { truth = workflow, judge = whyNot, onTaken }: Rules = {}) {
  const attempt = tries(judge);
  // Where other forms take it from state to state, they do so as often as people try.
  const byOthers = Object.values(workflow.states).some(({ waitsFor, end }) => !waitsFor && !end);
  const brought = byOthers ? [follows, follows, follows, follows] : [follows];
  const commands = fc.commands([attempt, attempt, attempt, attempt, passes, ...brought, changes(workflow)], {
    maxCommands: longest,
    size: "max",
  });
  const openings = Object.keys(workflow.actions).filter((one) => workflow.actions[one]!.from.includes(null));
  return fc.property(
    peopleFor(workflow),
    termsOf(workflow),
    any,
    commands,
    (people, terms, draw, attempts) => {
      const open = (at: Date) => openInPlay(workflow, pick(openings, draw), people, terms, { at, draw });
      const real: Play = { form: open(testNow), open, truth, people: withHeads(people), now: testNow };
      const forms = new Set<FormInPlay>();
      fc.modelRun(() => ({ model: forms, real }), attempts);
      for (const { history } of forms) for (const { action, to } of history) onTaken?.(action, to);
    },
  );
}

/** How many hours after its opening the clock takes its steps, by column. */
const termsOf = ({ actions }: Workflow): fc.Arbitrary<Readonly<Record<string, number>>> =>
  fc.record(
    Object.fromEntries(
      Object.values(actions).flatMap(({ when }) =>
        when ? [[when, fc.integer({ min: -24, max: 60 * 24 })]] : [],
      ),
    ),
  );

const later = (at: Date, hours: number) => new Date(at.getTime() + hours * hour);

type Command = fc.Command<Set<FormInPlay>, Play>;

const command = (name: string, run: (play: Play) => readonly string[]): Command => ({
  check: () => true,
  toString: () => name,
  run(forms, play) {
    forms.add(play.form);
    const wrong = [...run(play), ...wrongWith(play.truth, standing(play))];
    if (wrong.length > 0) throw new Error(wrong.join("; "));
  },
});

const standing = ({ form: { subjectId, state, row, history, workflow } }: Play): Standing => ({
  ...{ subjectId, state },
  seats: Object.fromEntries(Object.entries(workflow.seats).map(([seat, { by }]) => [seat, row[by] ?? null])),
  history: history.map(({ action, from, to, by }) => ({ action, from, to, byId: by?.id ?? null })),
});

/** Somebody tries a step: more often than not one that could be theirs, and that the form is ready for. */
const tries = (judge: Judge): fc.Arbitrary<Command> =>
  fc
    .record({
      action: any,
      who: any,
      draw: any,
      fitting: fc.noBias(fc.nat({ max: 3 })),
    })
    .map(({ action: which, who, draw, fitting }) =>
      command(`try ${which}/${who}/${draw}/${fitting}`, (play) => {
        if (play.form.workflow.states[play.form.state]!.end && draw % 4 === 0)
          play.form = play.open(play.now);
        const { form, people, now: at } = play;
        const steps = Object.entries(form.workflow.actions as Record<string, Step>).filter(
          ([, step]) => !isByClock(step) && !step.from.includes(null),
        );
        const ready = steps.filter(([, { from }]) => from.includes(form.state));
        const [action, step] = pick(fitting > 0 && ready.length > 0 ? ready : steps, which);
        const likely = people.filter((one) =>
          step.who.some((rule) => isSort(rule, one, subjectOf(play), form.named)),
        );
        const by = pick(fitting > 1 && likely.length > 0 ? likely : people, who);
        const before = structuredClone({ row: form.row, state: form.state });
        const reason = attempt(form, people, { action, by, at, draw }, judge);
        if (!reason) return wrongPerson(play, action, by, before.state);
        return wrongReason(play, action, by, reason.code);
      }),
    );

const passes: fc.Arbitrary<Command> = fc.integer({ min: 1, max: 48 }).map((hours) =>
  command(`${hours} hours pass`, (play) => {
    play.now = later(play.now, hours);
    for (const action of Object.keys(play.form.workflow.actions))
      if (play.form.workflow.actions[action]!.when) follow(play.form, action, play.now, 0);
    return [];
  }),
);

/** Another form's step takes one of this form's. */
const follows: fc.Arbitrary<Command> = any.map((which) =>
  command(`follow ${which}`, (play) => {
    const { actions, states } = play.form.workflow;
    const others = Object.entries(actions).filter(
      ([, step]) => isByClock(step as Step) && !step.when && !step.from.includes(null),
    );
    const ready = others.filter(([, { from }]) => from.includes(play.form.state));
    // Seldom where it waits for people: most of them end the form.
    const often = !states[play.form.state]!.waitsFor && ready.length > 0;
    if (others.length > 0 && which < (often ? 1_000 : 50))
      follow(play.form, pick(often ? ready : others, which)[0], play.now, which);
    return [];
  }),
);

const changes = (workflow: Workflow): fc.Arbitrary<Command> =>
  fc.tuple(any, changeOf(workflow)).map(([who, change]: [number, Change]) =>
    command(`${who} becomes ${JSON.stringify(change)}`, (play) => {
      const changed = pick(play.people, who);
      play.people = withHeads(play.people.map((one) => (one === changed ? { ...one, ...change } : one)));
      return [];
    }),
  );

const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length]!;

const subjectOf = ({ form, people }: Pick<Play, "form" | "people">): Somebody =>
  people.find(({ id }) => id === form.subjectId)!;

const isTheirs = (play: Play, action: string, by: Somebody): boolean =>
  play.truth.actions[action]!.who.some((rule: Who) => isSort(rule, by, subjectOf(play), play.form.named));

function wrongPerson(play: Play, action: string, by: Somebody, from: string): string[] {
  return [
    ...(isTheirs(play, action, by) ? [] : [`${action} by somebody whose step it is not`]),
    ...(mayAct(by, subjectOf(play), play.now) ? [] : [`${action} by somebody who is ${by.status}`]),
    ...(play.truth.actions[action]!.from.includes(from) ? [] : [`${action} from ${from}`]),
  ];
}

/** A refusal says what is so; nobody is told of a role or of a state that would not help. */
function wrongReason(play: Play, action: string, by: Somebody, code: string): string[] {
  const { from, seat } = play.truth.actions[action]!;
  const done = seat !== undefined && Boolean(play.form.row[play.truth.seats[seat]!.by]);
  const seated = Object.values(play.truth.seats).some((seat) => play.form.row[seat.by] === by.id);
  const so: Readonly<Record<string, boolean>> = {
    NOT_YOUR_ROLE: !isTheirs(play, action, by),
    SELF_DECISION:
      by.id === play.form.subjectId ||
      seated ||
      isForOwnSection(play.truth.actions[action]!.who, by, subjectOf(play)),
    WRONG_STATE: !mayAct(by, subjectOf(play), play.now) || !from.includes(play.form.state) || done,
  };
  return so[code] ? [] : [`${action} is refused with ${code}`];
}
