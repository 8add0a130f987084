import type { DeviceState } from "../database/client.js";
import { refusal } from "../errors.js";
import { requireReachable, type WriteContext } from "../reading/writable-rows.js";
import { revokeCredentials } from "./credentials.js";
import { Device } from "./device.type.js";
import { hashCode, newCode } from "./enrolment-code.js";
import { lockDevice } from "./lock-device.js";

/** Minutes that a code is good. */
const codeMinutes = 15;

/** A device that has its number and file, and is not on its way out. */
export const enrolable: readonly DeviceState[] = [
  "REGISTERED",
  "IN_USE",
  "IDLE",
  "FAULTY",
  "IN_REPAIR",
  "RECOVERED",
  "RENEWAL_PLANNED",
];

/**
 * A code by which a device can enrol itself, once, for 15 minutes; one that was open before is good for nothing. What
 * proves the device now goes on to do so until it is enrolled. Throws NOT_FOUND for a device out of reach, SELF_DECISION
 * for one's own, or one that is on its way to the caller, WRONG_STATE for one that has no file yet, is out for
 * repair, or is gone.
 */
export async function openEnrolment(
  context: WriteContext,
  deviceId: string,
): Promise<{ code: string; expiresAt: Date }> {
  const { now, id: openedById } = context.decisions.caller;
  const inputPath = "input.deviceId";
  await requireReachable(context, { type: Device, id: deviceId, inputPath });
  const code = newCode();
  const expiresAt = new Date(now.getTime() + codeMinutes * 60_000);
  await context.db.$transaction(async (tx) => {
    const device = await lockDevice(tx, deviceId);
    const theirs = { deviceId, endedAt: null, userId: openedById };
    if (device.custodianId === openedById || (await tx.allocation.count({ where: theirs })) > 0)
      throw refusal("SELF_DECISION", { inputPath, needs: "another engineer of technology" });
    if ((await tx.fault.count({ where: { deviceId, state: "SENT_OUT" } })) > 0)
      throw refusal("WRONG_STATE", { inputPath, needs: "a device that is back from its repair" });
    if (!enrolable.includes(device.state))
      throw refusal("WRONG_STATE", { inputPath, needs: `a device that is ${enrolable.join(", ")}` });
    await tx.deviceEnrolment.updateMany({
      where: { deviceId, usedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    await tx.deviceEnrolment.create({
      data: { codeHash: hashCode(code), deviceId, openedById, openedAt: now, expiresAt },
    });
  });
  return { code, expiresAt };
}

/** Takes from a device all that proves it. Throws NOT_FOUND for one out of reach, WRONG_STATE where nothing does. */
export async function revokeDeviceCredential(context: WriteContext, deviceId: string): Promise<void> {
  const { now } = context.decisions.caller;
  const inputPath = "input.deviceId";
  await requireReachable(context, { type: Device, id: deviceId, inputPath });
  await context.db.$transaction(async (tx) => {
    await lockDevice(tx, deviceId);
    if ((await revokeCredentials(tx, [deviceId], now)) === 0)
      throw refusal("WRONG_STATE", { inputPath, reason: "Nothing proves the device." });
  });
}
