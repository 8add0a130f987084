import type { Device as Row } from "../database/client.js";
import { nowhere, role, subject, system, workflow } from "../workflow/workflow.js";
import {
  ConfigureDeviceInput,
  EnterDeviceInput,
  RecoverDeviceInput,
  RegisterDeviceInput,
  StockInDeviceInput,
  WriteOffDeviceInput,
} from "./device.input.js";
import { Device } from "./device.type.js";
import {
  beforeScrap,
  configure,
  enterDevice,
  fallIdle,
  leaveHands,
  recover,
  register,
  restore,
  stockIn,
  takeUp,
  writeOff,
} from "./device-steps.js";

/** Where a device is there, and not gone for good. */
const there = [
  "ACCEPTED",
  "STOCKED",
  "CONFIGURED",
  "REGISTERED",
  "IN_USE",
  "IDLE",
  "FAULTY",
  "IN_REPAIR",
  "UNREPAIRABLE",
  "RENEWAL_PLANNED",
  "SCRAP_REQUESTED",
  "SCRAP_APPROVED",
  "RECOVERED",
] as const;

// What other forms bring (an allocation, a repair, a scrap sheet) is a step of their own here, taken by them: the state
// of a device is only ever written by this table.

export const deviceWorkflow = workflow<Row>()({
  type: Device,
  machine: "D2",
  title: "Life of a device",
  clause: "S000-4.1, 4.4, S001-P1-3.1, S004-P4-8, 22–24",
  model: "device",
  subject: "custodianId",
  unassigned: { department: "departmentCode", otherwise: "TECHNOLOGY" },
  seats: {},
  states: {
    ACCEPTED: { due: { workingDays: 1 }, waitsFor: ["stockIn"] },
    STOCKED: { waitsFor: ["configure"] },
    CONFIGURED: { waitsFor: ["register"] },
    REGISTERED: {},
    IN_USE: {},
    IDLE: {},
    FAULTY: {},
    IN_REPAIR: {},
    UNREPAIRABLE: {},
    RENEWAL_PLANNED: {},
    SCRAP_REQUESTED: {},
    SCRAP_APPROVED: {},
    SCRAPPED: { end: "It is gone; its file stays." },
    // It waits to be written off; that it is found nobody can be asked to see to.
    LOST: { waitsFor: ["writeOff"] },
    RECOVERED: {},
    WRITTEN_OFF: { end: "It is gone; its file stays." },
  },
  actions: {
    accept: {
      from: [nowhere],
      to: "ACCEPTED",
      who: [system],
      meaning: "It is delivered, and accepted against the contract (S004-P4-23).",
    },
    enter: {
      from: [nowhere],
      to: "STOCKED",
      who: [role("ADMIN_HR_CLERK")],
      note: "required",
      meaning:
        "Takes in a device that was not bought by a procurement: how it came stands in the history (our own step).",
      input: () => EnterDeviceInput,
      open: enterDevice,
    },
    import: {
      from: [nowhere],
      to: "REGISTERED",
      who: [system],
      meaning: "It comes with an import of the register.",
    },
    stockIn: {
      from: ["ACCEPTED"],
      to: "STOCKED",
      who: [role("ADMIN_HR_CLERK")],
      meaning: "Stocks it in, or enters it as a fixed asset, before anything is reimbursed (S004-P4-24).",
      input: () => StockInDeviceInput,
      effect: stockIn,
    },
    configure: {
      from: ["STOCKED"],
      to: "CONFIGURED",
      who: [role("IT_ENGINEER")],
      meaning: "Sets it up, and tests its connection and compatibility (S000-4.1b).",
      input: () => ConfigureDeviceInput,
      effect: configure,
    },
    register: {
      from: ["CONFIGURED"],
      to: "REGISTERED",
      who: [role("IT_ENGINEER")],
      meaning: "Gives it its number and its file (S000-4.1b).",
      input: () => RegisterDeviceInput,
      effect: register,
    },
    takeUp: {
      from: ["REGISTERED", "IDLE", "RECOVERED"],
      to: "IN_USE",
      who: [system],
      meaning: "Its user has accepted it: only now it lets customer data through (rulebook 2.4 F).",
      effect: takeUp,
    },
    fallIdle: {
      from: ["IN_USE"],
      to: "IDLE",
      who: [system],
      meaning: "It is not used, or has been given back (S001-P1-3.1.2.2).",
      effect: fallIdle,
    },
    condemn: {
      from: ["STOCKED", "CONFIGURED"],
      to: "UNREPAIRABLE",
      who: [role("IT_ENGINEER")],
      note: "required",
      meaning:
        "Has found that it cannot be set up, or that it is not the company's to use: it is let go instead (our own step: the rulebook has none).",
    },
    breakDown: {
      // A device can break before anybody has it, too.
      from: ["IN_USE", "IDLE", "REGISTERED", "RECOVERED"],
      to: "FAULTY",
      who: [system],
      meaning:
        "A fault has been reported: nothing is read on it until its user confirms the repair (S000-4.4b).",
    },
    goToRepair: {
      from: ["FAULTY"],
      to: "IN_REPAIR",
      who: [system],
      meaning: "A repairer has it (S001-P1-3.1.3).",
    },
    restore: {
      from: ["FAULTY", "IN_REPAIR"],
      to: ["IN_USE", "IDLE", "REGISTERED", "RECOVERED"],
      who: [system],
      meaning: "It works again: what it was before, or idle if nobody goes on using it.",
      effect: restore,
    },
    giveUp: {
      from: ["FAULTY", "IN_REPAIR"],
      to: "UNREPAIRABLE",
      who: [system],
      meaning: "It cannot be repaired (S000-4.4b).",
    },
    planRenewal: {
      from: ["IN_USE", "IDLE"],
      to: "RENEWAL_PLANNED",
      who: [system],
      meaning: "The day has come on which it is to be replaced (S000-4.4c).",
    },
    dropRenewal: {
      from: ["RENEWAL_PLANNED"],
      to: "IDLE",
      who: [system],
      meaning: "It is kept: another one has taken its place, or it is not replaced after all.",
      effect: fallIdle,
    },
    requestScrap: {
      from: ["UNREPAIRABLE", "RENEWAL_PLANNED"],
      to: "SCRAP_REQUESTED",
      who: [system],
      meaning: "It is proposed for scrapping (S001-P1-3.1.5).",
    },
    refuseScrap: {
      from: ["SCRAP_REQUESTED", "SCRAP_APPROVED"],
      to: ["UNREPAIRABLE", "RENEWAL_PLANNED"],
      who: [system],
      meaning: "It does not go after all: it is what it was before.",
      effect: beforeScrap,
    },
    approveScrap: {
      from: ["SCRAP_REQUESTED"],
      to: "SCRAP_APPROVED",
      who: [system],
      meaning: "Finance lets it go (S001-P1-3.1.5).",
    },
    scrap: {
      from: ["SCRAP_APPROVED"],
      to: "SCRAPPED",
      who: [system],
      meaning: "It is wiped and gone; its file stays.",
      effect: leaveHands,
    },
    lose: {
      from: [...there],
      to: "LOST",
      who: [subject, role("ADMIN_HR_CLERK"), role("IT_ENGINEER")],
      note: "required",
      meaning: "Reports that it is lost, at once: how, stands in the history (S002-4.2b, S004-P5-27).",
      mutation: "reportDeviceLost",
      effect: leaveHands,
      tells: {
        to: ["subject", "head"],
        says: "A device of yours, or of somebody of yours, is reported lost.",
      },
    },
    recover: {
      from: ["LOST"],
      to: ["RECOVERED", "STOCKED", "ACCEPTED"],
      who: [role("IT_ENGINEER")],
      note: "required",
      meaning:
        "It is found, and checked anew: somebody can be given it again; what had no number yet goes on from where it was, and is set up anew.",
      input: () => RecoverDeviceInput,
      effect: recover,
    },
    writeOff: {
      from: ["LOST"],
      to: "WRITTEN_OFF",
      who: [role("FINANCE_OFFICER")],
      note: "required",
      meaning: "Writes it off: it is lost for good, and what its custodian owes is fixed (S000-5.1c).",
      input: () => WriteOffDeviceInput,
      effect: writeOff,
    },
  },
});
