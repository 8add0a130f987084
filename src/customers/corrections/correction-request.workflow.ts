import type { CorrectionRequest as Row } from "../../database/client.js";
import { nowhere, role, subject, workflow } from "../../workflow/workflow.js";
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
  clause: "S000-4.3c, S002-3.3a, 4.2c, rulebook 6-08",
  model: "correctionRequest",
  subject: "proposedById",
  notes: "note",
  seats: { steward: { by: "decidedById", at: "decidedAt" } },
  states: {
    PROPOSED: { due: { workingDays: 2 }, waitsFor: ["apply"] },
    APPLIED: { end: "The customer's record says so now." },
    REJECTED: { end: "Another correction can be proposed." },
    WITHDRAWN: { end: "Another correction can be proposed." },
  },
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
    apply: {
      from: ["PROPOSED"],
      to: "APPLIED",
      who: stewards,
      seat: "steward",
      meaning: "Writes it into the customer's record, where nothing has changed meanwhile (S000-4.3c).",
      mutation: "applyCorrection",
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
