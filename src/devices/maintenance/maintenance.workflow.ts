import type { Reason } from "../../access/reasons.js";
import { type DeviceState, MaintenanceKind, type MaintenanceTask as Row } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { type FormRules, filled, readWholeForm, refuseForm } from "../../reading/form.js";
import { anyValue, lines } from "../../reading/form-readers.js";
import { sql } from "../../reading/sql.js";
import { requireReachable } from "../../reading/writable-rows.js";
import { dayOf, endOfDay } from "../../workflow/calendar.js";
import type { Actor, Facts, Person } from "../../workflow/facts.js";
import { recordOpening } from "../../workflow/history.js";
import { loadNobody } from "../../workflow/load-facts.js";
import type { Entry, Opener, Step, Work } from "../../workflow/step.js";
import { entryTo } from "../../workflow/take-step.js";
import { nowhere, role, system, workflow } from "../../workflow/workflow.js";
import { comingDay } from "../coming-day.js";
import { Device } from "../device.type.js";
import { deviceWorkflow } from "../device.workflow.js";
import { lockDevice } from "../lock-device.js";
import { CompleteMaintenanceInput, PlanMaintenanceInput } from "./maintenance.input.js";
import { MaintenanceTask } from "./maintenance.type.js";
import { usualMaintenanceDays } from "./usual-maintenance.js";

// Of every kind of maintenance one is always scheduled for a device that can be maintained.

/** Where a device is maintained: it is in the register, and there, and stays. */
export const maintained: readonly DeviceState[] = [
  ...(["REGISTERED", "IN_USE", "IDLE", "FAULTY", "IN_REPAIR", "RENEWAL_PLANNED", "RECOVERED"] as const),
];

const inRegister = `a device in the state ${maintained.join(" or ")}`;

/** Nobody maintains what they have themselves, as nobody repairs it (rulebook 6-05). */
function notToMaintain({ more: { state, custodianId } }: Facts<Row>, actor: Actor): Reason | null {
  if (custodianId === actor.id)
    return { code: "SELF_DECISION", needs: "somebody else than who has the device" };
  return maintained.includes(state as DeviceState) ? null : { code: "WRONG_STATE", needs: inRegister };
}

const technology = [role("IT_ENGINEER"), role("REPAIRER")];

export const maintenanceWorkflow = workflow<Row>()({
  type: MaintenanceTask,
  machine: "E2",
  title: "Maintenance of a device",
  clause: "S000-4.4a",
  model: "maintenanceTask",
  subject: "custodianId",
  unassigned: { otherwise: "TECHNOLOGY" },
  seats: { maintainer: { by: "doneById", at: "doneAt" } },
  states: {
    SCHEDULED: {},
    DONE: { end: "The next one is scheduled." },
    SKIPPED: { end: "The next one is scheduled." },
    DROPPED: { end: "The device is gone." },
  },
  openedBy: Object.values(MaintenanceKind).map((kind) => ({
    of: deviceWorkflow,
    step: "register",
    action: "schedule" as const,
    write: planFirst(kind),
  })),
  follows: [{ of: deviceWorkflow, by: "deviceId", action: "drop" }],
  reminders: [
    {
      states: ["SCHEDULED"],
      of: "dueAt",
      hoursBefore: 7 * 24,
      to: ["IT_ENGINEER"],
      says: "The maintenance of a device is due within 7 days.",
    },
    {
      states: ["SCHEDULED"],
      of: "dueAt",
      to: ["IT_ENGINEER"],
      says: "The maintenance of a device is overdue.",
    },
  ],
  more: (row) => sql`(
    SELECT json_build_object('state', d."state", 'custodianId', d."custodianId")
    FROM "Device" d WHERE d."id" = ${row}."deviceId")`,
  actions: {
    schedule: {
      from: [nowhere],
      to: "SCHEDULED",
      who: [system],
      meaning: "It comes round: with the registration of the device, after the last one, or by its file.",
    },
    plan: {
      from: [nowhere],
      to: "SCHEDULED",
      who: [role("IT_ENGINEER"), role("ADMIN_HR_CLERK")],
      meaning: "Plans maintenance beside what comes round by itself (S000-3.2, 4.4a).",
      mutation: "planMaintenance",
      input: () => PlanMaintenanceInput,
      open: planByHand(),
    },
    complete: {
      from: ["SCHEDULED"],
      to: "DONE",
      who: technology,
      seat: "maintainer",
      requires: notToMaintain,
      meaning: "Has done it: with what was found. The next one is scheduled (S000-4.4a).",
      mutation: "completeMaintenance",
      input: () => CompleteMaintenanceInput,
      effect: complete,
    },
    skip: {
      from: ["SCHEDULED"],
      to: "SKIPPED",
      who: technology,
      note: "required",
      requires: notToMaintain,
      meaning: "Leaves it out this time: why, stands in the history. The next one is scheduled.",
      mutation: "skipMaintenance",
      effect: async ({ facts }) => ({ brings: planNext(facts.row) }),
    },
    drop: {
      from: ["SCHEDULED"],
      to: "DROPPED",
      who: [system],
      meaning: "The device has been scrapped, or written off.",
    },
  },
});

/** When a device that is not maintained regularly yet is to be maintained first: as its file says. */
function firstDay({ nextMaintenanceAt, lastMaintainedAt, maintenanceIntervalDays }: File, now: Date): string {
  // A day is over with the first instant of the next one.
  if (nextMaintenanceAt) return dayOf(new Date(nextMaintenanceAt.getTime() - 1));
  return dayOf(later(lastMaintainedAt ?? now, maintenanceIntervalDays));
}

