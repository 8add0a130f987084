import type { Prisma } from "../database/client.js";

/**
 * Ends the sessions that were begun from a device, whoever they are of, and tells how many there were: none is refreshed
 * any more, and an access token that is out opens nothing from the next request on.
 */
export const endSessionsFromDevice = (
  tx: Pick<Prisma.TransactionClient, "$executeRaw">,
  deviceId: string,
  now: Date,
): Promise<number> =>
  // Their first tokens: whichever are being added at this moment end with them.
  tx.$executeRaw`
    UPDATE "RefreshToken" SET "expiresAt" = ${now}
    WHERE "deviceId" = ${deviceId} AND "tokenHash" = "familyId" AND "expiresAt" > ${now}`;
