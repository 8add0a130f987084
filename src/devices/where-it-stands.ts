import { recordOf } from "../access/classified.js";
import type { Device as Row } from "../database/client.js";
import type { Problem } from "../reading/form.js";
import type { Correction } from "./correction.js";
import { Device } from "./device.type.js";
import { gone } from "./gone.js";

/**
 * What of a correction does not fit where the device stands. `changes`: the fields that it changes.
 *
 * Of what is lost or gone only finance still enters what it cost and brought; who had it stays. A device gets its number by
 * being registered, after it was set up and tested (S000-4.1b), and is idle by a report.
 */
export function notWhereItStands(
  { state, deviceNo, idleSince }: Pick<Row, "state" | "deviceNo" | "idleSince">,
  { values }: Pick<Correction, "values">,
  changes: readonly string[],
): Problem[] {
  const { fields } = recordOf(Device);
  const isIdle = state === "IDLE" || idleSince !== null;
  return changes.flatMap((field): Problem[] => {
    const wrong = (reason: string): Problem[] => [{ field, code: "WRONG_STATE", reason }];
    if (gone.includes(state) && fields.get(field)!.fieldClass !== "DEVICE_FINANCE")
      return wrong("The device is lost or gone: only what finance enters of it is corrected.");
    if (field === "deviceNo" && deviceNo === null)
      return wrong("The device gets its number when it is registered.");
    if (field === "idleSince" && (!isIdle || values.idleSince === null))
      return wrong("A device is idle by a report, until it is used again.");
    return [];
  });
}
