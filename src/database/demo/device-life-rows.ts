import type { DeviceKind, DeviceState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";
import { acceptedProcurementId, demoContract, demoModel } from "./procurement-rows.js";

// Devices in every state of their life beside those that people use; nobody has them.

/** Steps of a device's life: whereto, and by whom; null: by another form. */
const taken = {
  accept: ["ACCEPTED", null],
  stockIn: ["STOCKED", "clerk"],
  configure: ["CONFIGURED", "tim"],
  register: ["REGISTERED", "tim"],
  takeUp: ["IN_USE", null],
  fallIdle: ["IDLE", null],
  breakDown: ["FAULTY", null],
  goToRepair: ["IN_REPAIR", null],
  restore: ["IDLE", null],
  giveUp: ["UNREPAIRABLE", null],
  planRenewal: ["RENEWAL_PLANNED", null],
  dropRenewal: ["IDLE", null],
  requestScrap: ["SCRAP_REQUESTED", null],
  refuseScrap: ["UNREPAIRABLE", null],
  approveScrap: ["SCRAP_APPROVED", null],
  scrap: ["SCRAPPED", null],
  lose: ["LOST", "clerk"],
  recover: ["RECOVERED", "tess"],
  writeOff: ["WRITTEN_OFF", "fin"],
} as const satisfies Record<string, readonly [DeviceState, string | null]>;
export type Taken = keyof typeof taken;

const notes: Partial<Record<Taken, string>> = {
  lose: "Left on the train to Hangzhou",
  recover: "Handed in at the station; nothing had been opened",
  writeOff: "Not found in three months",
};

export const bought: readonly Taken[] = ["accept", "stockIn", "configure", "register"];
export const idle: readonly Taken[] = [...bought, "takeUp", "fallIdle"];
const unrepairable: readonly Taken[] = [...idle, "breakDown", "goToRepair", "giveUp"];
const scrapped: readonly Taken[] = [...unrepairable, "requestScrap", "approveScrap", "scrap"];

/** A device for each of these ways through its life, numbered from 71; those with faults of their own come before. */
const lives: readonly (readonly Taken[])[] = [
  bought.slice(0, 1),
  bought.slice(0, 2),
  bought.slice(0, 3),
  [...idle, "planRenewal", "dropRenewal"],
  unrepairable.slice(0, -2),
  unrepairable.slice(0, -1),
  [...unrepairable, "requestScrap", "refuseScrap", "requestScrap", "refuseScrap"],
  [...idle, "planRenewal"],
  scrapped.slice(0, -2),
  scrapped.slice(0, -1),
  scrapped,
  [...idle, "lose"],
  [...idle, "lose", "recover"],
  [...idle, "lose", "writeOff"],
  scrapped.slice(0, -1),
];

/** A device, and what became of it: a step a day, from seventy days ago. */
export interface DeviceLife {
  readonly number: number;
  readonly life: readonly Taken[];
  /** The day on which it went on after it had been put down, where that was not the next one. */
  readonly wentOn?: number;
  /** How long it was out of order. */
  readonly daysOut?: number;
}

const [begun, first] = [-70, 71];

/** Devices whose faults are of these days, or over. */
const brokenLives: readonly DeviceLife[] = [
  { number: 61, wentOn: -0.5, life: [...idle, "breakDown"] },
  { number: 62, wentOn: -0.8, life: [...idle, "breakDown"] },
  { number: 63, wentOn: -1.5, life: [...idle, "breakDown", "goToRepair"] },
  { number: 64, wentOn: -2, life: [...idle, "breakDown", "goToRepair"] },
  { number: 65, wentOn: -2, life: [...idle, "breakDown", "goToRepair"] },
  { number: 66, wentOn: -14, life: [...idle, "breakDown", "goToRepair", "restore"], daysOut: 2 },
  { number: 67, wentOn: -24, life: [...idle, "breakDown", "restore"] },
  { number: 68, wentOn: -34, life: [...idle, "breakDown", "lose"], daysOut: 1 },
];

/** What breaks is seen to within days, and what is to be replaced within two weeks. */
const isRecent = (life: readonly Taken[]): boolean =>
  life.at(-1) === "breakDown" || life.at(-1) === "goToRepair" || life.at(-1) === "planRenewal";

export const deviceLives: readonly DeviceLife[] = [
  ...brokenLives,
  ...lives.map((life, position) => ({
    ...{ life, number: first + position, daysOut: life.includes("giveUp") ? 2 : 0 },
    ...(isRecent(life) && { wentOn: -2 }),
  })),
];

const dayAt = (step: number, { wentOn = begun + idle.length }: DeviceLife): number =>
  step < idle.length ? begun + step : wentOn + step - idle.length;

/** The day on which a device took a step, first. */
export const dayOf = (one: DeviceLife, action: Taken): number => dayAt(one.life.indexOf(action), one);

const kinds: readonly DeviceKind[] = ["LAPTOP", "PC", "TABLET", "PRINTER"];

interface DeviceLives {
  readonly rows: Prisma.DeviceCreateManyInput[];
  readonly steps: ReturnType<typeof stepsOf>;
}

/** Those that somebody had and has given back, by number. */
export const givenBack = deviceLives.flatMap(({ life, number }) =>
  life.includes("fallIdle") ? [number] : [],
);

export function deviceLifeRows(at: Calendar): DeviceLives {
  const devices = deviceLives.map((one) => deviceWith(one, at));
  return { rows: devices.map(({ row }) => row), steps: devices.flatMap(({ steps }) => steps) };
}

const gone: readonly string[] = ["LOST", "SCRAPPED", "WRITTEN_OFF"];

/** A device that has gone this way; where it is still there, it was there fifty days ago. */
export function deviceWith(one: DeviceLife, at: Calendar) {
  const { number, life, daysOut = 0 } = one;
  const id = demoId("dev", number);
  const registered = life.includes("register");
  const day = (action: Taken): Date => at(dayOf(one, action));
  const steps = life.map((action, step): DemoStep => {
    const [to, by] = taken[action];
    return { action, to, by: by && employeeId(by), at: at(dayAt(step, one)), note: notes[action] ?? null };
  });
  const row: Prisma.DeviceCreateManyInput = {
    id,
    deviceNo: registered ? `D${number}` : null,
    kind: kinds[(number + 1) % kinds.length]!,
    model: demoModel,
    departmentCode: null,
    purchasedAt: at(-80),
    state: steps.at(-1)!.to as DeviceState,
    downtimeMinutes: daysOut * 1_440,
    idleSince: life.includes("fallIdle") ? day("fallIdle") : null,
    stockInNo: life.includes("stockIn") ? `RK-${number}` : null,
    invoiceNo: life.includes("stockIn") ? `FP-0330${number}` : null,
    procurementId: number >= first && number < first + lives.length ? acceptedProcurementId : null,
    ...demoContract,
    ...(life.includes("configure") && {
      ...{ software: ["UOS 20", "WPS Office", "360 EDR"], components: ["mainboard", "memory", "disk"] },
      ...{ configBaseline: "office-2026.1", firewall: true, passwordSet: true, antivirusAt: at(-60) },
      macAddress: `02:54:4b:00:01:${String(number % 100).padStart(2, "0")}`,
    }),
    ...(registered && {
      ...{ sealNo: `SEAL-${number}`, maintenanceIntervalDays: 90 },
      ...{ lastMaintainedAt: at(-66), nextMaintenanceAt: at(24) },
      ...(!gone.includes(steps.at(-1)!.to) && { stockTakenAt: at(-50), stockTakeDueAt: at(146) }),
    }),
  };
  return { row, steps: stepsOf("Device", id, "tim", steps) };
}
