import type { Reason } from "../../access/reasons.js";
import type { Fault as Row } from "../../database/client.js";
import { sql } from "../../reading/sql.js";
import type { Actor, Facts } from "../../workflow/facts.js";
import { head, named, nowhere, role, subject, system, workflow } from "../../workflow/workflow.js";
import { deviceWorkflow } from "../device.workflow.js";
import {
  DeclareUnrepairableInput,
  DiagnoseFaultInput,
  FinishRepairInput,
  ReportFaultInput,
  SendOutForRepairInput,
} from "./fault.input.js";
import { Fault } from "./fault.type.js";
import { toAcknowledge } from "./fault-terms.js";
import {
  close,
  confirmRepair,
  diagnose,
  finishRepair,
  giveUp,
  reopen,
  sendOut,
  startRepair,
  takeBack,
  withdraw,
} from "./repair-fault.js";
import { reportFault } from "./report-fault.js";

// Whom a fault is about is whoever has the device: nobody repairs their own (rulebook 6-05), as nobody decides for
// themselves.

/** Any repairer goes on with what another one has begun. */
const repairers = { who: [role("REPAIRER")], alsoBy: ["repairer"] } as const;

/** Whoever has it; where they have handed it back, or go, whoever answers for it. */
const users = [subject, head, role("ADMIN_HR_CLERK")];

const notItsUser = ({ subject: { id, status }, more }: Facts<Row>, actor: Actor): Reason | null =>
  id === "" || status !== "ACTIVE" || !more.withThem || actor.id === id
    ? null
    : { code: "NOT_YOUR_ROLE", needs: "whoever has the device" };

/** How long it can be opened again, days. */
const reopenable = 7;
const day = 86_400_000;

const notToReopen = (facts: Facts<Row>, actor: Actor): Reason | null =>
  notItsUser(facts, actor) ??
  (actor.now.getTime() <= new Date(facts.row.confirmedAt!).getTime() + reopenable * day
    ? null
    : {
        code: "WRONG_STATE",
        needs: `at most ${reopenable} days since it was confirmed: report a new fault`,
      });

const notToWithdraw = ({ row }: Facts<Row>, actor: Actor): Reason | null => {
  if (row.reportedById !== actor.id) return { code: "NOT_YOUR_ROLE", needs: "whoever reported it" };
  return row.ackAt ? { code: "WRONG_STATE", needs: "a fault that no repairer has taken yet" } : null;
};

/** What is sent out is sent by technology alone (S001-P1-3.1.3). */
const notOfTechnology = (_facts: Facts<Row>, { department }: Actor): Reason | null =>
  department === "TECHNOLOGY" ? null : { code: "NOT_YOUR_ROLE", needs: "somebody of TECHNOLOGY" };

