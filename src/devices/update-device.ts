import { refusal } from "../errors.js";
import { Employee } from "../people/employee.type.js";
import { readForm } from "../reading/form.js";
import { requireReachable, requireWritable, type WriteContext } from "../reading/writable-rows.js";
import { fieldsWritten } from "../reading/write-inputs.js";
import type { UpdateDeviceInput } from "./device.input.js";
import { Device } from "./device.type.js";
import { type DeviceForm, deviceColumns, deviceRules, whyNotWritten } from "./device-form.js";

/**
 * Changes what the input gives of a device, all of it or nothing. That the caller may write these fields has been
 * decided before; here, that this device is one on which they may. Throws BAD_USER_INPUT, NOT_FOUND for a device or a
 * person out of reach, DUPLICATE for a number that is taken, WRONG_STATE where the device has changed since it was read.
 */
export async function updateDevice(context: WriteContext, input: UpdateDeviceInput): Promise<{ id: string }> {
  const { db, decisions } = context;
  const { id, version, ...form } = input;
  const { department, ...changes } = readForm<DeviceForm>(form, deviceRules, decisions.caller.now);
  const fields = fieldsWritten(input);
  if (fields.length === 0)
    throw refusal("BAD_USER_INPUT", { inputPath: "input", reason: "Nothing is to change." });
  await requireWritable(context, { type: Device, id, fields, use: "CORRECT", inputPath: "input.id" });
  if (changes.custodianId)
    await requireReachable(context, {
      type: Employee,
      id: changes.custodianId,
      inputPath: "input.custodianId",
    });
  const { count } = await db.device
    .updateMany({
      where: { id, version },
      data: {
        ...changes,
        ...deviceColumns(changes),
        ...(department !== undefined && { departmentCode: department }),
        version: { increment: 1 },
      },
    })
    .catch(whyNotWritten);
  if (count === 0)
    throw refusal("WRONG_STATE", {
      inputPath: "input.version",
      reason: "The device has changed since it was read.",
      needs: "the version that it has now",
    });
  return { id };
}
