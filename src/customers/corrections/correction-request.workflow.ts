import type { CorrectionRequest as Row } from "../../database/client.js";
import { named, nowhere, role, subject, workflow } from "../../workflow/workflow.js";
import { correctionFacts, missingApproval, notClassified, notTopSecret } from "./classified-correction.js";
import { ProposeCorrectionInput } from "./correction.input.js";
import { CorrectionRequest } from "./correction-request.type.js";
import { proposeCorrection } from "./propose-correction.js";
import { applyCorrection, requireSteward } from "./settle-correction.js";

/** Authorised managers (S000-4.3c). */
const stewards = [role("DATA_STEWARD"), role("CUST_INFO_SUPERVISOR"), role("CS_MANAGER")];

export const correctionRequestWorkflow = workflow<Row>()({
  type: CorrectionRequest,
  machine: "H2",
  title: "Correction of a customer's field",
  clause: "S000-4.3c, S002-3.3a, 4.2c, S004-P5-22, rulebook 3.3, 6-08",
  model: "correctionRequest",
  subject: "proposedById",
  notes: "note",
  seats: {
    keeper: { by: "consentedById", at: "consentedAt" },
    permitter: { by: "permittedById", at: "permittedAt" },
    steward: { by: "decidedById", at: "decidedAt" },
  },
  states: {
    PROPOSED: { due: { workingDays: 2 }, waitsFor: ["consent", "permit", "apply"] },
    APPLIED: { end: "The customer's record says so now." },
    REJECTED: { end: "Another correction can be proposed." },
    WITHDRAWN: { end: "Another correction can be proposed." },
  },
  more: correctionFacts,
  actions: {
    propose: {
      from: [nowhere],
      to: "PROPOSED",
      who: [subject],
      meaning: "Proposes a correction of a field that the proposer sees clear (S002-4.2c).",
      mutation: "proposeCorrection",
      input: () => ProposeCorrectionInput,
      open: proposeCorrection,
    },
    consent: {
      from: ["PROPOSED"],
      who: [named("keeperId", "the keeper of the classified record")],
      seat: "keeper",
      // A keeper who leads the company permits it as well.
      alsoBy: ["permitter"],
      meaning:
        "Consents to it as the keeper of a classified record, before a steward applies it; what the keeper proposes has that consent (rulebook 3.3).",
      mutation: "consentToCorrection",
      requires: notClassified,
    },
    permit: {
      from: ["PROPOSED"],
      who: [role("GENERAL_MANAGER")],
      seat: "permitter",
      alsoBy: ["keeper"],
      meaning: "Permits it where the record is TOP_SECRET, before a steward applies it (rulebook 3.3).",
      mutation: "permitCorrection",
      requires: notTopSecret,
    },
    apply: {
      from: ["PROPOSED"],
      to: "APPLIED",
      who: stewards,
      seat: "steward",
      meaning:
        "Writes it into the customer's record, where nothing has changed meanwhile (S000-4.3c); into a classified one with the keeper's consent, into a TOP_SECRET one with the general manager's permission too (rulebook 3.3).",
      mutation: "applyCorrection",
      requires: missingApproval,
      effect: applyCorrection,
    },
    reject: {
      from: ["PROPOSED"],
      to: "REJECTED",
      who: stewards,
      seat: "steward",
      note: "required",
      meaning: "Leaves the record as it is.",
      mutation: "rejectCorrection",
      effect: requireSteward,
    },
    withdraw: {
      from: ["PROPOSED"],
      to: "WITHDRAWN",
      who: [subject],
      meaning: "Takes it back before it is decided.",
      mutation: "withdrawCorrection",
    },
  },
});
