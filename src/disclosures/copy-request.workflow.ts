import type { CopyRequest as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import { nowhere, role, subject, system, workflow } from "../workflow/workflow.js";
import { HandOverCopyRequestInput, LinkDisclosureInput, RequestCopyInput } from "./copy-request.input.js";
import { CopyRequest } from "./copy-request.type.js";
import {
  approveCopy,
  disclosureMissing,
  handOverCopy,
  linkDisclosure,
  moreOf,
  refuseCopy,
  requestCopy,
} from "./copy-request-steps.js";
import { isReleased } from "./external-disclosure-steps.js";
import { carrier, requester } from "./handed-out.js";

const deciders = [role("GENERAL_MANAGER"), role("CUST_INFO_SUPERVISOR")];

export const copyRequestWorkflow = workflow<Row>()({
  type: CopyRequest,
  machine: "G2",
  title: "Copy or excerpt",
  clause: "S004-P5-23.1, P5-23.2, rulebook 6-10",
  model: "copyRequest",
  subject: "requestedById",
  seats: {
    decider: { by: "decidedById", at: "decidedAt" },
    carrier: { by: "carrierId", at: "handedOverAt", beforehand: true },
  },
  states: {
    REQUESTED: { waitsFor: ["approve"] },
    APPROVED: { dueBy: "approvalEndsAt", waitsFor: ["handOver"] },
    REFUSED: { end: "A new copy can be asked for." },
    HANDED_OVER: { end: "The recipient has it." },
    LAPSED: { end: "A new copy can be asked for." },
  },
  more: (row) => sql`json_build_object(
    'carrierId', ${row}."carrierId",
    'secrecy', (SELECT c."secrecy" FROM "Customer" c WHERE c."id" = ${row}."customerId"),
    'disclosure', (SELECT json_build_object('state', d."state", 'approvalEndsAt', d."approvalEndsAt")
      FROM "ExternalDisclosure" d WHERE d."id" = ${row}."disclosureId"))`,
  actions: {
    request: {
      from: [nowhere],
      to: "REQUESTED",
      who: [requester],
      meaning: "Asks for a copy or an excerpt of what one sees of a customer (S004-P5-23.1).",
      mutation: "requestCopy",
      input: () => RequestCopyInput,
      open: requestCopy,
      tells: { to: ["CUST_INFO_SUPERVISOR"], says: "A copy of customer data is asked for." },
    },
    link: {
      from: ["REQUESTED", "APPROVED"],
      who: [subject],
      meaning: "Links the external disclosure that a copy for outside takes as well (rulebook 6-10).",
      mutation: "linkDisclosure",
      input: () => LinkDisclosureInput,
      requires: ({ row }) =>
        row.forOutside ? null : { code: "WRONG_STATE", needs: "a copy for somebody outside" },
      effect: linkDisclosure,
    },
    approve: {
      from: ["REQUESTED"],
      to: "APPROVED",
      who: deciders,
      seat: "decider",
      meaning:
        "Approves it for 7 days (S004-P5-23.1). A copy for outside is not released by this alone: it takes an approved external disclosure as well (rulebook 6-10).",
      requires: (facts, { roles }) =>
        moreOf(facts).secrecy === "TOP_SECRET" && !roles.includes("GENERAL_MANAGER")
          ? { code: "NOT_YOUR_ROLE", needs: "GENERAL_MANAGER, for what is TOP_SECRET" }
          : null,
      effect: approveCopy,
      tells: { to: ["subject"], says: "The copy has been approved." },
    },
    refuse: {
      from: ["REQUESTED"],
      to: "REFUSED",
      who: deciders,
      seat: "decider",
      note: "required",
      meaning: "Refuses it.",
      effect: refuseCopy,
      tells: { to: ["subject"], says: "The copy has been refused." },
    },
    handOver: {
      from: ["APPROVED"],
      to: "HANDED_OVER",
      who: [carrier],
      seat: "carrier",
      meaning:
        "Hands it over, with what keeps it safe and the recipient's receipt (S004-P5-23.2); for outside only with an approved external disclosure (rulebook 6-10).",
      input: () => HandOverCopyRequestInput,
      requires: (facts, { now }) =>
        facts.row.forOutside && !isReleased(moreOf(facts).disclosure, now) ? disclosureMissing : null,
      effect: handOverCopy,
    },
    lapse: {
      from: ["APPROVED"],
      to: "LAPSED",
      who: [system],
      when: "approvalEndsAt",
      meaning: "The approval has not been used for 7 days (proposed).",
    },
    drop: {
      from: ["REQUESTED", "APPROVED"],
      to: "LAPSED",
      who: [system],
      whenSubjectGoes: true,
      meaning: "Whoever asked for it leaves, or leaves the post that it was for.",
    },
  },
});
