import { reasons } from "../../access/reasons.js";
import type { Allocation as Row } from "../../database/client.js";
import { type Sql, sql } from "../../reading/sql.js";
import { forAdministration } from "../../workflow/administration.js";
import type { Actor, Facts } from "../../workflow/facts.js";
import { isAtWork } from "../../workflow/why-not.js";
import { head, nowhere, role, standIn, subject, system, workflow } from "../../workflow/workflow.js";
import { deviceWorkflow } from "../device.workflow.js";
import { accept, allocate, end, issue, requestAllocation } from "./allocate.js";
import {
  AcceptAllocationInput,
  AllocateDeviceInput,
  CheckReturnedDeviceInput,
  IssueAllocationInput,
  ReassignDeviceInput,
  RequestAllocationInput,
  UpdateIdleDeviceFileInput,
} from "./allocation.input.js";
import { Allocation } from "./allocation.type.js";
import {
  checkReturned,
  endWithDevice,
  reassign,
  requestTransfer,
  resume,
  returnDevice,
} from "./hand-back.js";
import { lookAtUse, reportIdle, updateFile } from "./idle.js";

/** Administration decides need and allocation, technology makes ready and takes back (rulebook 6-07). */
const administration = [role("ADMIN_HR_CLERK"), role("ADMIN_HEAD"), forAdministration];
const technology = [role("IT_ENGINEER"), standIn("GENERAL_MANAGER", "TECHNOLOGY")];

/** For steps that decide nothing about what somebody did in another seat. */
const anySeat = ["requester", "allocator", "issuer", "deptChecker", "itChecker"] as const;

/** Of forms that name a device: those of the device that an allocation is of. */
export const ofItsDevice = (row: Sql, id: string): Sql =>
  sql`${row}."deviceId" = (SELECT a."deviceId" FROM "Allocation" a WHERE a."id" = ${id})`;

/** Before anybody has it. */
const open = ["REQUESTED", "ALLOCATED", "ISSUED"] as const;
/** Its user has it. */
const held = ["ACCEPTED", "IDLE_REPORTED", "FILE_UPDATED"] as const;
const goingBack = ["TRANSFER_REQUESTED", "CHECKED_DEPT", "CHECKED_IT"] as const;

/** Who is about to go gives back, and takes nothing. */
const atWork = (_facts: Facts<Row>, actor: Actor) => (isAtWork(actor) ? null : reasons.notActive);