export const faultWorkflow = workflow<Row>()({
  type: Fault,
  machine: "E",
  title: "Fault and repair",
  clause: "S000-4.2b, 4.4b, S001-P1-3.1.3, 3.2.2, rulebook 6-05",
  model: "fault",
  subject: "custodianId",
  unassigned: { department: "departmentCode", otherwise: "TECHNOLOGY" },
  seats: { repairer: { by: "repairerId", at: "ackAt" } },
  states: {
    REPORTED: { due: toAcknowledge, waitsFor: ["acknowledge"] },
    ACKNOWLEDGED: { dueBy: "confirmBy", waitsFor: ["diagnose"] },
    DIAGNOSED: { dueBy: "confirmBy", waitsFor: ["startRepair", "giveUp"] },
    IN_REPAIR: { dueBy: "confirmBy", waitsFor: ["finish"] },
    SENT_OUT: { dueBy: "confirmBy", waitsFor: ["takeBack"] },
    BACK: { dueBy: "confirmBy", waitsFor: ["finish"] },
    REPAIRED: { dueBy: "confirmBy", waitsFor: ["confirm"] },
    CONFIRMED: {},
    UNREPAIRABLE: { end: "The device can be proposed for scrapping." },
    WITHDRAWN: { end: "The device is as it was; what breaks is reported anew." },
    CLOSED: { end: "The device is lost, or was; what is wrong with it then is reported anew." },
  },
  follows: [
    {
      of: deviceWorkflow,
      steps: ["lose"],
      by: "deviceId",
      action: "close",
    },
  ],
  reminders: [
    {
      states: ["REPORTED"],
      of: "dueAt",
      to: ["REPAIRER"],
      says: "A fault has not been acknowledged in time.",
    },
    {
      states: ["REPORTED", "ACKNOWLEDGED", "DIAGNOSED", "IN_REPAIR", "SENT_OUT", "BACK"],
      of: "confirmBy",
      daily: true,
      to: ["REPAIRER"],
      says: "A fault has not been repaired in time.",
    },
    {
      states: ["REPAIRED"],
      of: "confirmBy",
      daily: true,
      to: ["subject", "head"],
      says: "A repair has not been confirmed in time.",
    },
  ],
  more: (row) => sql`json_build_object(
    'reporterId', ${row}."reportedById",
    'withThem', (SELECT d."custodianId" = ${row}."custodianId" FROM "Device" d WHERE d."id" = ${row}."deviceId"))`,
  actions: {
    report: {
      from: [nowhere],
      to: "REPORTED",
      who: [subject, role("DEPT_HEAD"), role("ADMIN_HR_CLERK"), role("IT_ENGINEER"), role("REPAIRER")],
      meaning: "Reports a fault of a device, at once: nothing is read on it from now on (S001-P1-3.2.2).",
      input: () => ReportFaultInput,
      open: reportFault,
      tells: { to: ["REPAIRER", "head", "subject"], says: "A fault of a device has been reported." },
    },
    withdraw: {
      from: ["REPORTED"],
      to: "WITHDRAWN",
      who: [subject, named("reporterId", "whoever reported it")],
      requires: notToWithdraw,
      meaning:
        "It was a false alarm: the device goes back before a repairer takes it (our own step: the rulebook has none).",
      effect: withdraw,
    },
    acknowledge: {
      from: ["REPORTED"],
      to: "ACKNOWLEDGED",
      ...repairers,
      seat: "repairer",
      meaning: "Takes it, within four working hours (S000-4.4b).",
    },
    diagnose: {
      from: ["ACKNOWLEDGED"],
      to: "DIAGNOSED",
      ...repairers,
      meaning: "Finds out what is wrong (S000-4.4b).",
      input: () => DiagnoseFaultInput,
      effect: diagnose,
    },
    startRepair: {
      from: ["DIAGNOSED"],
      to: "IN_REPAIR",
      ...repairers,
      meaning: "Takes the device to repair (S001-P1-3.1.3).",
      mutation: "startRepair",
      effect: startRepair,
    },
    sendOut: {
      from: ["IN_REPAIR", "BACK"],
      to: "SENT_OUT",
      who: [role("REPAIRER"), role("IT_ENGINEER")],
      alsoBy: ["repairer"],
      requires: notOfTechnology,
      meaning:
        "Sends it to a professional centre, wiped or sealed; only technology does. Its review for classified records is void (S001-P1-3.1.3).",
      mutation: "sendOutForRepair",
      input: () => SendOutForRepairInput,
      effect: sendOut,
    },
    takeBack: {
      from: ["SENT_OUT"],
      to: "BACK",
      who: [role("REPAIRER"), role("IT_ENGINEER")],
      alsoBy: ["repairer"],
      requires: notOfTechnology,
      meaning: "Has it back from there.",
      mutation: "takeBackFromRepair",
      effect: takeBack,
    },
    finish: {
      from: ["IN_REPAIR", "BACK"],
      to: "REPAIRED",
      ...repairers,
      meaning: "Has repaired it, and hands it back: with what it cost, and what was changed (S000-4.4b).",
      mutation: "finishRepair",
      input: () => FinishRepairInput,
      effect: finishRepair,
      tells: { to: ["subject"], says: "Your device is repaired: does it work?" },
    },
    giveUp: {
      from: ["DIAGNOSED", "IN_REPAIR", "BACK"],
      to: "UNREPAIRABLE",
      ...repairers,
      meaning: "It cannot be repaired: the verdict without which nothing is scrapped (S000-4.4b).",
      mutation: "declareUnrepairable",
      input: () => DeclareUnrepairableInput,
      effect: giveUp,
      tells: { to: ["subject", "ADMIN_HR_CLERK"], says: "A device cannot be repaired." },
    },
    confirm: {
      from: ["REPAIRED"],
      to: "CONFIRMED",
      who: users,
      requires: notItsUser,
      meaning:
        "It works: the device is in use again. By its user; where nobody has it, or has gone, by who answers for it (S000-4.4b).",
      mutation: "confirmRepair",
      effect: confirmRepair,
    },
    rejectRepair: {
      from: ["REPAIRED"],
      to: "IN_REPAIR",
      who: users,
      note: "required",
      requires: notItsUser,
      meaning: "It does not work: the repair goes on (our own step: the rulebook has none).",
      mutation: "rejectRepair",
      tells: { to: ["REPAIRER"], says: "A device does not work after its repair." },
    },
    reopen: {
      from: ["CONFIRMED"],
      to: "REPORTED",
      who: users,
      note: "required",
      requires: notToReopen,
      meaning: "It does not work after all, at most seven days later: the device is out of order again.",
      effect: reopen,
      tells: { to: ["REPAIRER", "head"], says: "A fault of a device has been opened again." },
    },
    close: {
      from: ["REPORTED", "ACKNOWLEDGED", "DIAGNOSED", "IN_REPAIR", "SENT_OUT", "BACK", "REPAIRED"],
      to: "CLOSED",
      who: [system],
      meaning: "The device has been lost.",
      effect: close,
    },
  },
});
