import { refuse } from "../../access/guard.js";
import type { Reason } from "../../access/reasons.js";
import type { DeviceState, RenewalPlan as Row } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { filled, incomplete, readWholeForm } from "../../reading/form.js";
import { anyValue } from "../../reading/form-readers.js";
import { requireReachable } from "../../reading/writable-rows.js";
import type { Actor, Facts } from "../../workflow/facts.js";
import type { Step, Work } from "../../workflow/step.js";
import { letFollow } from "../../workflow/take-step.js";
import { setAside } from "../allocations/idle.js";
import { Device } from "../device.type.js";
import { deviceWorkflow } from "../device.workflow.js";
import { lockDevice } from "../lock-device.js";
import type { ReplaceDeviceInput } from "./renewal.input.js";

/** Takes the device out of use; one that is being repaired follows once it works. */
export const takeOut = async ({ facts }: Step<Row, unknown>) => ({
  brings: (work: Work) => letFollow(work, deviceWorkflow, "planRenewal", facts.row.deviceId),
});

/** Whoever has the device now hears of its renewal. */
export async function changeHands({ tx, facts }: Step<Row, unknown>) {
  const { custodianId } = await tx.device.findUniqueOrThrow({
    where: { id: facts.row.deviceId },
    select: { custodianId: true },
  });
  return { set: { custodianId } };
}

const leaving: readonly string[] = ["SCRAP_REQUESTED", "SCRAP_APPROVED"];

const scrapFirst: Reason = {
  code: "WRONG_STATE",
  needs: "a device that is not proposed for scrapping",
  request: "withdrawScrap",
};

/**
 * What is proposed for scrapping would come back to be renewed without a plan; and nobody decides on what they have
 * themselves, since whenever.
 */
export function notToDecide({ more }: Facts<Row>, actor: Actor): Reason | null {
  if (more.custodianId === actor.id)
    return { code: "SELF_DECISION", needs: "somebody else than who has the device" };
  return leaving.includes(String(more.deviceState)) ? scrapFirst : null;
}

const beingRepaired: readonly DeviceState[] = ["FAULTY", "IN_REPAIR"];

/** The device stays: it lies idle, if its day had come, after its repair where it is being repaired. */
export async function keep({ tx, facts }: Step<Row, unknown>) {
  const { deviceId } = facts.row;
  const { state } = await lockDevice(tx, deviceId);
  if (leaving.includes(state)) throw refuse(scrapFirst, "input.id");
  return {
    async brings(work: Work): Promise<void> {
      const isBack = await letFollow(work, deviceWorkflow, "dropRenewal", deviceId);
      if (!isBack && facts.state === "DUE" && beingRepaired.includes(state)) await setAside(work, deviceId);
    },
  };
}

const ready: readonly DeviceState[] = ["REGISTERED", "IN_USE", "IDLE", "RECOVERED"];

/** Another device takes its place. */
export async function replace(step: Step<Row, ReplaceDeviceInput>) {
  const { tx, now, by, facts, input } = step;
  const inputPath = "input.successorId";
  const { successorId } = readWholeForm<{ successorId: string }>(
    { successorId: input.successorId },
    { successorId: filled(anyValue) },
    now,
  );
  const { deviceId } = facts.row;
  if (successorId === deviceId) throw incomplete([{ field: "successorId", reason: "It is this one." }]);
  await requireReachable({ db: tx, decisions: by!.decisions }, { type: Device, id: successorId, inputPath });
  // Two plans may name each other's devices: both are locked in one order.
  await tx.$queryRaw`
    SELECT 1 FROM "Device" WHERE "id" IN (${deviceId}, ${successorId}) ORDER BY "id" FOR UPDATE`;
  const { state } = await tx.device.findUniqueOrThrow({
    where: { id: successorId },
    select: { state: true },
  });
  if (!ready.includes(state))
    throw refusal("WRONG_STATE", { inputPath, needs: `a device in the state ${ready.join(" or ")}` });
  return { ...(await keep(step)), set: { successorId, executedAt: now } };
}

export const letGo = async ({ now }: Step<Row, unknown>) => ({ set: { executedAt: now } });
