import { nowhere, statesAfter, type Workflow } from "./workflow.js";

// What the database itself holds of a form's table: no row skips a step, no state comes without its signatures, and
// nobody sits on two seats, whatever writes to it.

const quoted = (name: string): string => `"${name}"`;

/** Every move from state to state that a table has: `DRAFT>SUBMITTED`. */
export const movesOf = ({ actions }: Workflow): readonly string[] => [
  ...new Set(
    Object.values(actions).flatMap((action) =>
      action.from.flatMap((from) =>
        from === nowhere
          ? []
          : statesAfter(action, from)
              .filter((to) => to !== from)
              .map((to) => `${from}>${to}`),
      ),
    ),
  ),
];

/** The seats that are filled on every way to a state. */
function seatsFilledIn(workflow: Workflow): ReadonlyMap<string, ReadonlySet<string>> {
  const filled = new Map<string, ReadonlySet<string>>();
  const meet = (state: string, seats: ReadonlySet<string>): boolean => {
    const known = filled.get(state);
    const next = known ? new Set([...known].filter((seat) => seats.has(seat))) : seats;
    filled.set(state, next);
    return known?.size !== next.size;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const action of Object.values(workflow.actions))
      for (const from of action.from) {
        const before = from === nowhere ? new Set<string>() : filled.get(from);
        if (!before) continue;
        const after = new Set([...before, ...(action.seat ? [action.seat] : [])]);
        for (const to of statesAfter(action, from)) if (meet(to, after)) changed = true;
      }
  }
  return filled;
}

const maySitOnBoth = ({ actions }: Workflow, one: string, other: string): boolean =>
  Object.values(actions).some(
    ({ seat, alsoBy = [] }) =>
      (seat === one && alsoBy.includes(other)) || (seat === other && alsoBy.includes(one)),
  );

/** The constraints of one form by name, as SQL. */
export function constraintsOf(workflow: Workflow): Readonly<Record<string, string>> {
  const { name, subject, seats } = workflow;
  const all = Object.values(seats);
  const names = Object.keys(seats);
  const apart = [
    ...all.map(({ by }) => [subject, by]),
    ...names.flatMap((one, at) =>
      names
        .slice(at + 1)
        .filter((other) => !maySitOnBoth(workflow, one, other))
        .map((other) => [seats[one]!.by, seats[other]!.by]),
    ),
  ].map(([one, other]) => `${quoted(one!)} <> ${quoted(other!)}`);
  const signed = all
    .filter(({ beforehand }) => !beforehand)
    .map(({ by, at }) => `(${quoted(by)} IS NULL) = (${quoted(at)} IS NULL)`);
  const acted = ({ by, at, beforehand }: (typeof all)[number]) => quoted(beforehand ? at : by);
  const filled = [...seatsFilledIn(workflow)].flatMap(([state, inIt]) =>
    [...inIt].map((seat) => `("state" <> '${state}' OR ${acted(seats[seat]!)} IS NOT NULL)`),
  );
  return {
    ...(apart.length > 0 && { [`${name}_seats_apart`]: `CHECK (${apart.join(" AND ")})` }),
    ...(signed.length + filled.length > 0 && {
      [`${name}_seats_filled`]: `CHECK (${[...signed, ...filled].join(" AND ")})`,
    }),
  };
}

/** What a migration says for one form. */
export const constraintsSql = (workflow: Workflow): string =>
  [
    ...Object.entries(constraintsOf(workflow)).map(
      ([name, definition]) =>
        `ALTER TABLE ${quoted(workflow.name)} ADD CONSTRAINT ${quoted(name)} ${definition};`,
    ),
    `CREATE TRIGGER ${quoted(`${workflow.name}_moves`)} BEFORE UPDATE OF "state" ON ${quoted(workflow.name)}`,
    `  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")`,
    `  EXECUTE FUNCTION "refuse_other_moves"(${movesOf(workflow)
      .map((move) => `'${move}'`)
      .join(", ")});`,
  ].join("\n");
