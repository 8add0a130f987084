import type { Clock } from "../clock.js";
import type { Database, Prisma } from "../database/client.js";
import { newId } from "../database/id.js";
import { readForm } from "../reading/form.js";
import type { RegisterDeviceInput } from "./device.input.js";
import { deviceRules, whyNotWritten } from "./device-form.js";

interface Components {
  readonly db: Database;
  readonly clock: Clock;
}

/**
 * Stores a new device in the state REGISTERED, with nobody yet, and tells its id. Whether the caller may register
 * devices has been decided before. Throws BAD_USER_INPUT, or DUPLICATE for a number that is taken.
 */
export async function registerDevice({ db, clock }: Components, input: RegisterDeviceInput): Promise<{ id: string }> {
  const now = clock.now();
  const id = newId("dev", now);
  const { purchasedAt, ...given } = readForm(withoutNulls(input), deviceRules, now);
  const data: Prisma.DeviceUncheckedCreateInput = {
    ...given,
    ...(purchasedAt && { purchasedAt: new Date(purchasedAt) }),
    id,
    state: "REGISTERED",
  };
  try {
    await db.device.create({ data, select: { id: true } });
  } catch (error) {
    throw whyNotWritten(error);
  }
  return { id };
}
