import type { ExternalDisclosure as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import { nowhere, role, subject, system, workflow } from "../workflow/workflow.js";
import { RequestDisclosureInput, SendExternalDisclosureInput } from "./external-disclosure.input.js";
import { ExternalDisclosure } from "./external-disclosure.type.js";
import {
  approveBeside,
  notPermitted,
  notTopSecret,
  refuseDisclosure,
  requestDisclosure,
  sendDisclosure,
} from "./external-disclosure-steps.js";
import { carrier, requester } from "./handed-out.js";

export const externalDisclosureWorkflow = workflow<Row>()({
  type: ExternalDisclosure,
  machine: "G3",
  title: "External disclosure",
  clause: "S004-P5-24, P5-26, S004-P3-21, S001-P1-3.2.7, S003-5.3.3, rulebook 6-10, 6-40",
  model: "externalDisclosure",
  subject: "requestedById",
  seats: {
    permitter: { by: "permittedById", at: "permittedAt" },
    supervisor: { by: "supervisorId", at: "supervisorAt" },
    manager: { by: "managerId", at: "managerAt" },
    refuser: { by: "refusedById", at: "refusedAt" },
    carrier: { by: "carrierId", at: "sentAt", beforehand: true },
  },
  states: {
    REQUESTED: { waitsFor: ["permit", "approveAsSupervisor", "approveAsManager"] },
    APPROVED: { dueBy: "approvalEndsAt", waitsFor: ["permit", "send"] },
    REFUSED: { end: "A new disclosure can be asked for." },
    SENT: { end: "It has left the company." },
    WITHDRAWN: { end: "A new disclosure can be asked for." },
    LAPSED: { end: "A new disclosure can be asked for." },
  },
  more: (row) => sql`json_build_object('carrierId', ${row}."carrierId",
    'secrecy', (SELECT c."secrecy" FROM "Customer" c WHERE c."id" = ${row}."customerId"))`,
  actions: {
    request: {
      from: [nowhere],
      to: "REQUESTED",
      who: [requester],
      meaning: "Asks to give a customer's data to somebody outside (S004-P5-24).",
      mutation: "requestDisclosure",
      input: () => RequestDisclosureInput,
      open: requestDisclosure,
      tells: {
        to: ["CUST_INFO_SUPERVISOR", "CS_MANAGER"],
        says: "Customer data is asked for, to be given outside.",
      },
    },
    permit: {
      // It may have become TOP_SECRET since it was approved.
      from: ["REQUESTED", "APPROVED"],
      who: [role("GENERAL_MANAGER")],
      seat: "permitter",
      meaning:
        "Permits the disclosure of a TOP_SECRET customer, before the two approve it and before it is sent (rulebook 3.3).",
      requires: notTopSecret,
    },
    approveAsSupervisor: {
      from: ["REQUESTED"],
      to: ["REQUESTED", "APPROVED"],
      who: [role("CUST_INFO_SUPERVISOR")],
      seat: "supervisor",
      requires: notPermitted,
      meaning: "Approves it, one of the two who have to; it is approved when both have (S004-P5-24).",
      mutation: "approveExternalDisclosureAsSupervisor",
      effect: approveBeside("managerId"),
      tells: { to: ["subject"], says: "The supervisor has approved the disclosure." },
    },
    approveAsManager: {
      from: ["REQUESTED"],
      to: ["REQUESTED", "APPROVED"],
      who: [role("CS_MANAGER")],
      seat: "manager",
      requires: notPermitted,
      meaning: "Approves it, one of the two who have to; it is approved when both have (S004-P5-24).",
      mutation: "approveExternalDisclosureAsManager",
      effect: approveBeside("supervisorId"),
      tells: { to: ["subject"], says: "The manager has approved the disclosure." },
    },
    refuse: {
      from: ["REQUESTED"],
      to: "REFUSED",
      who: [role("CUST_INFO_SUPERVISOR"), role("CS_MANAGER")],
      seat: "refuser",
      alsoBy: ["supervisor", "manager"],
      note: "required",
      meaning: "Refuses it: one of the two is enough.",
      effect: refuseDisclosure,
      tells: { to: ["subject"], says: "The disclosure has been refused." },
    },
    send: {
      from: ["APPROVED"],
      to: "SENT",
      who: [carrier],
      seat: "carrier",
      meaning: "Sends it by the channel that was approved, with what keeps it safe (S004-P5-23.2).",
      input: () => SendExternalDisclosureInput,
      requires: notPermitted,
      effect: sendDisclosure,
    },
    withdraw: {
      from: ["REQUESTED", "APPROVED"],
      to: "WITHDRAWN",
      who: [subject],
      meaning: "Takes it back before it is sent.",
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
      to: "WITHDRAWN",
      who: [system],
      whenSubjectGoes: true,
      meaning: "Whoever asked for it leaves, or leaves the post that it was for.",
    },
  },
});
