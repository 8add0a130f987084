import { before, type FormDriver, type FormPlay, formPlay, letClock } from "../form-driver.js";
import { customer, person } from "../form-steps.js";
import { deviceInUse } from "./faults.js";

const note = "Because.";
const wiping = { method: "OVERWRITE", proof: "Protocol 1" };

/** A copy of C1 on sam's device, of which sam has one more; the copy and the device. */
export async function copyOnDevice(
  { server, now }: Pick<FormPlay, "server" | "now">,
  { hours = 48, begun = now }: { hours?: number; begun?: Date } = {},
): Promise<{ id: string; deviceId: string; copyRequestId: string }> {
  const { db } = server.database;
  const requests = formPlay(server, "CopyRequest", begun);
  const deviceId = await deviceInUse({ server, now: begun });
  const { deviceNo } = await db.device.findUniqueOrThrow({ where: { id: deviceId } });
  const copyRequestId = await requests.must("sam", "request", {
    ...{ customerId: customer(1), fields: ["Customer.name"], recipient: "沈珊", purpose: "ORDER_HANDLING" },
    ...{ carrierId: person("spec"), medium: "ELECTRONIC", reason: "To pack", forOutside: false },
  });
  await requests.must("gina", "approve", { id: copyRequestId });
  await requests.must("spec", "handOver", {
    ...{ id: copyRequestId, measures: "Encrypted", receipt: "Signed", deviceNo },
    keptUntil: new Date(begun.getTime() + hours * 3_600_000).toISOString(),
  });
  const { id } = await db.deviceCopy.findFirstOrThrow({ where: { copyRequestId } });
  return { id, deviceId, copyRequestId };
}

/** It comes to sam's device with a copy; the clock recalls it, tim wipes it. */
export const deviceCopy: FormDriver = {
  async stand(play, state) {
    const { server, now, must } = play;
    const begun = state === "RECALLED" ? before(now, 49) : now;
    const { id, deviceId } = await copyOnDevice(play, { begun });
    const device = formPlay(server, "Device", now);
    if (state === "RECALLED") await letClock(play, id);
    if (state === "WIPED") await must("tim", "wipe", { id, ...wiping });
    if (state === "LOST_WITH_DEVICE" || state === "GONE")
      await device.must("sam", "lose", { id: deviceId, note });
    if (state === "GONE") await device.must("fin", "writeOff", { id: deviceId, note });
    return id;
  },
  inputs: { wipe: (_play, _id, dice) => ({ ...wiping, method: dice.pick(["OVERWRITE", "CRYPTO_ERASE"]) }) },
};
