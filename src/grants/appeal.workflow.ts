import type { Appeal as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import { reviewers } from "../workflow/administration.js";
import { groupVotesToSql, recording, voting } from "../workflow/group-vote.js";
import { head, nowhere, subject, subjectOf, system, workflow } from "../workflow/workflow.js";
import {
  AnswerAppealInput,
  DecideAppealInput,
  FileAppealInput,
  ResolveAppealInput,
  VoteOnAppealInput,
} from "./appeal.input.js";
import { Appeal } from "./appeal.type.js";
import {
  agreeToAppeal,
  answerAppeal,
  decideAppeal,
  disagreeWithAppeal,
  fileAppeal,
  resolveAppeal,
} from "./appeal-steps.js";

export const appealWorkflow = workflow<Row>()({
  type: Appeal,
  machine: "K",
  title: "Employee appeal",
  clause: "S002-4.1b",
  model: "appeal",
  subject: "employeeId",
  seats: {
    head: { by: "headId", at: "headAt" },
    reviewer: { by: "reviewedById", at: "reviewedAt" },
    agreer: { by: "agreedById", at: "agreedAt" },
    recorder: { by: "decidedById", at: "decidedAt" },
  },
  states: {
    FILED: { due: { workingDays: 2 }, waitsFor: ["answer"] },
    ANSWERED: { dueBy: "escalableUntil" },
    FORWARDED: { due: { workingDays: 3 }, waitsFor: ["resolve"] },
    REVIEWED: { waitsFor: ["agree"] },
    RESOLVED: { dueBy: "escalableUntil" },
    ESCALATED: { due: { workingDays: 10 }, waitsFor: ["vote", "decide"] },
    DECIDED: { end: "The group decides last." },
    CLOSED: { end: "The answer stands; something new is a new appeal." },
  },
  more: (row) =>
    sql`json_build_object('votes', ${groupVotesToSql(row, "appealId", ["employeeId", "headId", "reviewedById", "agreedById"])})`,
  actions: {
    file: {
      from: [nowhere],
      to: "FILED",
      who: [subjectOf("FORMAL", "TEMP", "INTERN", "PARTNER", "AGENCY", "VENDOR_STAFF")],
      meaning:
        "Appeals to the own head about the own access: something is doubtful, or not enough (S002-4.1b).",
      input: () => FileAppealInput,
      open: fileAppeal,
      tells: { to: ["head"], says: "Somebody of yours appeals about their access." },
    },
    answer: {
      from: ["FILED"],
      to: "ANSWERED",
      who: [head],
      seat: "head",
      meaning: "Answers it.",
      input: () => AnswerAppealInput,
      effect: answerAppeal,
      tells: { to: ["subject"], says: "Your appeal has been answered." },
    },
    forward: {
      from: ["FILED"],
      to: "FORWARDED",
      who: [head],
      seat: "head",
      meaning: "Takes it to administration, to settle it together (S002-4.1b).",
      // The general manager, who answers for that head, would be left to settle it with herself.
      requires: ({ subject: { roles } }) =>
        roles.includes("ADMIN_HEAD")
          ? { code: "SELF_DECISION", needs: "an answer: the head of administration appeals" }
          : null,
      tells: { to: ["ADMIN_REVIEWER"], says: "An appeal is to be settled with the head." },
    },
    resolve: {
      from: ["FORWARDED"],
      to: "REVIEWED",
      who: reviewers,
      seat: "reviewer",
      meaning:
        "Answers it for administration, within the term that both have; it is settled when the head has agreed (S002-4.1b).",
      input: () => ResolveAppealInput,
      effect: resolveAppeal,
      tells: { to: ["head"], says: "Administration's answer to an appeal waits for your agreement." },
    },
    agree: {
      from: ["REVIEWED"],
      to: "RESOLVED",
      who: [head],
      seat: "agreer",
      alsoBy: ["head"],
      meaning:
        "Agrees to administration's answer: with that it is settled. CHANGE_OPENED opens a change form for the head to complete; the appeal itself changes nothing.",
      mutation: "agreeToAppeal",
      effect: agreeToAppeal,
      tells: { to: ["subject", "ADMIN_REVIEWER"], says: "An appeal has been settled." },
    },
    disagree: {
      from: ["REVIEWED"],
      to: "FORWARDED",
      who: [head],
      alsoBy: ["head", "agreer"],
      note: "required",
      meaning: "Does not agree, and why: administration answers anew, within the same term.",
      mutation: "disagreeWithAppeal",
      effect: disagreeWithAppeal,
      tells: { to: ["ADMIN_REVIEWER"], says: "A head does not agree to the answer to an appeal." },
    },
    escalate: {
      from: ["ANSWERED", "RESOLVED"],
      to: "ESCALATED",
      who: [subject],
      note: "required",
      meaning: "Takes the answer to the information management group, within 10 working days.",
      requires: ({ row }) =>
        row.result === "CHANGE_OPENED"
          ? { code: "WRONG_STATE", needs: "an answer that opened no change" }
          : null,
      tells: { to: ["DEPT_HEAD", "ADMIN_HEAD"], says: "An appeal is with the information management group." },
    },
    vote: {
      ...voting("appealId"),
      from: ["ESCALATED"],
      meaning: "Votes as a member of the information management group (S002-2.1).",
      mutation: "voteOnAppeal",
      input: () => VoteOnAppealInput,
    },
    decide: {
      ...recording,
      from: ["ESCALATED"],
      to: "DECIDED",
      seat: "recorder",
      meaning: "Records what the group has decided: more than half of the members who can vote.",
      input: () => DecideAppealInput,
      effect: decideAppeal,
      tells: { to: ["subject", "head"], says: "The information management group has decided on an appeal." },
    },
    close: {
      from: ["ANSWERED", "RESOLVED"],
      to: "CLOSED",
      who: [system],
      when: "escalableUntil",
      meaning: "Nobody has taken the answer to the group in time.",
    },
  },
});