type File = Awaited<ReturnType<typeof lockDevice>>;

const later = (from: Date, days: number | null): Date =>
  new Date(from.getTime() + (days ?? usualMaintenanceDays) * 86_400_000);

/** The first one of a kind, of a device that is registered. */
function planFirst(kind: MaintenanceKind) {
  return async (work: Work, entry: Entry, { id: deviceId }: Facts<unknown>): Promise<Person> => {
    const device = await lockDevice(work.tx, deviceId);
    const { custodianId } = device;
    await write(work, entry, { deviceId, custodianId, kind, dueOn: firstDay(device, work.now) });
    await keepNext(work.tx, deviceId);
    return loadNobody(work.tx, "TECHNOLOGY");
  };
}

/** Schedules every kind of maintenance of which a device has none, as its file says. */
export async function planMaintenance(work: Work, deviceId: string): Promise<void> {
  const device = await lockDevice(work.tx, deviceId);
  if (!maintained.includes(device.state)) return;
  const planned = await work.tx.maintenanceTask.findMany({ where: { deviceId, state: "SCHEDULED" } });
  const missing = Object.values(MaintenanceKind).filter((kind) => planned.every((one) => one.kind !== kind));
  await schedule(work, { deviceId, device, kinds: missing, dueOn: firstDay(device, work.now) });
}

/** Schedules the next one of a kind; that one was planned by hand for a later day is no reason to wait for it. */
const planNext =
  ({ deviceId, kind }: Pick<Row, "deviceId" | "kind">) =>
  async (work: Work): Promise<void> => {
    const device = await lockDevice(work.tx, deviceId);
    const dueOn = dayOf(later(work.now, device.maintenanceIntervalDays));
    const until = { state: "SCHEDULED" as const, dueOn: { lte: new Date(dueOn) } };
    const known = await work.tx.maintenanceTask.count({ where: { deviceId, kind, ...until } });
    await schedule(work, { deviceId, device, kinds: known > 0 ? [] : [kind], dueOn });
  };

interface Scheduling {
  readonly deviceId: string;
  readonly device: File;
  readonly kinds: readonly MaintenanceKind[];
  readonly dueOn: string;
}

async function schedule(work: Work, { deviceId, device, kinds, dueOn }: Scheduling): Promise<void> {
  const { custodianId } = device;
  for (const kind of kinds) {
    const entry = entryTo(work, maintenanceWorkflow, "SCHEDULED");
    await write(work, entry, { deviceId, custodianId, kind, dueOn });
    await recordOpening(work, maintenanceWorkflow, "schedule", { department: "TECHNOLOGY" }, entry);
  }
  await keepNext(work.tx, deviceId);
}

interface Planned {
  readonly deviceId: string;
  readonly kind: MaintenanceKind;
  readonly dueOn: string;
}

interface PlannedOf extends Planned {
  readonly custodianId: string | null;
}

const write = ({ tx }: Work, { id }: Entry, { dueOn, ...task }: PlannedOf) =>
  tx.maintenanceTask.create({
    data: { ...task, id, dueOn: new Date(dueOn), dueAt: endOfDay(dueOn), state: "SCHEDULED" },
    select: { id: true },
  });

/** The file of a device says by when it is maintained next. */
async function keepNext(tx: Work["tx"], deviceId: string): Promise<void> {
  const where = { deviceId, state: "SCHEDULED" } as const;
  const { _min } = await tx.maintenanceTask.aggregate({ where, _min: { dueAt: true } });
  await tx.device.update({
    where: { id: deviceId },
    data: { nextMaintenanceAt: _min.dueAt },
    select: { id: true },
  });
}

const planRules: FormRules<Planned> = {
  deviceId: filled(anyValue),
  kind: filled(anyValue),
  dueOn: filled(comingDay),
};

/** Plans what does not come round by itself: once for a day. */
function planByHand(): Opener<PlanMaintenanceInput, PlannedOf> {
  return {
    async read(input, { caller: { now }, decisions }, db) {
      const planned = readWholeForm<Planned>(input, planRules, now);
      const { deviceId: id } = planned;
      await requireReachable({ db, decisions }, { type: Device, id, inputPath: "input.deviceId" });
      const select = { custodianId: true } as const;
      return { ...planned, ...(await db.device.findUniqueOrThrow({ where: { id }, select })) };
    },
    subject: ({ custodianId }) => custodianId,
    async write(opening) {
      const { tx, form, entry } = opening;
      const { deviceId, kind, dueOn } = form;
      const { custodianId, state } = await lockDevice(tx, deviceId);
      if (!maintained.includes(state))
        throw refusal("WRONG_STATE", { inputPath: "input.deviceId", needs: inRegister });
      const same = { deviceId, kind, dueOn: new Date(dueOn), state: "SCHEDULED" } as const;
      if ((await tx.maintenanceTask.count({ where: same })) > 0)
        throw refuseForm([
          { field: "dueOn", code: "DUPLICATE", reason: "It is planned for that day already." },
        ]);
      await write(opening, entry, { ...form, custodianId });
      await keepNext(tx, deviceId);
    },
  };
}

/** What was found and done; the file of the device says when it was maintained. */
async function complete({ now, facts, input }: Step<Row, CompleteMaintenanceInput>) {
  const { deviceId, kind } = facts.row;
  return {
    set: readWholeForm<{ result: string }>(input, { result: filled(lines(2_000)) }, now),
    async brings(work: Work): Promise<void> {
      await planNext({ deviceId, kind })(work);
      await work.tx.device.update({
        where: { id: deviceId },
        data: { lastMaintainedAt: now, version: { increment: 1 } },
        select: { id: true },
      });
    },
  };
}
