import type { Prisma, RenewalState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { dayOf, deviceLives } from "./device-life-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** The renewal of a device; days from the loading. */
interface DemoRenewal {
  readonly device: number;
  readonly necessity: string;
  readonly planned: number;
  /** The day that it was planned for. */
  readonly comes: number;
  readonly state: RenewalState;
  /** The device that took its place. */
  readonly successor?: number;
}

const life = (number: number) => deviceLives.find((one) => one.number === number)!;

/** In the order of their numbers. What the devices themselves went through stands in their lives. */
const renewals: readonly DemoRenewal[] = [
  {
    ...{ device: 74, necessity: "The maker ends its support", planned: -64.5, state: "EXECUTED" },
    ...{ comes: dayOf(life(74), "planRenewal"), successor: 5 },
  },
  { device: 66, necessity: "Too slow for the new client", planned: -12, comes: 40, state: "DROPPED" },
  {
    ...{ device: 78, necessity: "No longer takes the security updates", planned: -40, state: "DUE" },
    comes: dayOf(life(78), "planRenewal"),
  },
  { device: 67, necessity: "The guarantee ends in the spring", planned: -3, comes: 20, state: "PLANNED" },
];

const hour = 3_600_000;
const day = 24 * hour;

/** The day of an instant in Shanghai, as a date column has it; and the instant at which it begins. */
const dateOf = (instant: Date): Date => new Date(Math.floor((instant.getTime() + 8 * hour) / day) * day);
const beginningOf = (date: Date): Date => new Date(date.getTime() - 8 * hour);

const clerk = employeeId("clerk");

function historyOf({ planned, comes, state }: DemoRenewal, at: Calendar): DemoStep[] {
  const plan: DemoStep = { action: "plan", to: "PLANNED", by: clerk, at: at(planned) };
  const due: DemoStep = { action: "comeDue", to: "DUE", by: null, at: at(comes) };
  switch (state) {
    case "PLANNED":
      return [plan];
    case "DUE":
      return [plan, due];
    case "EXECUTED":
      return [plan, due, { action: "replace", to: state, by: clerk, at: at(comes + 1) }];
    case "DROPPED":
      return [
        plan,
        {
          ...{ action: "drop", to: state, by: clerk, at: at(planned + 3) },
          note: "Other memory was put in instead",
        },
      ];
  }
}

/** Plans by which devices are replaced, in every state. */
export function renewalRows(at: Calendar) {
  const year = at(0).getUTCFullYear();
  const all = renewals.map((renewal, position) => {
    const { device, necessity, planned, comes, state, successor } = renewal;
    const id = demoId("rnw", position + 1);
    const history = historyOf(renewal, at);
    const plannedFor = dateOf(at(comes));
    const row: Prisma.RenewalPlanCreateManyInput = {
      ...{ id, state, necessity, deviceId: demoId("dev", device) },
      formNo: `RN-${year}-${String(position + 1).padStart(4, "0")}`,
      feasibility: "Within the year's budget; one of the same kind is to be had",
      ...{ plannedFor, comesAt: beginningOf(plannedFor), plannedById: clerk, plannedAt: at(planned) },
      successorId: successor ? demoId("dev", successor) : null,
      executedAt: state === "EXECUTED" ? history.at(-1)!.at : null,
      dueAt: state === "DUE" ? at(comes + 14) : null,
    };
    return { row, steps: stepsOf("RenewalPlan", id, "tim", history) };
  });
  return { rows: all.map(({ row }) => row), steps: all.flatMap(({ steps }) => steps) };
}
