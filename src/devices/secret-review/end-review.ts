import type { Prisma } from "../../database/client.js";
import { constant, join } from "../../reading/sql.js";
import type { Work } from "../../workflow/step.js";
import { letFollow } from "../../workflow/take-step.js";
import { allWorkflows } from "../../workflow/workflow.js";
import { type Correction, corrected } from "../correction.js";
import { standing } from "./secret-review.enums.js";
import { SecretReview } from "./secret-review.type.js";

// What was reviewed is one device in certain hands and in a certain condition: with any of them its review ends.

const states = join(standing.map(constant));

/**
 * Ends what was reviewed of a device that is locked: it shows nothing classified from the next request on. Waits for
 * whoever has a review of it in hand.
 */
export async function endReview(work: Work, deviceId: string): Promise<void> {
  await work.tx.device.updateMany({
    where: { id: deviceId, secretReviewedAt: { not: null } },
    data: { secretReviewedAt: null },
  });
  const reviews = await work.tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "SecretReview" WHERE "deviceId" = ${deviceId} AND "state" IN (${states})
    ORDER BY "id" FOR UPDATE`;
  const workflow = allWorkflows().find(({ type }) => type === SecretReview)!;
  for (const { id } of reviews) await letFollow(work, workflow, "lapse", id);
}

/** Those of these devices, by id, that are no longer what was reviewed once these corrections are laid over them. */
export async function noLongerAsReviewed(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  corrections: readonly Correction[],
): Promise<readonly string[]> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT was."id" FROM ${corrected(corrections)}
    WHERE (was."secretReviewedAt" IS NOT NULL OR EXISTS (
        SELECT 1 FROM "SecretReview" r WHERE r."deviceId" = was."id" AND r."state" IN (${states})))
      AND ((was."custodianId", coalesce(was."components", '{}'), was."configBaseline", was."sealNo")
          IS DISTINCT FROM (
            given."custodianId", coalesce(given."components", '{}'), given."configBaseline", given."sealNo")
        OR was."classified" AND NOT given."classified"
        OR was."passwordSet" IS DISTINCT FROM given."passwordSet" AND given."passwordSet" IS NOT TRUE)
    ORDER BY was."id"`;
  return found.map(({ id }) => id);
}
