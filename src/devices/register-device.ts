import { newId } from "../database/id.js";
import { readForm } from "../reading/form.js";
import type { WriteContext } from "../reading/writable-rows.js";
import type { RegisterDeviceInput } from "./device.input.js";
import { deviceColumns, deviceRules, whyNotWritten } from "./device-form.js";

/**
 * Stores a new device in the state REGISTERED, with nobody yet, and tells its id. That the caller may write these
 * fields has been decided before. Throws BAD_USER_INPUT, or DUPLICATE for a number that is taken.
 */
export async function registerDevice(
  { db, decisions }: WriteContext,
  input: RegisterDeviceInput,
): Promise<{ id: string }> {
  const { now } = decisions.caller;
  const given = readForm<RegisterDeviceInput>({ ...input }, deviceRules, now);
  const id = newId("dev", now);
  await db.device
    .create({ data: { ...given, ...deviceColumns(given), id, state: "REGISTERED" }, select: { id: true } })
    .catch(whyNotWritten);
  return { id };
}
