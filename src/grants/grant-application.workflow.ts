import type { GrantApplication as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import { forAdministration, reviewers } from "../workflow/administration.js";
import { countInWords, groupVotesToSql, outcomeOf, recording, voting } from "../workflow/group-vote.js";
import { seal } from "../workflow/seal.js";
import type { Step } from "../workflow/step.js";
import { head, nowhere, role, system, workflow } from "../workflow/workflow.js";
import { amendApplication, applyForGrant, approveApplication } from "./application-steps.js";
import {
  AmendGrantApplicationInput,
  ApplyForGrantInput,
  ApproveGrantApplicationInput,
  SubmitGrantApplicationInput,
  VoteOnGrantApplicationInput,
} from "./grant-application.input.js";
import { GrantApplication } from "./grant-application.type.js";
import { implementApplication } from "./implement-application.js";

const decided = (decision: NonNullable<Row["decision"]>) => async (step: Step<Row, unknown>) => ({
  set: { decision, reviewerNotes: step.note },
});

async function recordDecision({ facts }: Step<Row, unknown>) {
  const approved = outcomeOf(facts) === "IN_FAVOUR";
  return {
    to: approved ? "APPROVED" : "REJECTED",
    set: { decision: approved ? ("APPROVE" as const) : ("REJECT" as const) },
    changes: [countInWords(facts)],
  };
}

export const grantApplicationWorkflow = workflow<Row>()({
  type: GrantApplication,
  machine: "A",
  title: "Application for a grant, and change of one",
  clause: "S002-3.1a, 3.1b, 3.1c, 3.2a, 3.2b",
  model: "grantApplication",
  subject: "employeeId",
  seats: {
    signer: { by: "signedById", at: "signedAt" },
    reviewer: { by: "reviewedById", at: "reviewedAt" },
    recorder: { by: "decidedById", at: "decidedAt" },
    implementer: { by: "implementedById", at: "implementedAt" },
  },
  states: {
    DRAFT: { waitsFor: ["submit"] },
    SUBMITTED: { due: { workingDays: 2 }, waitsFor: ["approve"] },
    RETURNED: { waitsFor: ["submit"] },
    ESCALATED: { due: { workingDays: 5 }, waitsFor: ["vote", "decide"] },
    APPROVED: { due: { workingDays: 1 }, waitsFor: ["implement"] },
    REJECTED: { end: "A new application can be made." },
    WITHDRAWN: { end: "A new application can be made." },
    IMPLEMENTED: { end: "The grant lives on by itself." },
  },
  more: (row) => sql`json_build_object(
    'classes', (SELECT coalesce(json_agg(json_build_object(
      'fieldClass', c."fieldClass", 'cap', c."cap", 'onlyFields', coalesce(c."onlyFields", '{}')) ORDER BY c."fieldClass"), '[]')
      FROM "GrantClass" c WHERE c."applicationId" = ${row}."id"),
    'customerIds', (SELECT coalesce(json_agg(c."customerId" ORDER BY c."customerId"), '[]')
      FROM "GrantCustomer" c WHERE c."applicationId" = ${row}."id"),
    'ceiling', (SELECT d."tierCeiling" FROM "Department" d WHERE d."code" = s."departmentCode"),
    'goes', EXISTS (SELECT 1 FROM "Offboarding" o WHERE o."employeeId" = s."id" AND o."state" NOT IN ('CLOSED', 'CANCELLED')),
    'votes', ${groupVotesToSql(row, "applicationId", ["employeeId", "signedById", "reviewedById"])})`,
  actions: {
    apply: {
      from: [nowhere],
      to: "DRAFT",
      who: [head],
      meaning: "Fills in the access application form, or the change form (S002-3.1a, 3.2a).",
      mutation: "applyForGrant",
      input: () => ApplyForGrantInput,
      open: applyForGrant,
    },
    amend: {
      from: ["DRAFT", "RETURNED"],
      who: [head],
      alsoBy: ["signer"],
      meaning: "Changes a form that is not signed yet, or was sent back.",
      input: () => AmendGrantApplicationInput,
      effect: amendApplication,
    },
    submit: {
      from: ["DRAFT", "RETURNED"],
      to: "SUBMITTED",
      who: [head],
      seat: "signer",
      meaning: "Seals, signs and hands in the form (S002-3.1a, 3.2b).",
      input: () => SubmitGrantApplicationInput,
      effect: seal,
    },
    approve: {
      from: ["SUBMITTED"],
      to: "APPROVED",
      who: reviewers,
      seat: "reviewer",
      meaning: "Approves it within the ceiling, as asked for or narrower (S002-3.1b).",
      input: () => ApproveGrantApplicationInput,
      effect: approveApplication,
    },
    reject: {
      from: ["SUBMITTED"],
      to: "REJECTED",
      who: reviewers,
      seat: "reviewer",
      note: "required",
      meaning: "Rejects it.",
      effect: decided("REJECT"),
    },
    return: {
      from: ["SUBMITTED"],
      to: "RETURNED",
      who: reviewers,
      seat: "reviewer",
      note: "required",
      meaning: "Sends it back to be completed.",
      effect: decided("RETURN"),
    },
    escalate: {
      from: ["SUBMITTED"],
      to: "ESCALATED",
      // For the head of administration, for whom the general manager has signed, the group decides (rulebook 6-31).
      who: [role("ADMIN_REVIEWER"), forAdministration],
      seat: "reviewer",
      meaning: "Leaves it to the information management group: what lies above the ceiling has to go there.",
      effect: decided("ESCALATE"),
    },
    vote: {
      ...voting("applicationId"),
      from: ["ESCALATED"],
      meaning: "Votes as a member of the information management group (S002-2.1).",
      mutation: "voteOnGrantApplication",
      input: () => VoteOnGrantApplicationInput,
    },
    decide: {
      ...recording,
      from: ["ESCALATED"],
      to: ["APPROVED", "REJECTED"],
      seat: "recorder",
      meaning: "Records what the group has decided: more than half of the members who can vote.",
      effect: recordDecision,
    },
    implement: {
      from: ["APPROVED"],
      to: "IMPLEMENTED",
      who: [role("ACCESS_IMPLEMENTER")],
      seat: "implementer",
      requires: ({ subject, more }) =>
        more.goes || !["ACTIVE", "ONBOARDING"].includes(subject.status)
          ? { code: "OPEN_ITEMS", needs: "the end of what is settled before the grantee leaves the post" }
          : null,
      meaning: "Gives the grant exactly as approved; what it replaces ends in the same instant (S002-3.1b).",
      effect: implementApplication,
    },
    withdraw: {
      // From RETURNED and APPROVED it is our own step: what no longer fits the limits would stay there.
      from: ["DRAFT", "SUBMITTED", "RETURNED", "APPROVED"],
      to: "WITHDRAWN",
      who: [head],
      alsoBy: ["signer"],
      meaning: "Takes it back before it is put into effect.",
    },
    drop: {
      from: ["DRAFT", "SUBMITTED", "RETURNED", "ESCALATED", "APPROVED"],
      to: "WITHDRAWN",
      who: [system],
      whenSubjectGoes: true,
      meaning: "Whom it is for leaves, or leaves the post that it is for.",
    },
    lapse: {
      from: ["DRAFT", "SUBMITTED", "RETURNED", "ESCALATED", "APPROVED"],
      to: "WITHDRAWN",
      who: [system],
      when: "validTo",
      meaning: "The end that was asked for has come before anything was given.",
    },
  },
});
