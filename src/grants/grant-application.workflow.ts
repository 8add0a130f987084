import type { GrantApplication as Row } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { type Sql, sql } from "../reading/sql.js";
import type { Actor, Facts } from "../workflow/facts.js";
import { seal } from "../workflow/seal.js";
import type { Step } from "../workflow/step.js";
import { head, nowhere, role, standIn, system, workflow } from "../workflow/workflow.js";
import { amendApplication, applyForGrant, approveApplication, moreOf } from "./application-steps.js";
import {
  AmendGrantApplicationInput,
  ApplyForGrantInput,
  ApproveGrantApplicationInput,
  SubmitGrantApplicationInput,
  VoteOnGrantApplicationInput,
} from "./grant-application.input.js";
import { GrantApplication } from "./grant-application.type.js";
import { implementApplication } from "./implement-application.js";

const ownHouse = standIn("GENERAL_MANAGER", "ADMINISTRATION");
/** Administration reviews; for its own people somebody of another section or the general manager does (rulebook 6-32). */
const reviewers = [role("ADMIN_REVIEWER", "otherDepartment"), ownHouse];

const decided = (decision: NonNullable<Row["decision"]>) => async (step: Step<Row, unknown>) => ({
  set: { decision, reviewerNotes: step.note },
});

const hasVoted = (facts: Facts<Row>, { id }: Actor): boolean =>
  [...moreOf(facts).inFavour, ...moreOf(facts).against].includes(id);

/** More than half of those who can vote are in favour, or can no longer be. */
function outcomeOf(facts: Facts<Row>): "APPROVED" | "REJECTED" | null {
  const { members, inFavour, against } = moreOf(facts);
  if (inFavour.length * 2 > members) return "APPROVED";
  return against.length * 2 >= members && members > 0 ? "REJECTED" : null;
}

async function vote({ tx, now, by, facts, input, note }: Step<Row, VoteOnGrantApplicationInput>) {
  await tx.groupVote.create({
    data: {
      id: newId("vot", now),
      applicationId: facts.id,
      memberId: by!.caller.id,
      inFavour: input.inFavour,
      note,
      votedAt: now,
    },
    select: { id: true },
  });
  return undefined;
}

async function recordDecision({ facts }: Step<Row, unknown>) {
  const to = outcomeOf(facts);
  if (!to) throw refusal("APPROVAL_MISSING");
  const { inFavour, against, members } = moreOf(facts);
  return {
    to,
    set: { decision: to === "APPROVED" ? ("APPROVE" as const) : ("REJECT" as const) },
    changes: [`votes: ${inFavour.length} in favour, ${against.length} against, of ${members}`],
  };
}

/**
 * Heads of departments who can vote: neither whom it is about nor who signed or reviewed it. The leader records (S002-2.1,
 * rulebook 6-31).
 */
const votersToSql = (row: Sql): Sql => sql`(
  SELECT count(*) FROM "Employee" m WHERE m."status" = 'ACTIVE'
    AND EXISTS (SELECT 1 FROM "EmployeeRole" r WHERE r."employeeId" = m."id" AND r."role" = 'DEPT_HEAD')
    AND NOT EXISTS (SELECT 1 FROM "EmployeeRole" r WHERE r."employeeId" = m."id" AND r."role" = 'ADMIN_HEAD')
    AND m."id" <> ${row}."employeeId" AND m."id" IS DISTINCT FROM ${row}."signedById"
    AND m."id" IS DISTINCT FROM ${row}."reviewedById")`;

const votesToSql = (row: Sql, condition: Sql): Sql => sql`(
  SELECT coalesce(json_agg(v."memberId"), '[]') FROM "GroupVote" v WHERE v."applicationId" = ${row}."id"${condition})`;

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
    'goes', EXISTS (SELECT 1 FROM "Offboarding" o WHERE o."employeeId" = s."id" AND o."state" <> 'CLOSED'),
    'members', ${votersToSql(row)},
    'inFavour', ${votesToSql(row, sql` AND v."inFavour"`)},
    'against', ${votesToSql(row, sql` AND NOT v."inFavour"`)})`,
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
      who: [role("ADMIN_REVIEWER"), ownHouse],
      seat: "reviewer",
      meaning: "Leaves it to the information management group: what lies above the ceiling has to go there.",
      effect: decided("ESCALATE"),
    },
    vote: {
      from: ["ESCALATED"],
      who: [role("DEPT_HEAD")],
      meaning: "Votes as a member of the information management group (S002-2.1).",
      mutation: "voteOnGrantApplication",
      input: () => VoteOnGrantApplicationInput,
      requires: (facts, actor) => {
        if (actor.roles.includes("ADMIN_HEAD"))
          return { code: "NOT_YOUR_ROLE", needs: "a member of the group who does not lead it" };
        return hasVoted(facts, actor)
          ? { code: "WRONG_STATE", needs: "somebody who has not voted yet" }
          : null;
      },
      effect: vote,
    },
    decide: {
      from: ["ESCALATED"],
      to: ["APPROVED", "REJECTED"],
      who: [role("ADMIN_HEAD"), standIn("DEPT_HEAD", "ADMINISTRATION"), standIn("DEPT_HEAD", "MANAGEMENT")],
      seat: "recorder",
      meaning: "Records what the group has decided: more than half of the members who can vote.",
      requires: (facts, actor) => {
        if (hasVoted(facts, actor)) return { code: "SELF_DECISION", needs: "somebody who has not voted" };
        return outcomeOf(facts)
          ? null
          : { code: "APPROVAL_MISSING", needs: "the votes of more than half of the members of the group" };
      },
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
      from: ["DRAFT", "SUBMITTED"],
      to: "WITHDRAWN",
      who: [head],
      alsoBy: ["signer"],
      meaning: "Takes it back before it is decided.",
    },
    drop: {
      from: ["DRAFT", "SUBMITTED", "RETURNED", "ESCALATED", "APPROVED"],
      to: "WITHDRAWN",
      who: [system],
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
