import type { DeviceState } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { type FormRules, filled, readWholeForm, refuseForm } from "../../reading/form.js";
import { anyValue, lines } from "../../reading/form-readers.js";
import { requireReachable } from "../../reading/writable-rows.js";
import { startOfDay } from "../../workflow/calendar.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import type { Opener } from "../../workflow/step.js";
import { comingDay } from "../coming-day.js";
import { Device } from "../device.type.js";
import { lockDevice } from "../lock-device.js";
import { running } from "./renewal.enums.js";
import type { PlanDeviceRenewalInput } from "./renewal.input.js";

interface Planned {
  readonly deviceId: string;
  readonly necessity: string;
  readonly feasibility: string;
  readonly plannedFor: string;
}

interface PlannedOf extends Planned {
  readonly custodianId: string | null;
}

const rules: FormRules<Planned> = {
  deviceId: filled(anyValue),
  necessity: filled(lines(2_000)),
  feasibility: filled(lines(2_000)),
  plannedFor: filled(comingDay),
};

/** What can be replaced: it is in the register, and there, and nothing else is decided about it. */
const replaceable: readonly DeviceState[] = [
  ...(["REGISTERED", "IN_USE", "IDLE", "FAULTY", "IN_REPAIR"] as const),
  // Its plan was carried out by a scrapping that was taken back, and it is to be replaced all the same.
  ...(["RENEWAL_PLANNED", "RECOVERED"] as const),
];

/** Plans the renewal of a device (S000-4.4c): one at a time. */
export const planRenewal: Opener<PlanDeviceRenewalInput, PlannedOf> = {
  async read(input, { caller: { now }, decisions }, db) {
    const planned = readWholeForm<Planned>(input, rules, now);
    const { deviceId: id } = planned;
    await requireReachable({ db, decisions }, { type: Device, id, inputPath: "input.deviceId" });
    const select = { custodianId: true } as const;
    return { ...planned, ...(await db.device.findUniqueOrThrow({ where: { id }, select })) };
  },
  subject: ({ custodianId }) => custodianId,
  async write({ tx, now, by, form, entry }) {
    const { deviceId, plannedFor } = form;
    const inputPath = "input.deviceId";
    const { state, custodianId } = await lockDevice(tx, deviceId);
    if (!replaceable.includes(state))
      throw refusal("WRONG_STATE", { inputPath, needs: `a device in the state ${replaceable.join(" or ")}` });
    if (custodianId !== form.custodianId)
      throw refusal("WRONG_STATE", { inputPath, needs: "a device that does not change hands" });
    const others = await tx.renewalPlan.count({ where: { deviceId, state: { in: [...running] } } });
    if (others > 0)
      throw refuseForm([
        { field: "deviceId", code: "DUPLICATE", reason: "The renewal of this device is planned already." },
      ]);
    await tx.renewalPlan.create({
      data: {
        ...{ ...form, ...entry, state: "PLANNED" },
        formNo: await nextFormNumber(tx, "RN", now),
        ...{ plannedFor: new Date(plannedFor), comesAt: startOfDay(plannedFor) },
        ...{ plannedById: by.caller.id, plannedAt: now },
      },
      select: { id: true },
    });
  },
};
