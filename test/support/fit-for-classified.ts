import type { Database } from "../../src/database/client.js";
import { newId } from "../../src/database/id.js";

const longAgo = new Date("2026-01-01T00:00:00Z");
const farOff = new Date("2099-01-01T00:00:00Z");

/** Lets these people read classified records as far as their clearance goes: on reviewed devices, and trained for it. */
export async function fitForClassified(db: Database, staffNos: readonly string[]): Promise<void> {
  const people = await db.employee.findMany({
    where: { staffNo: { in: [...staffNos] } },
    select: { id: true },
  });
  const custodianId = { in: people.map(({ id }) => id) };
  await db.device.updateMany({
    where: { custodianId, isCustomerListDevice: true },
    data: { classified: true, secretReviewedAt: longAgo },
  });
  await db.trainingRecord.createMany({
    data: people.map(({ id }) => ({
      ...{ id: newId("trn", longAgo), employeeId: id, kind: "SECRET_POST", state: "PASSED", topics: [] },
      ...{ heldAt: longAgo, attendedHours: 2, score: 90, evaluatedAt: longAgo, expiresAt: farOff },
    })),
  });
}
