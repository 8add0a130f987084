import fc from "fast-check";
import type { Actor, Facts } from "../../src/workflow/facts.js";
import { loadForm } from "../../src/workflow/load-facts.js";
import { whyNot } from "../../src/workflow/why-not.js";
import { type Action, isByClock, type Workflow } from "../../src/workflow/workflow.js";
import { testNow } from "./database.js";
import { type Dice, diceOf } from "./dice.js";
import type { DemoServer } from "./execute-as.js";
import { type FormDriver, formPlay, takeStepOf, takesNote } from "./form-driver.js";
import { wrongWith } from "./form-invariants.js";
import { verdictOn } from "./form-judge.js";
import { fingerprint } from "./forms.js";

// Real people of the demo organisation try the real mutations; what stands in the database afterwards is looked at.

export interface Scene {
  readonly server: DemoServer;
  readonly workflow: Workflow;
  readonly driver: FormDriver;
  /** Who tries, by account. */
  readonly people: Readonly<Record<string, Actor>>;
  readonly onTaken: (action: string) => void;
  readonly onRefused: (code: string) => void;
}

interface Play {
  id: string;
  now: Date;
  /** Whether nobody goes on from where it stands. */
  ended: boolean;
}

const tape = fc.noBias(fc.array(fc.nat(), { minLength: 17, maxLength: 17 }));

/** The property that nothing goes wrong with a form of this kind in the database. */
export function playsOnDatabase(scene: Scene, steps: number) {
  const commands = fc.commands([tries(scene)], { maxCommands: steps, size: "max" });
  return fc.asyncProperty(tape, commands, (opening, attempts) =>
    fc.asyncModelRun(async () => {
      const id = await opened(scene, diceOf(opening), testNow);
      return { model: {}, real: { id, now: testNow, ended: false } };
    }, attempts),
  );
}

/** A form in any state from which it goes on. */
function opened({ server, workflow, driver }: Scene, dice: Dice, now: Date): Promise<string> {
  const states = Object.keys(workflow.states).filter((state) => !workflow.states[state]!.end);
  return driver.stand(formPlay(server, workflow.name, now), dice.pick(states));
}

/** Everybody who tries, and the person whom the form is about. */
async function peopleFor({ server, people }: Scene, { subject }: Facts<unknown>) {
  if (!subject.id || Object.values(people).some(({ id }) => id === subject.id)) return people;
  const { staffNo } = await server.database.db.employee.findUniqueOrThrow({
    where: { id: subject.id },
    select: { staffNo: true },
  });
  return { ...people, [staffNo]: await server.callerOf(staffNo) };
}

type Command = fc.AsyncCommand<object, Play>;

const tries = (scene: Scene): fc.Arbitrary<Command> =>
  tape.map((numbers) => ({
    check: () => true,
    toString: () => `try ${numbers.join(",")}`,
    async run(_, play) {
      const dice = diceOf(numbers);
      const { server, workflow, driver } = scene;
      play.now = new Date(play.now.getTime() + dice.below(dice.chance(20) ? 3 * 86_400_000 : 3_600_000));
      if (play.ended && dice.chance(70)) play.id = await opened(scene, dice, play.now);
      const facts = (await loadForm(server.database.db, workflow, play.id))!;
      const people = await peopleFor(scene, facts);
      const [account, action] = choose(workflow, people, facts, play.now, dice);
      const more = await driver.inputs?.[action]?.(formPlay(server, workflow.name, play.now), play.id, dice);
      const note = takesNote(action) && dice.chance(90) ? "Because." : null;
      const input = { id: play.id, ...(note && { note }), ...more };
      const before = await stored(scene, play.id);
      const { code } = await takeStepOf(scene, account, action, input, play.now);
      const after = await stored(scene, play.id);
      const actor = { ...people[account]!, now: play.now };
      const wrong = code
        ? unchanged(before, after)
        : recorded(scene, before, after, { facts, actor, action, note: workflow.notes ? null : note });
      if (code === "INTERNAL") wrong.push("it fails");
      wrong.push(...wrongWith(workflow, standing(workflow, after)));
      if (wrong.length > 0) throw new Error(`${account} tries ${action} (${code}): ${wrong.join("; ")}`);
      play.ended = stepsOf(workflow).every(([, { from }]) => !from.includes(after.row.state!));
      if (code) scene.onRefused(code);
      else scene.onTaken(action);
    },
  }));

