import fc from "fast-check";
import type { Actor } from "../../src/workflow/facts.js";
import { loadForm } from "../../src/workflow/load-facts.js";
import { whyNot } from "../../src/workflow/why-not.js";
import { type Action, isByClock, mutationOf, type Workflow } from "../../src/workflow/workflow.js";
import { testNow } from "./database.js";
import { diceOf } from "./dice.js";
import type { DemoServer } from "./execute-as.js";
import type { FormDriver } from "./form-drivers.js";
import { wrongWith } from "./form-invariants.js";
import { step } from "./steps.js";

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
  /** Whether it has come to an end. */
  ended: boolean;
}

const tape = fc.noBias(fc.array(fc.nat(), { minLength: 17, maxLength: 17 }));

/** The property that nothing goes wrong with a form of this kind in the database. */
export function playsOnDatabase(scene: Scene, steps: number) {
  const commands = fc.commands([tries(scene)], { maxCommands: steps, size: "max" });
  return fc.asyncProperty(tape, commands, (opening, attempts) =>
    fc.asyncModelRun(async () => {
      const id = await scene.driver.open(scene.server, diceOf(opening), testNow);
      return { model: {}, real: { id, now: testNow, ended: false } };
    }, attempts),
  );
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
      if (play.ended && dice.chance(70)) play.id = await driver.open(server, dice, play.now);
      const [account, action] = await choose(scene, play, dice);
      const before = await stored(scene, play.id);
      const input = {
        id: play.id,
        ...(dice.chance(90) && { note: "Because." }),
        ...driver.inputs[action]?.(dice),
      };
      const { code } = await step(server, account, mutationOf(workflow, action), input, { now: play.now });
      const after = await stored(scene, play.id);
      const wrong = code
        ? unchanged(before, after)
        : recorded(scene, before, after, { account, action, now: play.now, note: input.note ?? null });
      if (code === "INTERNAL") wrong.push("it fails");
      wrong.push(...wrongWith(workflow, standing(workflow, after)));
      if (wrong.length > 0) throw new Error(`${account} tries ${action} (${code}): ${wrong.join("; ")}`);
      play.ended = Boolean(workflow.states[after.row.state!]!.end);
      if (code) scene.onRefused(code);
      else scene.onTaken(action);
    },
  }));

/** Anybody and any step; more often than not somebody and a step that have a chance. */
async function choose(
  { server, workflow, people }: Scene,
  { id, now }: Play,
  dice: ReturnType<typeof diceOf>,
): Promise<[account: string, action: string]> {
  const steps = Object.entries(workflow.actions as Record<string, Action<unknown, string, string>>)
    .filter(([, step]) => !isByClock(step) && !step.from.includes(null))
    .map(([action]) => action);
  const accounts = Object.keys(people);
  if (dice.chance(30)) return [dice.pick(accounts), dice.pick(steps)];
  const facts = (await loadForm(server.database.db, workflow, id))!;
  const able = (action: string) =>
    accounts.filter((account) => !whyNot(workflow, action, facts, { ...people[account]!, now }));
  const open = steps.filter((action) => able(action).length > 0);
  if (open.length === 0) return [dice.pick(accounts), dice.pick(steps)];
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
  /** All that the steps of forms write besides, in one number each. */
  readonly rest: Readonly<Record<string, string>>;
}

async function stored({ server, workflow }: Scene, id: string): Promise<Stored> {
  const rest = ["FormEvent", "Grant", "GrantClass", "GrantCustomer", "GroupVote", "SensitiveUseRecord"]
    .map((table) => `'${table}', (SELECT concat(count(*), ' ', max(xmin::text::bigint)) FROM "${table}")`)
    .join(", ");
  const [found] = await server.database.db.$queryRawUnsafe<{ json: Stored }[]>(
    `SELECT json_build_object('row', to_jsonb(r), 'rest', json_build_object(${rest}), 'events',
       (SELECT json_agg(to_jsonb(e) ORDER BY e."seq") FROM "FormEvent" e WHERE e."recordId" = r."id")) AS json
     FROM "${workflow.name}" r WHERE r."id" = $1`,
    id,
  );
  return found!.json;
}

const unchanged = (before: Stored, after: Stored): string[] =>
  JSON.stringify(before) === JSON.stringify(after) ? [] : ["a refused step has changed something"];

/** One step is one event of one person, after whatever the clock had still to do. */
function recorded(
  { workflow, people }: Scene,
  before: Stored,
  after: Stored,
  { account, action, now, note }: { account: string; action: string; now: Date; note: string | null },
): string[] {
  const added = after.events.slice(before.events.length);
  const own = added.at(-1);
  const seat = workflow.actions[action]!.seat ?? null;
  const person = people[account]!.id;
  const columns = seat ? workflow.seats[seat] : undefined;
  const sameInstant = (text: string | null | undefined) =>
    !!text && new Date(text).getTime() === now.getTime();
  return [
    ...(JSON.stringify(after.events.slice(0, before.events.length)) === JSON.stringify(before.events)
      ? []
      : ["the past has changed"]),
    ...(added.slice(0, -1).every(({ byId }) => byId === null) ? [] : ["somebody else acted"]),
    ...(own?.action === action &&
    own.byId === person &&
    own.seat === seat &&
    own.note === note &&
    sameInstant(own.at)
      ? []
      : [`its event says ${JSON.stringify(own)}`]),
    ...(columns && !(after.row[columns.by] === person && sameInstant(after.row[columns.at]))
      ? [`${seat} is not taken`]
      : []),
  ];
}

const standing = ({ subject, seats }: Workflow, { row, events }: Stored) => ({
  subjectId: row[subject]!,
  state: row.state!,
  seats: Object.fromEntries(Object.entries(seats).map(([seat, { by }]) => [seat, row[by] ?? null])),
  history: events,
});
