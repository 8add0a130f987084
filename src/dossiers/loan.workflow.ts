import type { Reason } from "../access/reasons.js";
import type { Loan as Row } from "../database/client.js";
import type { Actor, Facts } from "../workflow/facts.js";
import { seal } from "../workflow/seal.js";
import type { Step } from "../workflow/step.js";
import { head, named, nowhere, role, standIn, subject, system, workflow } from "../workflow/workflow.js";
import { dossierFacts, notForClassified, secrecyOf } from "./dossier-facts.js";
import { keepDue, registerLoan, returnLoan, signForLoan } from "./lend.js";
import {
  RegisterLoanInput,
  RequestLoanInput,
  ReturnLoanInput,
  SealLoanInput,
  SignForLoanInput,
} from "./loan.input.js";
import { Loan } from "./loan.type.js";
import { neverLent, requestLoan } from "./request-loan.js";

const deciders = [
  role("CUST_INFO_SPECIALIST"),
  role("CS_MANAGER"),
  standIn("GENERAL_MANAGER", "CUSTOMER_SERVICE"),
];

/** One specialist approves, hands out and takes back; who has signed for the borrower may do the latter two. */
const desk = ["decider", "keeper", "receiver"] as const;

/** Ordinary dossiers are the specialist's to lend, classified ones the manager's (rulebook 6-12). */
function notToDecide(facts: Facts<Row>, actor: Actor): Reason | null {
  if (secrecyOf(facts) !== "ORDINARY") return notForClassified(facts, actor);
  return actor.roles.includes("CUST_INFO_SPECIALIST")
    ? null
    : { code: "NOT_YOUR_ROLE", needs: "CUST_INFO_SPECIALIST: the dossier is not classified" };
}

/** It may have been classified since it was asked for. */
const notToLend = (facts: Facts<Row>): Reason | null =>
  secrecyOf(facts) === "TOP_SECRET" ? neverLent : null;

const decided = async ({ note }: Step<Row, unknown>) => ({ set: { decisionNote: note } });

export const loanWorkflow = workflow<Row>()({
  type: Loan,
  machine: "C2",
  title: "Loan of a dossier",
  clause: "S004-P5-19, 20, rulebook 6-12, 6-13",
  model: "loan",
  subject: "borrowerId",
  seats: {
    signer: { by: "signedById", at: "signedAt" },
    decider: { by: "decidedById", at: "decidedAt" },
    keeper: { by: "registeredById", at: "registeredAt" },
    receiver: { by: "returnedToId", at: "returnedAt" },
  },
  states: {
    REQUESTED: { waitsFor: ["seal"] },
    SIGNED: { due: { workingDays: 1 }, waitsFor: ["approve"] },
    APPROVED: { waitsFor: ["register"] },
    REFUSED: { end: "A new application can be made." },
    REGISTERED: { waitsFor: ["sign"] },
    LENT: { waitsFor: ["return"] },
    OVERDUE: { waitsFor: ["return"] },
    RETURNED: { end: "To have it longer takes a new application." },
    RETURNED_LATE: { end: "To have it longer takes a new application." },
    LOST: { end: "What follows is the incident's." },
    WITHDRAWN: { end: "A new application can be made." },
  },
  reminders: [
    {
      states: ["LENT"],
      of: "dueAt",
      hoursBefore: 24,
      to: ["subject"],
      says: "A borrowed dossier is due within a day.",
    },
    {
      states: ["LENT", "OVERDUE"],
      of: "dueAt",
      daily: true,
      to: ["subject", "head"],
      says: "A borrowed dossier has not been brought back.",
    },
  ],
  more: dossierFacts,
  actions: {
    request: {
      from: [nowhere],
      to: "REQUESTED",
      who: [subject],
      meaning: "Fills in the application to borrow a dossier (S004-P5-19.2).",
      input: () => RequestLoanInput,
      open: requestLoan,
    },
    seal: {
      from: ["REQUESTED"],
      to: "SIGNED",
      who: [head],
      seat: "signer",
      meaning: "Seals and signs the application (S004-P5-19.3).",
      input: () => SealLoanInput,
      effect: seal,
    },
    approve: {
      from: ["SIGNED"],
      to: "APPROVED",
      who: deciders,
      seat: "decider",
      alsoBy: desk,
      meaning:
        "Approves the loan: the specialist, of a classified dossier the manager of customer service (S004-P5-19.4).",
      requires: (facts, actor) => notToDecide(facts, actor) ?? notToLend(facts),
      effect: decided,
    },
    refuse: {
      from: ["SIGNED"],
      to: "REFUSED",
      who: deciders,
      seat: "decider",
      alsoBy: desk,
      note: "required",
      meaning: "Refuses the loan.",
      requires: notToDecide,
      effect: decided,
    },
    register: {
      from: ["APPROVED"],
      to: "REGISTERED",
      who: [role("CUST_INFO_SPECIALIST"), named("keeperId", "the keeper of the dossier")],
      seat: "keeper",
      alsoBy: ["signer", ...desk],
      meaning: "Enters it in the loan register, with its term, and sets its copies aside (S004-P5-19.5).",
      input: () => RegisterLoanInput,
      requires: notToLend,
      effect: registerLoan,
    },
    sign: {
      from: ["REGISTERED"],
      to: "LENT",
      who: [subject],
      meaning: "Signs for it in the loan register and takes it along: the term begins (S004-P5-19.5).",
      mutation: "signForLoan",
      input: () => SignForLoanInput,
      effect: signForLoan,
    },
    return: {
      from: ["LENT", "OVERDUE"],
      to: { LENT: "RETURNED", OVERDUE: "RETURNED_LATE" },
      who: [role("CUST_INFO_SPECIALIST")],
      seat: "receiver",
      alsoBy: ["signer", ...desk],
      meaning: "Takes it back and strikes it off the loan register (S004-P5-20).",
      input: () => ReturnLoanInput,
      effect: returnLoan,
    },
    lose: {
      from: ["LENT", "OVERDUE"],
      to: "LOST",
      who: [subject, role("CUST_INFO_SPECIALIST")],
      alsoBy: ["signer", ...desk],
      note: "required",
      meaning:
        "Reports that it is lost, at once: how, stands in the history. Those who answer for it hear of it (S002-4.2b, S004-P5-27).",
      mutation: "reportLoanLost",
      tells: {
        to: ["head", "CUST_INFO_SUPERVISOR", "CS_MANAGER", "ADMIN_REVIEWER"],
        says: "A borrowed dossier has been lost.",
      },
    },
    withdraw: {
      from: ["REQUESTED", "SIGNED", "APPROVED", "REGISTERED"],
      to: "WITHDRAWN",
      who: [subject, head],
      alsoBy: ["signer"],
      meaning: "Takes it back before it is lent (our own step: the rulebook has none).",
    },
    drop: {
      from: ["REQUESTED", "SIGNED", "APPROVED", "REGISTERED"],
      to: "WITHDRAWN",
      who: [system],
      whenSubjectGoes: true,
      meaning: "The borrower leaves, or leaves the post; what is lent is given back before that is closed.",
    },
    fallOverdue: {
      from: ["LENT"],
      to: "OVERDUE",
      who: [system],
      when: "dueAt",
      meaning: "Its term is over: until it is back its borrower borrows nothing else (S004-P5-19.5).",
      effect: keepDue,
    },
  },
});
