import type { RepairVerdict, Fault as Row } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { clearable, type FormRules, filled, type Reader, readWholeForm } from "../../reading/form.js";
import { amount, line, lineList, lines } from "../../reading/form-readers.js";
import { endOf } from "../../workflow/calendar.js";
import type { Stored } from "../../workflow/facts.js";
import type { Step, Work } from "../../workflow/step.js";
import { endTrust } from "../end-trust.js";
import { lockDevice } from "../lock-device.js";
import { moveDevice } from "../move-device.js";
import { endReview, noLongerAsReviewed } from "../secret-review/end-review.js";
import type {
  DeclareUnrepairableInput,
  DiagnoseFaultInput,
  FinishRepairInput,
  SendOutForRepairInput,
} from "./fault.input.js";
import { overall } from "./fault-terms.js";
import { refuseSecond } from "./report-fault.js";

/** What is wrong with it. */
export async function diagnose({ now, input }: Step<Row, DiagnoseFaultInput>) {
  return { set: readWholeForm<{ diagnosis: string }>(input, { diagnosis: filled(lines(2_000)) }, now) };
}

/** The device is with the repairer. */
export const startRepair = async ({ facts }: Step<Row, unknown>) => ({
  brings: (work: Work) => moveDevice(work, "goToRepair", facts.row.deviceId),
});

/**
 * Sends it out: what holds customer data leaves only wiped or sealed, and nobody knows what becomes of it there, so that
 * what proves it does so no more, sessions from it end, and what was reviewed for classified records is void
 * (S001-P1-3.1.3, S004-P4-15).
 */
export async function sendOut({ facts, input, ...work }: Step<Row, SendOutForRepairInput>) {
  const { tx, now } = work;
  const { deviceId } = facts.row;
  const { isCustomerListDevice } = await lockDevice(tx, deviceId);
  const dataProtected = input.dataProtected === true;
  const given = readWholeForm<{ centre: string }>(input, { centre: filled(line(200)) }, now, () =>
    isCustomerListDevice && !dataProtected ? [{ field: "dataProtected", reason: "It has to be so." }] : [],
  );
  await tx.device.update({
    where: { id: deviceId },
    data: { version: { increment: 1 } },
    select: { id: true },
  });
  await endTrust(tx, deviceId, now);
  await endReview(work, deviceId);
  return { set: { ...given, dataProtected, sentAt: now, backAt: null } };
}

export const takeBack = async ({ now }: Step<Row, unknown>) => ({ set: { backAt: now } });

interface Repaired {
  readonly verdict: RepairVerdict;
  readonly cost: string;
  readonly components: string[];
  readonly deviceComponents: string[] | null;
  readonly sealNo: string | null;
}

const oneOf =
  (...verdicts: readonly RepairVerdict[]): Reader<RepairVerdict> =>
  (value) =>
    verdicts.includes(value) ? { value } : { reason: `It is none of ${verdicts.join(", ")}.` };

const repairRules: FormRules<Repaired> = {
  verdict: filled(oneOf("REPAIRED", "NOTHING_FOUND")),
  cost: filled(amount),
  components: filled(lineList(200, 500)),
  deviceComponents: clearable(lineList(200, 500)),
  sealNo: clearable(line(64)),
};

/**
 * Hands it back, with its file brought up to date (S000-4.4b): its user tries whether it works. One that got other parts
 * or another seal is no longer what was reviewed.
 */
export async function finishRepair({ now, facts, input }: Step<Row, FinishRepairInput>) {
  const { verdict, components } = input;
  const given = { ...input, verdict: verdict ?? "REPAIRED", components: components ?? [] };
  const { deviceComponents, sealNo, ...repaired } = readWholeForm<Repaired>(given, repairRules, now);
  const { deviceId } = facts.row;
  const file = { ...(deviceComponents && { components: deviceComponents }), ...(sealNo && { sealNo }) };
  return {
    set: repaired as Partial<Row> & object,
    async brings(work: Work): Promise<void> {
      const { tx } = work;
      await lockDevice(tx, deviceId);
      const [altered] = await noLongerAsReviewed(tx, [{ id: deviceId, values: file }]);
      if (Object.keys(file).length > 0)
        await tx.device.update({
          where: { id: deviceId },
          data: { ...file, version: { increment: 1 } },
          select: { id: true },
        });
      if (altered || repaired.components.length > 0) await endReview(work, deviceId);
    },
  };
}

const verdictRules: FormRules<{ verdict: RepairVerdict; cost: string | null }> = {
  verdict: filled(oneOf("NO_PARTS", "NOT_WORTH_IT", "DESTROYED")),
  cost: clearable(amount),
};

/** It cannot be repaired: what is left is to scrap it. */
export async function giveUp(step: Step<Row, DeclareUnrepairableInput>) {
  const set = readWholeForm(step.input, verdictRules, step.now) as Partial<Row> & object;
  return { set: { ...set, ...outOfOrder(step) }, brings: afterOutage(step, "giveUp") };
}

/** It works: its time out of order is over. */
export const confirmRepair = async (step: Step<Row, unknown>) => ({
  set: { confirmedAt: step.now, ...outOfOrder(step) },
  brings: afterOutage(step, "restore"),
});

/** It was no fault: the device is what it was, and it was never out of order. */
export const withdraw = async ({ facts }: Step<Row, unknown>) => ({
  brings: (work: Work) => moveDevice(work, "restore", facts.row.deviceId),
});

/** The device is gone, or not where it was: what it was out of order until then counts. */
export const close = async (step: Step<Row, unknown>) => ({
  set: outOfOrder(step),
  brings: afterOutage(step),
});

/** It does not work after all: the device is out of order again, and the repairers have their time again. */
export async function reopen({ tx, now, calendar, facts }: Step<Row, unknown>) {
  const { deviceId, custodianId } = facts.row;
  const device = await lockDevice(tx, deviceId);
  if (device.custodianId !== custodianId)
    throw refusal("WRONG_STATE", {
      inputPath: "input.id",
      needs: "a device that has not changed hands: report a new fault",
    });
  await refuseSecond(tx, deviceId, "id");
  return {
    set: { reopenedAt: now, confirmBy: endOf(overall, now, calendar), confirmedAt: null, verdict: null },
    brings: (work: Work) => moveDevice(work, "breakDown", deviceId),
  };
}

const minute = 60_000;

/** Whole minutes since the device was reported, or reported again. */
const minutesOut = ({ reopenedAt, reportedAt }: Stored<Row>, now: Date): number =>
  Math.floor((now.getTime() - new Date(reopenedAt ?? reportedAt).getTime()) / minute);

const outOfOrder = ({ facts: { row }, now }: Pick<Step<Row, unknown>, "facts" | "now">) => ({
  downtimeMinutes: row.downtimeMinutes + minutesOut(row, now),
});

/** Counts the time for the device, and takes it along. */
const afterOutage =
  ({ facts: { row }, now }: Pick<Step<Row, unknown>, "facts" | "now">, action?: "restore" | "giveUp") =>
  async (work: Work): Promise<void> => {
    if (action) await moveDevice(work, action, row.deviceId);
    await work.tx.device.update({
      where: { id: row.deviceId },
      data: { downtimeMinutes: { increment: minutesOut(row, now) }, version: { increment: 1 } },
      select: { id: true },
    });
  };
