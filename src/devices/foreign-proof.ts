import type { Prisma } from "../database/client.js";
import { type Correction, corrected } from "./correction.js";
import { revokeCredentials } from "./credentials.js";

/**
 * For devices that come into other hands by these corrections, before they are written: what proved one was for whoever
 * had it, and nobody has enrolled what they get themselves. Neither proves it any more. The devices have been locked.
 */
export async function endForeignProof(
  tx: Pick<Prisma.TransactionClient, "$queryRaw" | "deviceCredential" | "deviceEnrolment">,
  corrections: readonly Correction[],
  now: Date,
): Promise<void> {
  const foreign = await tx.$queryRaw<{ id: string }[]>`
    SELECT was."id" FROM ${corrected(corrections)}
    WHERE was."custodianId" IS DISTINCT FROM given."custodianId" AND (
      was."custodianId" IS NOT NULL OR EXISTS (
        SELECT 1 FROM "DeviceEnrolment" e
        WHERE e."deviceId" = was."id" AND e."openedById" = given."custodianId" AND e."revokedAt" IS NULL
          -- Still open, or the last one that was used: by it came what proves the device now.
          AND (e."usedAt" IS NULL OR NOT EXISTS (
            SELECT 1 FROM "DeviceEnrolment" later
            WHERE later."deviceId" = e."deviceId" AND later."usedAt" > e."usedAt"))))`;
  await revokeCredentials(
    tx,
    foreign.map(({ id }) => id),
    now,
  );
}
