import type { Prisma } from "../database/client.js";
import { endSessionsFromDevice } from "../people/end-sessions.js";
import { revokeCredentials } from "./credentials.js";

/**
 * For the steps by which a device leaves the company's hands (lost, scrapped, written off, sent out for repair): nothing
 * that proved it does so again should it come back, and the sessions that were begun from it end. It has been locked.
 */
export async function endTrust(
  tx: Pick<Prisma.TransactionClient, "$executeRaw" | "deviceCredential" | "deviceEnrolment">,
  deviceId: string,
  now: Date,
): Promise<void> {
  await revokeCredentials(tx, [deviceId], now);
  await endSessionsFromDevice(tx, deviceId, now);
}
