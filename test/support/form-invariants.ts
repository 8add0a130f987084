import type { Workflow } from "../../src/workflow/workflow.js";

// What holds of every form at any time, said without the code that decides who may take a step.

/** A form as it stands: its columns, and the steps that were taken of it in order. */
export interface Standing {
  readonly subjectId: string;
  readonly state: string;
  /** Who sits on which seat. */
  readonly seats: Readonly<Record<string, string | null>>;
  readonly history: readonly PastStep[];
}

export interface PastStep {
  readonly action: string;
  readonly from: string | null;
  readonly to: string;
  readonly byId: string | null;
}

/** The seats that rulebook 2.4 demands before a form stands somewhere: of those who decide on a grant none is left out (A). */
const demanded: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  GrantApplication: {
    SUBMITTED: ["signer"],
    RETURNED: ["signer", "reviewer"],
    ESCALATED: ["signer", "reviewer"],
    REJECTED: ["signer", "reviewer"],
    APPROVED: ["signer", "reviewer"],
    IMPLEMENTED: ["signer", "reviewer", "implementer"],
  },
};

/** The states that rulebook 2.4 has a form go through before another. */
const passed: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  GrantApplication: {
    APPROVED: ["SUBMITTED"],
    REJECTED: ["SUBMITTED"],
    ESCALATED: ["SUBMITTED"],
    IMPLEMENTED: ["SUBMITTED", "APPROVED"],
  },
};

/** What is wrong with a form, in words; nothing: []. The table is the true one, whatever the form was moved by. */
export const wrongWith = (workflow: Workflow, form: Standing): readonly string[] => [
  ...twoSeats(workflow, form),
  ...ownSeat(workflow, form),
  ...offTheTable(workflow, form),
  ...aroundTheSeats(workflow, form),
  ...afterTheEnd(workflow, form),
  ...takenTwice(workflow, form),
];

/** May one person sit on both: because the table lets the holder of one take a step of the other? */
const shared = ({ actions }: Workflow, one: string, other: string): boolean =>
  Object.values(actions).some(
    ({ seat, alsoBy }) =>
      (seat === one && alsoBy?.includes(other)) || (seat === other && alsoBy?.includes(one)),
  );

function twoSeats(workflow: Workflow, { seats }: Standing): string[] {
  const taken = Object.entries(seats).filter(([, person]) => person !== null);
  return taken.flatMap(([seat, person], at) =>
    taken
      .slice(at + 1)
      .filter(([other, another]) => another === person && !shared(workflow, seat, other))
      .map(([other]) => `${person} sits on ${seat} and on ${other}`),
  );
}

const ownSeat = (workflow: Workflow, { seats, subjectId }: Standing): string[] =>
  Object.entries(seats).flatMap(([seat, person]) => {
    const theirs = Object.values(workflow.actions).some(
      (action) => action.seat === seat && action.who.some(({ is }) => is === "subject"),
    );
    return person === subjectId && !theirs ? [`whom it is about sits on ${seat}`] : [];
  });

/** The steps follow one another as the table says, up to where the form stands. */
function offTheTable({ actions }: Workflow, { state, history }: Standing): string[] {
  const wrong = history.flatMap(({ action, from, to, byId }, at) => {
    const step = actions[action];
    const before = at === 0 ? null : history[at - 1]!.to;
    const leads =
      step?.to === undefined
        ? from
        : typeof step.to === "object" && !Array.isArray(step.to)
          ? (step.to as Record<string, string>)[from ?? ""]
          : step.to;
    return [
      ...(from === before ? [] : [`${action} begins at ${from}, not at ${before}`]),
      ...(step?.from.includes(from) ? [] : [`${action} is taken from ${from}`]),
      ...([leads].flat().includes(to) ? [] : [`${action} leads from ${from} to ${to}`]),
      ...(byId !== null && step?.who.every(({ is }) => is === "system")
        ? [`somebody takes ${action}, which is the clock's`]
        : []),
    ];
  });
  const last = history.at(-1)?.to;
  return last === state ? wrong : [...wrong, `it stands at ${state}, and its history ends at ${last}`];
}

function aroundTheSeats({ name }: Workflow, { state, seats, history }: Standing): string[] {
  const seen = new Set(history.map(({ to }) => to));
  return [
    ...(demanded[name]?.[state] ?? [])
      .filter((seat) => !seats[seat])
      .map((seat) => `${state} without ${seat}`),
    ...(passed[name]?.[state] ?? []).filter((one) => !seen.has(one)).map((one) => `${state} past ${one}`),
  ];
}

const afterTheEnd = ({ states }: Workflow, { history }: Standing): string[] =>
  history
    .filter(({ from }) => from && states[from]?.end)
    .map(({ action, from }) => `${action} after ${from}`);

/** What signs a seat without going on is signed once: nobody takes the seat from whoever sits there. */
const takenTwice = ({ actions }: Workflow, { history }: Standing): string[] => {
  const signed = history.filter(({ action, from, to }) => actions[action]?.seat && from === to);
  return signed
    .filter(({ action }, at) => signed.findIndex((other) => other.action === action) < at)
    .map(({ action }) => `${action} is taken twice`);
};
