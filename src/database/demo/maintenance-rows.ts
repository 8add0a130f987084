import { MaintenanceKind, type Prisma } from "../client.js";
import { allocationRows } from "./allocation-rows.js";
import type { Calendar } from "./calendar.js";
import { deviceLifeRows } from "./device-life-rows.js";
import { deviceRows } from "./device-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

const hour = 3_600_000;
const day = 24 * hour;

/** The day of an instant in Shanghai, as a date column has it. */
const dateOf = (instant: Date): Date => new Date(Math.floor((instant.getTime() + 8 * hour) / day) * day);
const endOf = (date: Date): Date => new Date(date.getTime() + day - 8 * hour);

const results: Readonly<Record<MaintenanceKind, string>> = {
  HARDWARE: "Cleaned; the disk is without errors",
  SOFTWARE: "Brought up to date",
  TUNING: "Start-up programs thinned out",
};

/** The maintenance of every registered device: the last one done, with one left out, and the next one. */
export function maintenanceRows(at: Calendar) {
  const rows: Prisma.MaintenanceTaskCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const add = (
    task: Omit<Prisma.MaintenanceTaskCreateManyInput, "id">,
    since: number,
    ...after: DemoStep[]
  ): void => {
    const id = demoId("mnt", rows.length + 1);
    rows.push({ ...task, id });
    const scheduled: DemoStep = { action: "schedule", to: "SCHEDULED", by: null, at: at(since) };
    steps.push(...stepsOf("MaintenanceTask", id, "tim", [scheduled, ...after]));
  };
  for (const { id: deviceId, custodianId = null, nextMaintenanceAt } of deviceRows(at))
    for (const kind of Object.values(MaintenanceKind)) {
      const by = employeeId(custodianId === employeeId("tim") ? "tess" : "tim");
      const past = { deviceId, custodianId, kind, dueOn: dateOf(at(-28)) };
      if (deviceId === demoId("dev", 6) && kind === "TUNING")
        add({ ...past, state: "SKIPPED" }, -59, {
          ...{ action: "skip", to: "SKIPPED", by, at: at(-30), note: "Nobody has used it yet" },
        });
      else
        add({ ...past, state: "DONE", doneById: by, doneAt: at(-30), result: results[kind] }, -59, {
          ...{ action: "complete", to: "DONE", by, at: at(-30), seat: "maintainer" },
        });
      const dueOn = dateOf(nextMaintenanceAt as Date);
      add({ deviceId, custodianId, kind, dueOn, dueAt: endOf(dueOn), state: "SCHEDULED" }, -30);
    }
  const others = [...deviceLifeRows(at).rows, ...allocationRows(at).devices];
  for (const { id: deviceId, custodianId = null, state, nextMaintenanceAt } of others)
    for (const kind of nextMaintenanceAt ? Object.values(MaintenanceKind) : []) {
      const dueOn = dateOf(nextMaintenanceAt as Date);
      const gone = state === "SCRAPPED" || state === "WRITTEN_OFF";
      if (gone)
        add({ deviceId, custodianId, kind, dueOn, state: "DROPPED" }, -66, {
          ...{ action: "drop", to: "DROPPED", by: null, at: at(-58) },
        });
      else add({ deviceId, custodianId, kind, dueOn, dueAt: endOf(dueOn), state: "SCHEDULED" }, -4);
    }
  return { rows, steps };
}
