import type { DepartmentCode, Prisma } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { type FormRules, filled, readWholeForm, refuseForm } from "../../reading/form.js";
import { anyValue, lines, pastInstant } from "../../reading/form-readers.js";
import { requireReachable } from "../../reading/writable-rows.js";
import { isReportedLate } from "../../workflow/at-once.js";
import { endOf } from "../../workflow/calendar.js";
import { nextFormNumber } from "../../workflow/form-number.js";
import type { Opener } from "../../workflow/step.js";
import { Device } from "../device.type.js";
import { lockDevice } from "../lock-device.js";
import { moveDevice } from "../move-device.js";
import { over } from "./fault.enums.js";
import type { ReportFaultInput } from "./fault.input.js";
import { overall } from "./fault-terms.js";

/** What is reported. */
interface Reported {
  readonly deviceId: string;
  readonly symptom: string;
  readonly discoveredAt: string;
}

/** With whose device it is. */
interface FaultForm extends Reported {
  readonly custodianId: string | null;
  readonly departmentCode: DepartmentCode | null;
}

const rules: FormRules<Reported> = {
  deviceId: filled(anyValue),
  symptom: filled(lines(2_000)),
  discoveredAt: filled(pastInstant),
};

/** Reports a fault: the device is out of order at once, and nothing is read on it from the next request on. */
export const reportFault: Opener<ReportFaultInput, FaultForm> = {
  async read(input, { caller: { now }, decisions }, db) {
    const reported = readWholeForm<Reported>(
      { ...input, discoveredAt: input.discoveredAt ?? now.toISOString() },
      rules,
      now,
    );
    const { deviceId: id } = reported;
    await requireReachable({ db, decisions }, { type: Device, id, inputPath: "input.deviceId" });
    const select = { custodianId: true, departmentCode: true } as const;
    return { ...reported, ...(await db.device.findUniqueOrThrow({ where: { id }, select })) };
  },
  subject: ({ custodianId }) => custodianId,
  async write(opening) {
    const { tx, now, calendar, by, form, entry } = opening;
    const { deviceId } = form;
    const device = await lockDevice(tx, deviceId);
    if (device.custodianId !== form.custodianId)
      throw refusal("WRONG_STATE", {
        inputPath: "input.deviceId",
        needs: "a device that does not change hands",
      });
    await refuseSecond(tx, deviceId, "deviceId");
    await tx.fault.create({
      data: {
        ...{ ...form, ...entry, state: "REPORTED" },
        formNo: await nextFormNumber(tx, "F", now),
        reportedById: by.caller.id,
        reportedAt: now,
        reportedLate: isReportedLate(new Date(form.discoveredAt), now),
        confirmBy: endOf(overall, now, calendar),
      },
      select: { id: true },
    });
    await moveDevice(opening, "breakDown", deviceId, "input.deviceId");
  },
};

/** A device has one open fault at a time. */
export async function refuseSecond(
  tx: Prisma.TransactionClient,
  deviceId: string,
  field: string,
): Promise<void> {
  const open = await tx.fault.count({ where: { deviceId, state: { notIn: [...over] } } });
  if (open > 0)
    throw refuseForm([{ field, code: "DUPLICATE", reason: "A fault of this device is open already." }]);
}
