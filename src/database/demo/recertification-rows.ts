import type { Prisma, RecertificationState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { grantId } from "./grant-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** Whose grant, what its head has said of it, and when, in days from the loading. */
const asked: readonly { staffNo: string; head: string; said?: number; state: RecertificationState }[] = [
  { staffNo: "pat", head: "pia", state: "OPEN" },
  { staffNo: "sam", head: "sue", said: -5, state: "CONFIRMED" },
  { staffNo: "P102", head: "pia", said: -25, state: "DROPPED" },
  { staffNo: "S103", head: "sue", state: "LAPSED" },
];

const actions = { CONFIRMED: "confirm", DROPPED: "drop", LAPSED: "lapse" } as const;

/** Questions whether a grant is still needed, in every state. */
export function recertificationRows(at: Calendar) {
  const rows: Prisma.RecertificationCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  for (const [position, { staffNo, head, said, state }] of asked.entries()) {
    const id = demoId("rec", position + 1);
    const due = state === "LAPSED" ? -3 : 5;
    const by = said === undefined ? null : employeeId(head);
    rows.push({
      ...{ id, state },
      granteeId: employeeId(staffNo),
      grantId: grantId(staffNo),
      round: at(-20).toISOString().slice(0, 7),
      confirmedById: by,
      confirmedAt: said === undefined ? null : at(said),
      dueAt: state === "OPEN" ? at(due) : null,
    });
    const history: DemoStep[] = [{ action: "ask", to: "OPEN", by: null, at: at(-28) }];
    if (state !== "OPEN")
      history.push({
        ...{ action: actions[state], to: state, by, at: at(said ?? due) },
        ...(by && { seat: "confirmer" }),
      });
    steps.push(...stepsOf("Recertification", id, staffNo, history));
  }
  return { rows, steps };
}
