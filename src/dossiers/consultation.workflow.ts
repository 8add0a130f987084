import type { Consultation as Row } from "../database/client.js";
import { seal } from "../workflow/seal.js";
import type { Step } from "../workflow/step.js";
import { head, nowhere, role, standIn, subject, system, workflow } from "../workflow/workflow.js";
import {
  ApproveConsultationInput,
  RequestConsultationForVisitorInput,
  RequestConsultationInput,
  SubmitConsultationInput,
} from "./consultation.input.js";
import { Consultation } from "./consultation.type.js";
import { approveConsultation, notPermitted, notToDecide } from "./decide-consultation.js";
import { dossierFacts, secrecyOf } from "./dossier-facts.js";
import { requestConsultation, requestConsultationForVisitor } from "./request-consultation.js";

/** People of customer service. */
const desk = [
  role("CUST_INFO_SPECIALIST"),
  role("CS_AGENT"),
  role("CUST_INFO_SUPERVISOR"),
  role("CS_MANAGER"),
];

/** Customer service; for its own people the general manager as well, where their manager has signed (rulebook 6-32). */
const customerService = [...desk, standIn("GENERAL_MANAGER", "CUSTOMER_SERVICE")];

export const consultationWorkflow = workflow<Row>()({
  type: Consultation,
  machine: "C",
  title: "Consultation of a dossier",
  clause: "S004-P5-17, 18, 22, rulebook 6-01, 6-11",
  model: "consultation",
  subject: "readerId",
  seats: {
    clerk: { by: "filledInById", at: "filledInAt" },
    signer: { by: "signedById", at: "signedAt" },
    permitter: { by: "permittedById", at: "permittedAt" },
    decider: { by: "decidedById", at: "decidedAt" },
  },
  states: {
    DRAFT: { waitsFor: ["submit"] },
    SUBMITTED: { due: { workingDays: 1 }, waitsFor: ["permit", "approve"] },
    APPROVED: {},
    REFUSED: { end: "A new application can be made." },
    CLOSED: { end: "The window is over; to read on takes a new application." },
    WITHDRAWN: { end: "A new application can be made." },
  },
  more: dossierFacts,
  actions: {
    request: {
      from: [nowhere],
      to: "DRAFT",
      who: [subject],
      meaning: "Fills in the application to read a dossier (S004-P5-18.1).",
      input: () => RequestConsultationInput,
      open: requestConsultation,
    },
    requestForVisitor: {
      from: [nowhere],
      to: "DRAFT",
      who: desk,
      seat: "clerk",
      meaning:
        "Fills in the application at the desk for a visitor, who shows a letter or a work card and reads there; somebody else decides on it (S004-P5-18.4).",
      mutation: "requestConsultationForVisitor",
      input: () => RequestConsultationForVisitorInput,
      open: requestConsultationForVisitor,
    },
    submit: {
      from: ["DRAFT"],
      to: "SUBMITTED",
      who: [head],
      seat: "signer",
      meaning: "Seals, signs and hands in the application (S004-P5-18.2).",
      input: () => SubmitConsultationInput,
      effect: seal,
    },
    permit: {
      from: ["SUBMITTED"],
      who: [role("GENERAL_MANAGER")],
      seat: "permitter",
      // Who has no other head is signed for by the general manager.
      alsoBy: ["signer"],
      meaning:
        "Permits the reading of a TOP_SECRET dossier, before customer service decides (rulebook 6-11).",
      requires: (facts) => {
        if (secrecyOf(facts) !== "TOP_SECRET")
          return { code: "WRONG_STATE", needs: "a dossier that is TOP_SECRET" };
        return facts.seats.permitter ? { code: "WRONG_STATE", needs: "one that is not permitted yet" } : null;
      },
    },
    approve: {
      from: ["SUBMITTED"],
      to: "APPROVED",
      who: customerService,
      seat: "decider",
      alsoBy: ["permitter"],
      meaning:
        "Opens the dossier to the reader for a window of time; a classified one only the manager of customer service (S004-P5-18.3, 18.4).",
      input: () => ApproveConsultationInput,
      requires: (facts, actor) => notToDecide(facts, actor) ?? notPermitted(facts),
      effect: approveConsultation,
    },
    refuse: {
      from: ["SUBMITTED"],
      to: "REFUSED",
      who: customerService,
      seat: "decider",
      alsoBy: ["permitter"],
      note: "required",
      meaning: "Refuses it: the reason does not suffice, or the form is not in order (S004-P5-18.3).",
      requires: notToDecide,
      effect: async ({ note }: Step<Row, unknown>) => ({ set: { decisionNote: note } }),
    },
    withdraw: {
      from: ["DRAFT", "SUBMITTED"],
      to: "WITHDRAWN",
      who: [subject, head],
      alsoBy: ["signer"],
      meaning: "Takes it back before it is decided (our own step: the rulebook has none).",
    },
    close: {
      from: ["APPROVED"],
      to: "CLOSED",
      who: [system],
      when: "windowTo",
      meaning: "The window is over. What it opened has been shut since that instant, whenever this is taken.",
    },
    drop: {
      from: ["DRAFT", "SUBMITTED", "APPROVED"],
      to: { DRAFT: "WITHDRAWN", SUBMITTED: "WITHDRAWN", APPROVED: "CLOSED" },
      who: [system],
      whenSubjectGoes: true,
      meaning: "The reader leaves, or leaves the post: what was opened for it is shut at that instant.",
    },
  },
});
