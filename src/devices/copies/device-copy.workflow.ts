import type { DeviceCopy as Row } from "../../database/client.js";
import { copyRequestWorkflow } from "../../disclosures/copy-request.workflow.js";
import { loanWorkflow } from "../../dossiers/loan.workflow.js";
import { grantWorkflow } from "../../grants/grant.workflow.js";
import { grantApplicationWorkflow } from "../../grants/grant-application.workflow.js";
import { sql } from "../../reading/sql.js";
import { nowhere, role, system, workflow } from "../../workflow/workflow.js";
import { allocationWorkflow } from "../allocations/allocation.workflow.js";
import { deviceWorkflow } from "../device.workflow.js";
import { onDevice } from "./device-copy.enums.js";
import { WipeDeviceCopyInput } from "./device-copy.input.js";
import { DeviceCopy } from "./device-copy.type.js";
import { keepCopy, keepLoan, loseGrant, recalledFor, wipe } from "./device-copy-steps.js";

const recalled = { to: "RECALLED", who: [system] } as const;
const tells = { to: ["subject", "head", "IT_ENGINEER"], says: "A copy on a device is to be wiped." } as const;

export const deviceCopyWorkflow = workflow<Row>()({
  type: DeviceCopy,
  machine: "G4",
  title: "Copy on a device",
  clause: "S000-4.2c, S002-3.3b, S004-P5-19.1, 20, 23",
  model: "deviceCopy",
  subject: "holderId",
  seats: { wiper: { by: "wipedById", at: "wipedAt" } },
  states: {
    KEPT: { dueBy: "until" },
    RECALLED: { due: { workingDays: 1 }, waitsFor: ["wipe"] },
    WIPED: { end: "There is a proof that it is gone." },
    LOST_WITH_DEVICE: {},
    GONE: { end: "What follows is the incident's." },
  },
  openedBy: [
    { of: copyRequestWorkflow, step: "handOver", action: "keepCopy", write: keepCopy },
    { of: loanWorkflow, step: "sign", action: "keepLoan", write: keepLoan },
  ],
  follows: [
    { of: deviceWorkflow, steps: ["lose"], by: "deviceId", action: "lose" },
    { of: deviceWorkflow, steps: ["recover"], by: "deviceId", action: "find" },
    { of: deviceWorkflow, steps: ["writeOff"], by: "deviceId", action: "end" },
    { of: deviceWorkflow, steps: ["requestScrap"], by: "deviceId", action: "recallForScrap" },
    {
      of: allocationWorkflow,
      steps: ["requestTransfer", "recall"],
      by: "allocationId",
      action: "recallWithDevice",
    },
    { of: grantWorkflow, steps: ["expire", "revoke", "drop", "close"], by: "grantId", action: "loseGrant" },
    {
      // What gave way to another grant has done so by now, and that one is there.
      ...{ of: grantApplicationWorkflow, steps: ["implement"], action: "loseGrant" },
      by: (row, id) => sql`${row}."grantId" IN (
        SELECT g."id" FROM "GrantApplication" a JOIN "Grant" g ON g."granteeId" = a."employeeId"
        WHERE a."id" = ${id} AND g."state" = 'SUPERSEDED')`,
    },
    { of: loanWorkflow, steps: ["return", "lose"], by: "loanId", action: "recallWithLoan" },
  ],
  reminders: [
    {
      states: ["KEPT"],
      of: "until",
      hoursBefore: 24,
      to: ["subject"],
      says: "A copy on your device is to be wiped within a day.",
    },
    {
      states: ["RECALLED"],
      of: "dueAt",
      daily: true,
      to: ["subject", "head", "IT_ENGINEER"],
      says: "A copy on a device has not been wiped in time.",
    },
  ],
  actions: {
    keepCopy: {
      from: [nowhere],
      to: "KEPT",
      who: [system],
      meaning: "A copy has been handed over on a device (S004-P5-23).",
      tells: { to: ["subject"], says: "A copy of customer data lies on your device." },
    },
    keepLoan: {
      from: [nowhere],
      to: "KEPT",
      who: [system],
      meaning: "An electronic dossier has been lent (S004-P5-19).",
    },
    wipe: {
      // A device that is lost can be wiped from afar.
      from: [...onDevice, "LOST_WITH_DEVICE"],
      to: "WIPED",
      who: [role("IT_ENGINEER"), role("CUST_INFO_SPECIALIST"), role("CUST_INFO_SUPERVISOR")],
      seat: "wiper",
      meaning:
        "Confirms that it is wiped, and what shows that: technology, or who keeps the register; never its holder.",
      input: () => WipeDeviceCopyInput,
      effect: wipe,
      tells: { to: ["subject"], says: "A copy on your device has been wiped." },
    },
    recallForTerm: {
      ...{ ...recalled, from: ["KEPT"], when: "until", tells },
      meaning: "Its term is over.",
      effect: recalledFor("TERM_OVER"),
    },
    recallWithLoan: {
      ...{ ...recalled, from: ["KEPT"], tells },
      meaning:
        "The dossier has been struck off the loan register: what lies on the device goes (S004-P5-20).",
      effect: recalledFor("LOAN_OVER"),
    },
    loseGrant: {
      from: ["KEPT"],
      who: [system],
      meaning:
        "The grant by which the holder has it is over: another one in whose scope the customer is takes its place, or it is recalled.",
      effect: loseGrant,
    },
    recallWithGrant: {
      ...{ ...recalled, from: ["KEPT"], tells },
      meaning: "No grant of the holder's reaches the customer any more (S000-4.2c).",
      effect: recalledFor("GRANT_ENDED"),
    },
    recallWithDevice: {
      ...{ ...recalled, from: ["KEPT"], tells },
      meaning: "The device is given back (S001-P1-3.1.2.1).",
      effect: recalledFor("DEVICE_RETURNED"),
    },
    recallForScrap: {
      ...{ ...recalled, from: ["KEPT"], tells },
      meaning: "The device is to go for good (S001-P1-3.1.5).",
      effect: recalledFor("DEVICE_SCRAPPED"),
    },
    recallWithHolder: {
      ...{ ...recalled, from: ["KEPT"], tells, whenSubjectGoes: true },
      meaning: "The holder leaves, or leaves the post.",
      effect: recalledFor("HOLDER_GONE"),
    },
    lose: {
      from: [...onDevice],
      to: "LOST_WITH_DEVICE",
      who: [system],
      meaning: "The device has been lost: the incident says what is done (S004-P5-27).",
    },
    find: {
      ...{ ...recalled, from: ["LOST_WITH_DEVICE"], tells },
      meaning: "The device is found: what lies on it goes.",
      effect: recalledFor("DEVICE_FOUND"),
    },
    end: {
      from: ["LOST_WITH_DEVICE"],
      to: "GONE",
      who: [system],
      meaning: "The device has been written off.",
    },
  },
});
