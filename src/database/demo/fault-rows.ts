import type { FaultState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DeviceLife, dayOf, deviceLives } from "./device-life-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

// The faults of the devices that have broken down, in every state: clerk reports them, tim repairs.

/** Where the faults of those devices stand whose life does not say it. */
const stands: Readonly<Record<number, FaultState>> = {
  61: "ACKNOWLEDGED",
  62: "DIAGNOSED",
  63: "SENT_OUT",
  64: "BACK",
  65: "REPAIRED",
  67: "WITHDRAWN",
};

function stateOf({ number, life }: DeviceLife): FaultState {
  if (stands[number]) return stands[number];
  if (life.includes("giveUp")) return "UNREPAIRABLE";
  if (life.includes("restore")) return "CONFIRMED";
  if (life.at(-1) === "lose") return "CLOSED";
  return life.includes("goToRepair") ? "IN_REPAIR" : "REPORTED";
}

/** The steps on the way to each state: whereto, and how many days after the report. */
const taken: Readonly<Record<string, readonly [FaultState, number]>> = {
  withdraw: ["WITHDRAWN", 1],
  close: ["CLOSED", 1],
  acknowledge: ["ACKNOWLEDGED", 0.1],
  diagnose: ["DIAGNOSED", 0.5],
  startRepair: ["IN_REPAIR", 1],
  sendOut: ["SENT_OUT", 1.2],
  takeBack: ["BACK", 1.6],
  finish: ["REPAIRED", 1.8],
  confirm: ["CONFIRMED", 2],
  giveUp: ["UNREPAIRABLE", 2],
};

const begun = ["acknowledge", "diagnose", "startRepair"];
const ways: Readonly<Record<FaultState, readonly string[]>> = {
  REPORTED: [],
  WITHDRAWN: ["withdraw"],
  CLOSED: ["close"],
  ACKNOWLEDGED: begun.slice(0, 1),
  DIAGNOSED: begun.slice(0, 2),
  IN_REPAIR: begun,
  SENT_OUT: [...begun, "sendOut"],
  BACK: [...begun, "sendOut", "takeBack"],
  REPAIRED: [...begun, "finish"],
  CONFIRMED: [...begun, "finish", "confirm"],
  UNREPAIRABLE: [...begun, "giveUp"],
};

const clerk = employeeId("clerk");
const tim = employeeId("tim");
const by: Readonly<Record<string, string | null>> = { withdraw: clerk, confirm: clerk, close: null };

const symptoms = ["The screen stays dark", "It does not start", "The disk makes noises", "It overheats"];

/** Faults in every state, first to last. */
export function faultRows(at: Calendar) {
  const rows: Prisma.FaultCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const broken = deviceLives
    .filter(({ life }) => life.includes("breakDown"))
    .sort((one, other) => dayOf(one, "breakDown") - dayOf(other, "breakDown"));
  const year = at(0).getUTCFullYear();
  for (const [position, device] of broken.entries()) {
    const id = demoId("fau", position + 1);
    const state = stateOf(device);
    const reported = dayOf(device, "breakDown");
    const way = ways[state];
    const on = (action: string): Date | null =>
      way.includes(action) ? at(reported + taken[action]![1]) : null;
    const spent = way.includes("finish") || way.includes("giveUp");
    rows.push({
      ...{ id, state, formNo: `F-${year}-${String(position + 1).padStart(4, "0")}` },
      ...{ deviceId: demoId("dev", device.number), reportedById: clerk },
      ...{ discoveredAt: at(reported), reportedAt: at(reported), reportedLate: false },
      symptom: symptoms[position % symptoms.length]!,
      confirmBy: at(reported + 3),
      repairerId: on("acknowledge") && tim,
      ackAt: on("acknowledge"),
      diagnosis: on("diagnose") && "A part is worn out",
      centre: on("sendOut") && "杭州联科维修中心",
      dataProtected: way.includes("sendOut"),
      sentAt: on("sendOut"),
      backAt: on("takeBack"),
      cost: spent ? "320.00" : null,
      components: way.includes("finish") ? ["power supply"] : [],
      verdict: spent ? (state === "UNREPAIRABLE" ? "NOT_WORTH_IT" : "REPAIRED") : null,
      confirmedAt: on("confirm"),
      downtimeMinutes: (device.daysOut ?? 0) * 1_440,
      dueAt: state === "REPORTED" ? at(reported + 0.5) : null,
    });
    const history: DemoStep[] = way.map((action) => ({
      ...{ action, to: taken[action]![0], by: action in by ? by[action]! : tim, at: on(action)! },
      ...(action === "acknowledge" && { seat: "repairer" }),
    }));
    const report: DemoStep = { action: "report", to: "REPORTED", by: clerk, at: at(reported) };
    steps.push(...stepsOf("Fault", id, "tim", [report, ...history]));
  }
  return { rows, steps };
}