export const allocationWorkflow = workflow<Row>()({
  type: Allocation,
  machine: "F",
  title: "Allocation and return of a device",
  clause: "S000-4.1c, 5.1b, S001-P1-3.1.2, S004-P4-22, 24, rulebook 6-06, 6-07",
  model: "allocation",
  subject: "userId",
  seats: {
    requester: { by: "requestedById", at: "requestedAt" },
    allocator: { by: "allocatedById", at: "allocatedAt" },
    issuer: { by: "issuedById", at: "issuedAt" },
    deptChecker: { by: "checkedDeptById", at: "checkedDeptAt" },
    itChecker: { by: "checkedItById", at: "checkedItAt" },
  },
  states: {
    REQUESTED: { due: { workingDays: 1 }, waitsFor: ["allocate"] },
    ALLOCATED: { due: { workingDays: 1 }, waitsFor: ["issue"] },
    ISSUED: { waitsFor: ["accept"] },
    ACCEPTED: {},
    IDLE_REPORTED: { due: { workingDays: 1 }, waitsFor: ["updateFile"] },
    FILE_UPDATED: {},
    TRANSFER_REQUESTED: { due: { workingDays: 1 }, waitsFor: ["checkDepartment"] },
    CHECKED_DEPT: { due: { workingDays: 1 }, waitsFor: ["checkTechnology"] },
    CHECKED_IT: { due: { workingDays: 1 }, waitsFor: ["return", "reassign"] },
    RETURNED: { end: "The device can be allocated anew." },
    REASSIGNED: { end: "The device is allocated to somebody else." },
    REFUSED: { end: "The head can ask anew." },
    DECLINED: { end: "The device can be allocated anew." },
    WITHDRAWN: { end: "The head can ask anew." },
    ENDED: { end: "The device is lost or gone." },
  },
  follows: [
    {
      ...{ of: deviceWorkflow, steps: ["lose", "scrap"] },
      ...{ by: "deviceId", action: "end" },
    },
  ],
  actions: {
    request: {
      from: [nowhere],
      to: "REQUESTED",
      who: [head],
      seat: "requester",
      meaning: "Asks for a device for somebody of the department, with the need (S000-4.1c).",
      input: () => RequestAllocationInput,
      open: requestAllocation,
    },
    allocate: {
      from: ["REQUESTED"],
      to: "ALLOCATED",
      who: administration,
      seat: "allocator",
      meaning: "Chooses the device: one that nobody else has (S000-4.1c, rulebook 6-07).",
      mutation: "allocateDevice",
      input: () => AllocateDeviceInput,
      effect: allocate,
    },
    refuse: {
      from: ["REQUESTED"],
      to: "REFUSED",
      who: administration,
      note: "required",
      meaning: "Refuses it (our own step: the rulebook has none).",
      effect: end,
    },
    issue: {
      from: ["ALLOCATED"],
      to: "ISSUED",
      who: technology,
      seat: "issuer",
      alsoBy: ["requester"],
      meaning:
        "Makes it ready, with address and seal; it needs its invoice (S001-P1-3.2.5, S004-P4-22, 24). It leaves the desk with the user's signature.",
      input: () => IssueAllocationInput,
      effect: issue,
      tells: { to: ["subject"], says: "A device is ready to be taken and signed for." },
    },
    accept: {
      from: ["ISSUED"],
      to: "ACCEPTED",
      who: [subject],
      meaning:
        "Signs the terms, trained in all three topics, and takes the device: it is in use (S000-4.2a, 5.1b).",
      input: () => AcceptAllocationInput,
      requires: atWork,
      effect: accept,
    },
    decline: {
      from: ["ISSUED"],
      to: "DECLINED",
      who: [subject],
      note: "required",
      meaning: "Does not take the device (our own step: the rulebook has none).",
      effect: end,
    },
    withdraw: {
      from: [...open],
      to: "WITHDRAWN",
      who: [head],
      alsoBy: [...anySeat],
      meaning: "Takes the request back before anybody has the device (our own step: the rulebook has none).",
      effect: end,
    },
    drop: {
      from: [...open],
      to: "WITHDRAWN",
      who: [system],
      whenSubjectGoes: true,
      meaning:
        "The user leaves, or leaves the post; what is in their hands is given back before that is closed.",
      effect: end,
    },
    reportIdle: {
      from: ["ACCEPTED"],
      to: "IDLE_REPORTED",
      who: [head, subject],
      alsoBy: [...anySeat],
      meaning:
        "Reports that it is not used: it lets nothing through from now on (S000-4.1c, S001-P1-3.1.2.2).",
      mutation: "reportDeviceIdle",
      effect: reportIdle,
    },
    lookAtUse: {
      from: ["ACCEPTED"],
      to: ["IDLE_REPORTED", "ACCEPTED"],
      who: [system],
      when: "unusedAt",
      meaning: "Has it been seen within 30 days? If not, it is reported as idle (rulebook 2.4 F).",
      effect: lookAtUse,
    },
    updateFile: {
      from: ["IDLE_REPORTED"],
      to: "FILE_UPDATED",
      who: [role("ADMIN_HR_CLERK"), forAdministration],
      alsoBy: [...anySeat],
      meaning:
        "Enters in the device's file that it is idle, and since when (S001-P1-3.1.2.2, rulebook 6-06).",
      mutation: "updateIdleDeviceFile",
      input: () => UpdateIdleDeviceFileInput,
      effect: updateFile,
    },
    resume: {
      // Its user has it, and it is idle: by a report, because its renewal was dropped, or until it was set up anew.
      from: [...held],
      to: "ACCEPTED",
      who: [subject],
      meaning: "Uses it again (our own step: the rulebook has none).",
      mutation: "resumeDevice",
      requires: atWork,
      effect: resume,
    },
    requestTransfer: {
      from: [...held],
      to: "TRANSFER_REQUESTED",
      who: [subject],
      meaning:
        "Gives it back, before leaving or changing post at the latest: it lets nothing through from now on (S001-P1-3.1.2.1).",
      mutation: "requestDeviceTransfer",
      effect: requestTransfer,
    },
    recall: {
      from: [...held],
      to: "TRANSFER_REQUESTED",
      who: [role("ADMIN_HR_CLERK"), role("ADMIN_HEAD")],
      alsoBy: [...anySeat],
      note: "required",
      meaning:
        "Calls it back from a user who cannot or does not give it back (our own step: the rulebook has none).",
      mutation: "recallDevice",
      effect: requestTransfer,
      tells: { to: ["subject", "head"], says: "A device is called back." },
    },
    withdrawTransfer: {
      from: ["TRANSFER_REQUESTED", "CHECKED_DEPT"],
      to: "IDLE_REPORTED",
      who: [subject],
      meaning: "Keeps it after all; it is idle until it is used again (our own step: the rulebook has none).",
      mutation: "withdrawDeviceTransfer",
      requires: atWork,
    },
    refuseTransfer: {
      from: ["TRANSFER_REQUESTED"],
      to: "IDLE_REPORTED",
      who: [head],
      alsoBy: [...anySeat],
      note: "required",
      meaning: "Does not let it go yet (our own step: the rulebook has none).",
      mutation: "refuseDeviceTransfer",
    },
    checkDepartment: {
      from: ["TRANSFER_REQUESTED"],
      to: "CHECKED_DEPT",
      who: [head],
      seat: "deptChecker",
      alsoBy: ["requester", "allocator", "issuer"],
      meaning: "Lets it go for the department (S001-P1-3.1.2.1).",
      mutation: "agreeToDeviceTransfer",
    },
    checkTechnology: {
      from: ["CHECKED_DEPT"],
      to: "CHECKED_IT",
      who: technology,
      seat: "itChecker",
      alsoBy: ["requester", "issuer"],
      meaning: "Has it back and checks it: seal, completeness, wiped of customer data (S001-P1-3.1.2.1).",
      mutation: "checkReturnedDevice",
      input: () => CheckReturnedDeviceInput,
      effect: checkReturned,
    },
    return: {
      from: ["CHECKED_IT"],
      to: "RETURNED",
      who: technology,
      alsoBy: [...anySeat],
      meaning: "Takes it into stock: it is idle and nobody's, and its address is free.",
      mutation: "returnDevice",
      effect: returnDevice,
    },
    reassign: {
      from: ["CHECKED_IT"],
      to: "REASSIGNED",
      who: administration,
      alsoBy: [...anySeat],
      meaning: "Lets it go on to somebody whose head has asked for one: it is allocated to them at once.",
      mutation: "reassignDevice",
      input: () => ReassignDeviceInput,
      effect: reassign,
    },
    end: {
      from: ["ALLOCATED", "ISSUED", ...held, ...goingBack],
      to: "ENDED",
      who: [system],
      meaning: "The device is lost, or scrapped.",
      effect: endWithDevice,
    },
  },
});
