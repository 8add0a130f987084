import { Arg, Ctx, Extensions, ID, Query, Resolver } from "type-graphql";
import { Guard } from "../access/guard.js";
import { oversees } from "../access/oversees.js";
import type { Context } from "../context.js";
import { refusal } from "../errors.js";
import { recordQueries } from "../reading/record-queries.js";
import { Json } from "../reading/scalars.js";
import { changedVersion, proposedVersion } from "./compared-versions.js";
import { PolicyPreview } from "./policy-preview.type.js";
import { previewOf } from "./preview-policy.js";
import { TierPolicy } from "./tier-policy.type.js";
import "./tier-policy.workflow.js";

export const TierPolicyQueries = recordQueries(TierPolicy, {
  one: "tierPolicy",
  many: "tierPolicies",
  what: "versions of the tier policy that have been proposed",
});

@Resolver()
export class PolicyResolver {
  @Guard(oversees)
  @Extensions({ heavy: true })
  @Query(() => PolicyPreview, {
    nullable: true,
    description:
      "Who would gain or lose what under another version of the tier policy, in words and numbers: one that has been " +
      "proposed, or changes that could be. From the people, grants and declarations there are now, each person from the own " +
      "device. Throws FORM_INCOMPLETE as proposeTierPolicy does.",
  })
  async previewPolicy(
    @Arg("policyId", () => ID, { nullable: true, description: "One that has been proposed." })
    policyId: string | null,
    @Arg("changes", () => Json, {
      nullable: true,
      description: "Changes to the last version that was adopted, as proposeTierPolicy takes them.",
    })
    changes: object | null,
    @Ctx() context: Context,
  ): Promise<PolicyPreview> {
    if (!policyId === !changes)
      throw refusal("BAD_USER_INPUT", {
        inputPath: "changes",
        reason: "Either a proposal or changes are needed.",
      });
    const compared = changes
      ? await changedVersion(context, changes)
      : await proposedVersion(context, policyId!);
    return context.previews(() => previewOf(context.db, compared, context.caller!.now));
  }
}
