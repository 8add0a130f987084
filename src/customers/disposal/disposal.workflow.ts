import type { Disposal as Row } from "../../database/client.js";
import { sql } from "../../reading/sql.js";
import { nowhere, role, subject, subjectAs, workflow } from "../../workflow/workflow.js";
import { DestroyDisposalInput, ProposeDisposalInput } from "./disposal.input.js";
import { Disposal } from "./disposal.type.js";
import { proposeDisposal } from "./propose-disposal.js";
import { approveDisposal, destroyBatch, releaseBatch } from "./settle-disposal.js";

const customerService = ["CUST_INFO_SPECIALIST", "CS_AGENT", "CUST_INFO_SUPERVISOR", "CS_MANAGER"] as const;
const colleagues = customerService.map((name) => role(name));

/** Authorised managers (S000-4.3c); the general manager for what is top secret. */
const stewards = [
  role("DATA_STEWARD"),
  role("CUST_INFO_SUPERVISOR"),
  role("CS_MANAGER"),
  role("GENERAL_MANAGER"),
];

export const disposalWorkflow = workflow<Row>()({
  type: Disposal,
  machine: "H3",
  title: "Disposal of customers",
  clause: "S000-4.3b, 4.3c, S004-P5-25, rulebook 6-23",
  model: "disposal",
  subject: "proposedById",
  notes: "note",
  seats: {
    witness: { by: "witnessedById", at: "witnessedAt" },
    steward: { by: "decidedById", at: "decidedAt" },
  },
  states: {
    PROPOSED: { due: { workingDays: 2 }, waitsFor: ["witness"] },
    WITNESSED: { due: { workingDays: 2 }, waitsFor: ["approve"] },
    APPROVED: { due: { workingDays: 5 }, waitsFor: ["destroy"] },
    DESTROYED: { end: "Tombstones are left of its customers." },
    REFUSED: { end: "Its customers are what they were." },
    WITHDRAWN: { end: "Its customers are what they were." },
  },
  more: (row) => sql`json_build_object('customers', (
    SELECT coalesce(json_agg(json_build_object(
      'customerId', c."customerId", 'statusBefore', c."statusBefore") ORDER BY c."customerId"), '[]')
    FROM "DisposalCustomer" c WHERE c."disposalId" = ${row}."id"))`,
  actions: {
    propose: {
      from: [nowhere],
      to: "PROPOSED",
      who: [subjectAs(...customerService)],
      meaning: "Proposes to destroy customers whose retention is over and of whom nothing is open.",
      input: () => ProposeDisposalInput,
      open: proposeDisposal,
    },
    witness: {
      from: ["PROPOSED"],
      to: "WITNESSED",
      who: colleagues,
      seat: "witness",
      meaning: "Confirms as the second person that it is this batch and no other.",
    },
    approve: {
      from: ["WITNESSED"],
      to: "APPROVED",
      who: stewards,
      seat: "steward",
      meaning:
        "Approves it, where the steward's own grant allows to delete every customer of it (S000-4.3c); CS_MANAGER for confidential ones, GENERAL_MANAGER for top secret ones.",
      effect: approveDisposal,
    },
    refuse: {
      from: ["PROPOSED", "WITNESSED"],
      to: "REFUSED",
      who: stewards,
      seat: "steward",
      note: "required",
      meaning: "Refuses it: its customers are what they were.",
      effect: releaseBatch,
    },
    withdraw: {
      from: ["PROPOSED", "WITNESSED", "APPROVED"],
      to: "WITHDRAWN",
      who: [subject],
      meaning: "Takes it back while there is something left: its customers are what they were.",
      effect: releaseBatch,
    },
    destroy: {
      from: ["APPROVED"],
      to: "DESTROYED",
      who: [subject, ...colleagues],
      alsoBy: ["witness"],
      meaning:
        "Carries it out, by the proposer or the witness: nothing of its customers can be read any more.",
      input: () => DestroyDisposalInput,
      requires: ({ subject, seats }, { id }) =>
        [subject.id, seats.witness].includes(id)
          ? null
          : { code: "NOT_YOUR_ROLE", needs: "its proposer or its witness" },
      effect: destroyBatch,
    },
  },
});
