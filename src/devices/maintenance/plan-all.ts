import type { Database } from "../../database/client.js";
import { constant, join } from "../../reading/sql.js";
import { companyCalendar } from "../../workflow/company-calendar.js";
import { type Hearer, nobody, transact } from "../../workflow/transact.js";
import { maintained, planMaintenance } from "./maintenance.workflow.js";

/** Devices looked at in one go; the rest at the next look. */
const most = 500;

/**
 * Schedules the maintenance of devices that lack some: what an import has brought, or an earlier release. Of several
 * servers that do so at once one does: each looks again once it has the device to itself. How many devices there were.
 */
export async function planAllMaintenance(db: Database, now: Date, hearer: Hearer = nobody): Promise<number> {
  const devices = await db.$queryRaw<{ id: string }[]>`
    SELECT d."id" FROM "Device" d
    WHERE d."state" IN (${join(maintained.map(constant))})
      AND (SELECT count(DISTINCT t."kind") FROM "MaintenanceTask" t
        WHERE t."deviceId" = d."id" AND t."state" = 'SCHEDULED') < cardinality(enum_range(NULL::"MaintenanceKind"))
    ORDER BY d."id" LIMIT ${most}`;
  if (devices.length === 0) return 0;
  const calendar = await companyCalendar(db, now);
  for (const { id } of devices)
    await transact(db, hearer, (tx) => planMaintenance({ tx, now, calendar, by: null }, id));
  return devices.length;
}
