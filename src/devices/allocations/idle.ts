import type { Allocation as Row } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { clearable, incomplete, readWholeForm } from "../../reading/form.js";
import { pastInstant } from "../../reading/form-readers.js";
import type { Step, Work } from "../../workflow/step.js";
import { letFollow } from "../../workflow/take-step.js";
import { deviceWorkflow } from "../device.workflow.js";
import type { UpdateIdleDeviceFileInput } from "./allocation.input.js";

// A device that is not used. It lets nothing through from the report on, not only when its file says so (S001-P1-3.1.2.2).

/** How long a device is not seen until it counts as unused (rulebook 2.4 F). */
const unusedDays = 30;
export const unusedAfter = (seen: Date): Date => new Date(seen.getTime() + unusedDays * 86_400_000);

/** Reports that the device is not used. */
export async function reportIdle({ facts, ...work }: Step<Row, unknown>) {
  if (!(await letFollow(work, deviceWorkflow, "fallIdle", facts.row.deviceId!)))
    throw refusal("WRONG_STATE", { inputPath: "input.id", needs: "a device that is in use" });
  return {};
}

/** Looks whether the device has been seen; what is out of its user's hands for a repair is not unused. */
export async function lookAtUse({ facts, ...work }: Step<Row, unknown>) {
  const { tx, now } = work;
  const id = facts.row.deviceId!;
  const { state, lastSeenAt } = await tx.device.findUniqueOrThrow({
    where: { id },
    select: { state: true, lastSeenAt: true },
  });
  const seen = state === "IN_USE" ? lastSeenAt : now;
  if (seen && unusedAfter(seen) > now) return { to: "ACCEPTED", set: { unusedAt: unusedAfter(seen) } };
  return { to: "IDLE_REPORTED", brings: () => letFollow(work, deviceWorkflow, "fallIdle", id) };
}

/** Takes the device out of use; one that is being repaired is idle afterwards. */
export async function setAside(work: Work, deviceId: string): Promise<void> {
  if (await letFollow(work, deviceWorkflow, "fallIdle", deviceId)) return;
  await work.tx.device.updateMany({
    where: { id: deviceId, idleSince: null },
    data: { idleSince: work.now },
  });
}

/** Enters in the device's file that it is idle, and since when (rulebook 6-06). */
export async function updateFile({ tx, now, facts, input }: Step<Row, UpdateIdleDeviceFileInput>) {
  const { idleSince } = readWholeForm<{ idleSince: string | null }>(
    input,
    { idleSince: clearable(pastInstant) },
    now,
  );
  const { deviceId, acceptedAt } = facts.row;
  if (idleSince && new Date(idleSince) < new Date(acceptedAt!))
    throw incomplete([{ field: "idleSince", reason: "Its user had not accepted it yet." }]);
  await tx.device.update({
    where: { id: deviceId! },
    data: { ...(idleSince && { idleSince }), version: { increment: 1 } },
    select: { id: true },
  });
  return {};
}