/** The steps that people take of a form that is there. */
export const stepsOf = ({
  actions,
}: Workflow): readonly (readonly [string, Action<unknown, string, string>])[] =>
  Object.entries(actions as Readonly<Record<string, Action<unknown, string, string>>>).filter(
    ([, step]) => !isByClock(step) && !step.from.includes(null),
  );

/** Anybody and any step; more often than not somebody and a step that have a chance. */
function choose(
  workflow: Workflow,
  people: Scene["people"],
  facts: Facts<unknown>,
  now: Date,
  dice: Dice,
): [account: string, action: string] {
  const steps = stepsOf(workflow).map(([action]) => action);
  const accounts = Object.keys(people);
  const anything: [string, string] = [dice.pick(accounts), dice.pick(steps)];
  if (dice.chance(30)) return anything;
  const able = (action: string) =>
    accounts.filter((account) => !whyNot(workflow, action, facts, { ...people[account]!, now }));
  const open = steps.filter((action) => able(action).length > 0);
  if (open.length === 0) return anything;
  const action = dice.pick(open);
  return [dice.pick(able(action)), action];
}

interface Event {
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
  readonly byId: string | null;
  readonly seat: string | null;
  readonly note: string | null;
  readonly at: string;
}

interface Stored {
  readonly row: Readonly<Record<string, string | null>>;
  readonly events: readonly Event[];
  /** What every table holds, in one word. */
  readonly all: string;
}

async function stored({ server, workflow }: Scene, id: string): Promise<Stored> {
  const [found] = await server.database.db.$queryRawUnsafe<{ json: Omit<Stored, "all"> }[]>(
    `SELECT json_build_object('row', to_jsonb(r), 'events',
       (SELECT json_agg(to_jsonb(e) ORDER BY e."seq") FROM "FormEvent" e WHERE e."recordId" = r."id")) AS json
     FROM "${workflow.name}" r WHERE r."id" = $1`,
    id,
  );
  return { ...found!.json, all: await fingerprint(server) };
}

const unchanged = (before: Stored, after: Stored): string[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : ["a refused step has changed something"];

/** One step is one event of one person whose step it is, after whatever the clock had still to do. */
function recorded(
  { workflow }: Scene,
  before: Stored,
  after: Stored,
  {
    facts,
    actor,
    action,
    note,
  }: { facts: Facts<unknown>; actor: Actor; action: string; note: string | null },
): string[] {
  const added = after.events.slice(before.events.length);
  const own = added.at(-1);
  const seat = workflow.actions[action]!.seat ?? null;
  const columns = seat ? workflow.seats[seat] : undefined;
  const sameInstant = (text: string | null | undefined) =>
    !!text && new Date(text).getTime() === actor.now.getTime();
  const asExpected =
    own?.action === action &&
    own.byId === actor.id &&
    own.seat === seat &&
    own.note === note &&
    sameInstant(own.at);
  const verdict = own?.from ? verdictOn(workflow, action, { ...facts, state: own.from }, actor) : "theirs";
  return [
    ...(JSON.stringify(after.events.slice(0, before.events.length)) === JSON.stringify(before.events)
      ? []
      : ["the past has changed"]),
    ...(added.slice(0, -1).every(({ byId }) => byId === null) ? [] : ["somebody else acted"]),
    ...(asExpected ? [] : [`its event says ${JSON.stringify(own)}`]),
    ...(verdict === "theirs" ? [] : [`it is not theirs: ${verdict}`]),
    ...(columns && !(after.row[columns.by] === actor.id && sameInstant(after.row[columns.at]))
      ? [`${seat} is not taken`]
      : []),
  ];
}

const standing = ({ subject, seats }: Workflow, { row, events }: Stored) => ({
  // A form about nobody has nobody on no seat.
  subjectId: row[subject] ?? "",
  state: row.state!,
  seats: Object.fromEntries(Object.entries(seats).map(([seat, { by }]) => [seat, row[by] ?? null])),
  history: events,
});
