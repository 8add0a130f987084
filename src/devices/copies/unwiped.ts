import type { Prisma } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { onDevice } from "./device-copy.enums.js";

/** Throws OPEN_ITEMS, with their numbers, while copies of customer data on a device are not wiped (S000-4.2c). */
export async function refuseUnwiped(
  tx: Prisma.TransactionClient,
  deviceId: string,
  inputPath = "input.id",
): Promise<void> {
  const kept = await tx.deviceCopy.findMany({
    where: { deviceId, state: { in: [...onDevice] } },
    select: { formNo: true },
    orderBy: { formNo: "asc" },
  });
  if (kept.length > 0)
    throw refusal("OPEN_ITEMS", {
      inputPath,
      needs: `copies on the device that are wiped: ${kept.map(({ formNo }) => formNo).join(", ")}`,
    });
}
