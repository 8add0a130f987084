import type { TierPolicy as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import { groupVotesToSql, recording, voting } from "../workflow/group-vote.js";
import { nowhere, subject, subjectAs, workflow } from "../workflow/workflow.js";
import { ProposeTierPolicyInput, VoteOnTierPolicyInput } from "./tier-policy.input.js";
import { TierPolicy } from "./tier-policy.type.js";
import { proposeTierPolicy, recordDecision } from "./tier-policy-steps.js";

export const tierPolicyWorkflow = workflow<Row>()({
  type: TierPolicy,
  machine: "A5",
  title: "Version of the tier policy",
  clause: "S002-2.1, S000-7.1",
  model: "tierPolicy",
  subject: "proposedById",
  seats: { recorder: { by: "decidedById", at: "decidedAt" } },
  states: {
    PROPOSED: { due: { workingDays: 10 }, waitsFor: ["vote", "decide"] },
    ADOPTED: { end: "A later version changes it." },
    REJECTED: { end: "Another one can be proposed." },
    WITHDRAWN: { end: "Another one can be proposed." },
  },
  more: (row) => sql`json_build_object('votes', ${groupVotesToSql(row, "policyId", ["proposedById"])})`,
  actions: {
    propose: {
      from: [nowhere],
      to: "PROPOSED",
      who: [subjectAs("DEPT_HEAD", "ADMIN_HEAD")],
      meaning:
        "Proposes another version of the tier policy to the information management group, one at a time (S002-2.1).",
      input: () => ProposeTierPolicyInput,
      open: proposeTierPolicy,
      tells: { to: ["DEPT_HEAD", "ADMIN_HEAD"], says: "A version of the tier policy is with the group." },
    },
    vote: {
      ...voting("policyId"),
      from: ["PROPOSED"],
      meaning: "Votes as a member of the information management group (S002-2.1).",
      mutation: "voteOnTierPolicy",
      input: () => VoteOnTierPolicyInput,
    },
    decide: {
      ...recording,
      from: ["PROPOSED"],
      to: ["ADOPTED", "REJECTED"],
      seat: "recorder",
      meaning:
        "Records what the group has decided: more than half of the members who can vote. What it adopts comes into force at its date.",
      effect: recordDecision,
      tells: {
        to: ["DEPT_HEAD", "ADMIN_REVIEWER", "AUDITOR"],
        says: "The information management group has decided on the tier policy.",
      },
    },
    withdraw: {
      from: ["PROPOSED"],
      to: "WITHDRAWN",
      who: [subject],
      meaning: "Takes it back before the group has decided.",
    },
  },
});
