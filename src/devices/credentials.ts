import type { Prisma } from "../database/client.js";

type Queries = Pick<Prisma.TransactionClient, "deviceCredential" | "deviceEnrolment">;

/**
 * Nothing proves these devices any more, nor can a code that is out make something do so; tells how much there was. From
 * the next request on; they have been locked.
 */
export async function revokeCredentials(
  tx: Queries,
  deviceIds: readonly string[],
  now: Date,
): Promise<number> {
  if (deviceIds.length === 0) return 0;
  const theirs = { deviceId: { in: [...deviceIds] }, revokedAt: null };
  const data = { revokedAt: now };
  const credentials = await tx.deviceCredential.updateMany({ where: theirs, data });
  const enrolments = await tx.deviceEnrolment.updateMany({
    where: { ...theirs, usedAt: null, expiresAt: { gt: now } },
    data,
  });
  return credentials.count + enrolments.count;
}
