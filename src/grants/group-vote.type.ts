import { ID } from "type-graphql";
import { classifiedFor, Record, recordOf } from "../access/classified.js";
import type { GroupVote as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { TierPolicy } from "../policies/tier-policy.type.js";
import { listOf, one } from "../reading/edges.js";
import { Instant } from "../reading/scalars.js";
import { Appeal } from "./appeal.type.js";
import { GrantApplication } from "./grant-application.type.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();

@Record({
  description:
    "One vote of the information management group on an application, an appeal or the tier policy (S002-2.1).",
  governedBy: "grant",
  defaultOrder: "votedAt",
  partOf: [
    { record: () => recordOf(GrantApplication), key: "applicationId" satisfies keyof Row },
    { record: () => recordOf(Appeal), key: "appealId" satisfies keyof Row },
    { record: () => recordOf(TierPolicy), key: "policyId" satisfies keyof Row },
  ],
})
export class GroupVote {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @One("META", () => Employee, "memberId", { description: "Who voted." })
  member?: Employee | null;

  @Classified("GRANT", () => Boolean, { description: "Whether in favour." })
  inFavour?: boolean;

  @Classified("GRANT", () => String, { description: "Why: as the reviewer's notes." })
  note?: string | null;

  @Classified("META", () => Instant, { description: "When." })
  votedAt?: string;
}

listOf<Row>()(GrantApplication, "votes", GroupVote, {
  key: "applicationId",
  description: "How the information management group has voted.",
});
listOf<Row>()(Appeal, "votes", GroupVote, {
  key: "appealId",
  description: "How the information management group has voted.",
});
listOf<Row>()(TierPolicy, "votes", GroupVote, {
  key: "policyId",
  description: "How the information management group has voted.",
});
