import type { Prisma, RecertificationState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { grantId, supersededGrantId } from "./grant-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** Whose grant, what its head has said of it, and when it was settled, in days from the loading. */
const asked: readonly {
  readonly staffNo: string;
  readonly grant?: string;
  readonly head?: string;
  readonly settled?: number;
  readonly state: RecertificationState;
}[] = [
  { staffNo: "pat", state: "OPEN" },
  { staffNo: "sam", head: "sue", settled: -5, state: "CONFIRMED" },
  { staffNo: "P102", head: "pia", settled: -25, state: "DROPPED" },
  { staffNo: "S103", settled: -3, state: "LAPSED" },
  { staffNo: "P101", grant: supersededGrantId, settled: -26, state: "CLOSED" },
];

const actions = { CONFIRMED: "confirm", DROPPED: "drop", LAPSED: "lapse", CLOSED: "close" } as const;

/** Questions whether a grant is still needed, in every state. */
export function recertificationRows(at: Calendar) {
  const rows: Prisma.RecertificationCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  for (const [position, { staffNo, grant, head, settled, state }] of asked.entries()) {
    const id = demoId("rec", position + 1);
    const by = head === undefined ? null : employeeId(head);
    rows.push({
      ...{ id, state },
      granteeId: employeeId(staffNo),
      grantId: grant ?? grantId(staffNo),
      round: at(-20).toISOString().slice(0, 7),
      confirmedById: by,
      confirmedAt: by && at(settled!),
      dueAt: state === "OPEN" ? at(5) : null,
    });
    const history: DemoStep[] = [{ action: "ask", to: "OPEN", by: null, at: at(-28) }];
    if (state !== "OPEN")
      history.push({
        ...{ action: actions[state], to: state, by, at: at(settled!) },
        ...(by && { seat: "confirmer" }),
      });
    steps.push(...stepsOf("Recertification", id, staffNo, history));
  }
  return { rows, steps };
}
