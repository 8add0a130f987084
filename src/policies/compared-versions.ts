import type { Policy } from "../access/policy.js";
import type { Context } from "../context.js";
import { refusal } from "../errors.js";
import { incomplete } from "../reading/form.js";
import { requireReachable } from "../reading/writable-rows.js";
import { readShape } from "./policy-shape.js";
import { changeOf } from "./read-policy.js";
import { TierPolicy } from "./tier-policy.type.js";

/** Two versions of the policy, and what the second changes in words. */
export interface ComparedVersions {
  readonly before: Policy;
  readonly after: Policy;
  readonly changes: readonly string[];
}

/** The last version that was adopted, and the same with changes. Throws FORM_INCOMPLETE as proposing them does. */
export async function changedVersion({ policies }: Context, changes: object): Promise<ComparedVersions> {
  const before = await policies.version("last");
  const { content, inWords, problems } = changeOf(before, changes);
  if (problems) throw incomplete(problems, "");
  return { before, after: { version: before.version + 1, ...content }, changes: inWords };
}

/**
 * A proposal in reach, whatever has become of it, and the version that it changes. Throws NOT_FOUND, and WRONG_STATE where
 * this release cannot read one of them.
 */
export async function proposedVersion(context: Context, id: string): Promise<ComparedVersions> {
  const { db, decisions, policies } = context;
  await requireReachable({ db, decisions: decisions! }, { type: TierPolicy, id, inputPath: "policyId" });
  const {
    basedOn,
    content: stored,
    changes,
  } = await db.tierPolicy.findUniqueOrThrow({
    where: { id },
    select: { basedOn: true, content: true, changes: true },
  });
  const before = await policies.version(basedOn);
  const { content } = readShape(stored);
  if (!content)
    throw refusal("WRONG_STATE", { inputPath: "policyId", needs: "a proposal that this release can read" });
  return { before, after: { version: before.version + 1, ...content }, changes };
}
