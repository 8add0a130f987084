import { StartError } from "../errors.js";
import { adoptedVersions, contentOf, inForce, type PolicyComponents } from "./policies.js";

/** Throws StartError for a version that is in force or will be, and that this release cannot read. */
export async function requireReadableVersions({ db, clock }: PolicyComponents): Promise<void> {
  const now = clock.now();
  const versions = await adoptedVersions(db);
  const toCome = versions.map(({ effectiveFrom }) => effectiveFrom).filter((date) => date > now);
  const counting = new Set([now, ...toCome].map((instant) => inForce(versions, instant)));
  for (const adopted of counting)
    if (adopted && !(await contentOf(db, adopted)))
      throw new StartError(
        `Version ${adopted.version} of the tier policy, in force from ${adopted.effectiveFrom.toISOString()}, ` +
          "is not in the shape that this release reads: start the release under which it was adopted, " +
          "and adopt one there that both can read.",
      );
}
