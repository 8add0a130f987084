import type { Reason } from "../../access/reasons.js";
import { reasons } from "../../access/reasons.js";
import type { DeviceState, Prisma } from "../../database/client.js";
import { lockDevice } from "../lock-device.js";

/** Where a device can be reviewed: it is in the register, whole, and in somebody's hands. */
const reviewed: readonly DeviceState[] = ["REGISTERED", "IN_USE", "IDLE"];

/** What of a device its review depends on. */
interface Reviewable {
  readonly state: string;
  readonly classified: boolean;
  /** Null: the register does not say. */
  readonly passwordSet: boolean | null;
  readonly custodianId: string | null;
  /** Until when whoever has it is trained for a secret post; null: they are not. */
  readonly trainedUntil: Date | null;
}

/** Why a device cannot be reviewed for classified records in these hands; null: it can be (S004-P4-15). */
export function whyNotReviewable(device: Reviewable, custodianId: string, now: Date): Reason | null {
  if (!device.classified || !reviewed.includes(device.state as DeviceState))
    return {
      code: "WRONG_STATE",
      needs: `a device for classified records in the state ${reviewed.join(" or ")}`,
    };
  if (device.custodianId !== custodianId)
    return { code: "WRONG_STATE", needs: "a device that is still in the same hands" };
  if (device.passwordSet === false)
    return { code: "WRONG_STATE", needs: "a device that asks for a password, by its file" };
  return device.trainedUntil && device.trainedUntil > now ? null : reasons.secretPostRequired;
}

/** A device as its review finds it, of which nobody takes a step before the transaction ends. */
export async function lockReviewable(tx: Prisma.TransactionClient, id: string): Promise<Reviewable> {
  const device = await lockDevice(tx, id);
  const { _max } = await tx.trainingRecord.aggregate({
    where: {
      employeeId: device.custodianId ?? "",
      kind: "SECRET_POST",
      state: { in: ["PASSED", "EXPIRED"] },
    },
    _max: { expiresAt: true },
  });
  return { ...device, trainedUntil: _max.expiresAt };
}
