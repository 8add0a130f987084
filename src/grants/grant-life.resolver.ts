import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { Guard, reads } from "../access/guard.js";
import { recordQueries } from "../reading/record-queries.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { EmergencyAccess } from "./emergency-access.type.js";
import "./emergency-access.workflow.js";
import { Grant } from "./grant.type.js";
import { GrantApplicationDraft } from "./grant-application-draft.type.js";
import { prefillRenewal } from "./prefill-renewal.js";
import { Recertification } from "./recertification.type.js";
import "./recertification.workflow.js";

export const RecertificationResolver = recordQueries(Recertification, {
  one: "recertification",
  many: "recertifications",
  what: "questions whether grants are still needed",
});

export const EmergencyAccessResolver = recordQueries(EmergencyAccess, {
  one: "emergencyAccess",
  many: "emergencyAccesses",
  what: "times that access was opened in an emergency",
});

@Resolver()
export class RenewalResolver {
  @Guard(reads(Grant))
  @Query(() => GrantApplicationDraft, {
    nullable: true,
    description:
      "What an application for the renewal of a grant in your reach would say; nothing is written (rulebook 2.4 A2).",
  })
  prefillRenewal(
    @Arg("grantId", () => ID, { description: "The grant that is to be renewed." }) grantId: string,
    @Ctx() context: WriteContext,
  ): Promise<GrantApplicationDraft> {
    return prefillRenewal(context, grantId);
  }
}
