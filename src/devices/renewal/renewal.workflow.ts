import type { RenewalPlan as Row } from "../../database/client.js";
import { type Sql, sql } from "../../reading/sql.js";
import { nowhere, role, system, workflow } from "../../workflow/workflow.js";
import { allocationWorkflow, ofItsDevice } from "../allocations/allocation.workflow.js";
import { deviceWorkflow } from "../device.workflow.js";
import { planRenewal } from "./plan-renewal.js";
import { running } from "./renewal.enums.js";
import { PlanDeviceRenewalInput, ReplaceDeviceInput } from "./renewal.input.js";
import { RenewalPlan } from "./renewal.type.js";
import { changeHands, keep, letGo, notToDecide, replace, takeOut } from "./renewal-steps.js";

const administration = [role("ADMIN_HR_CLERK"), role("ADMIN_HEAD")];

// Whoever planned it may come to have the device, and whoever has it may change: there is no seat, and whose it is decides.

const inOtherHands = (row: Sql): Sql => sql`${row}."custodianId" IS DISTINCT FROM (
  SELECT d."custodianId" FROM "Device" d WHERE d."id" = ${row}."deviceId")`;

export const renewalWorkflow = workflow<Row>()({
  type: RenewalPlan,
  machine: "D6",
  title: "Renewal of a device",
  clause: "S000-4.4c, rulebook 2.4 D",
  model: "renewalPlan",
  subject: "custodianId",
  unassigned: { otherwise: "TECHNOLOGY" },
  seats: {},
  states: {
    PLANNED: {},
    DUE: { due: { workingDays: 10 }, waitsFor: ["replace"] },
    EXECUTED: { end: "Another plan can be made." },
    DROPPED: { end: "Another plan can be made." },
  },
  follows: [
    { of: deviceWorkflow, steps: ["approveScrap"], by: "deviceId", action: "letGo" },
    { of: deviceWorkflow, steps: ["lose", "scrap"], by: "deviceId", action: "lapse" },
    {
      ...{
        of: deviceWorkflow,
        steps: ["takeUp", "fallIdle", "recover"],
        by: "deviceId",
        action: "changeHands",
      },
      only: inOtherHands,
    },
    {
      ...{ of: allocationWorkflow, steps: ["return", "reassign"], by: ofItsDevice },
      ...{ action: "changeHands", only: inOtherHands },
    },
    { of: deviceWorkflow, steps: ["restore", "takeUp"], by: "deviceId", action: "catchUp" },
  ],
  reminders: [
    {
      states: ["PLANNED"],
      of: "comesAt",
      hoursBefore: 30 * 24,
      to: ["subject", "ADMIN_HR_CLERK"],
      says: "A device is to be replaced within 30 days.",
    },
    {
      states: ["PLANNED"],
      of: "comesAt",
      hoursBefore: 7 * 24,
      to: ["subject", "head", "ADMIN_HR_CLERK"],
      says: "A device is to be replaced within 7 days.",
    },
    {
      states: ["DUE"],
      of: "dueAt",
      daily: true,
      to: ["ADMIN_HR_CLERK", "ADMIN_HEAD"],
      says: "The renewal of a device is overdue.",
    },
  ],
  more: (row) => sql`(
    SELECT json_build_object('deviceState', d."state", 'custodianId', d."custodianId") FROM "Device" d WHERE d."id" = ${row}."deviceId")`,
  actions: {
    plan: {
      from: [nowhere],
      to: "PLANNED",
      who: administration,
      meaning:
        "Has assessed why a device is to be replaced and whether it can be, and says when (S000-4.4c).",
      mutation: "planDeviceRenewal",
      input: () => PlanDeviceRenewalInput,
      open: planRenewal,
    },
    comeDue: {
      from: ["PLANNED"],
      to: "DUE",
      who: [system],
      when: "comesAt",
      meaning: "Its day has come: the device is not used any more, or not again where it is being repaired.",
      effect: takeOut,
      tells: {
        to: ["subject", "head", "ADMIN_HR_CLERK"],
        says: "The day has come on which a device is to be replaced.",
      },
    },
    catchUp: {
      from: ["DUE"],
      who: [system],
      meaning: "The device is there again after its day had come: it is not used any more.",
      effect: takeOut,
    },
    changeHands: {
      from: [...running],
      who: [system],
      meaning: "Somebody else has the device now, and hears of its renewal.",
      effect: changeHands,
    },
    replace: {
      from: ["DUE"],
      to: "EXECUTED",
      who: administration,
      requires: notToDecide,
      meaning: "Another device has taken its place; this one lies idle (S000-4.4c).",
      mutation: "replaceDevice",
      input: () => ReplaceDeviceInput,
      effect: replace,
    },
    letGo: {
      from: ["DUE"],
      to: "EXECUTED",
      who: [system],
      meaning: "Finance lets the device go (S001-P1-3.1.5).",
      effect: letGo,
    },
    drop: {
      from: [...running],
      to: "DROPPED",
      who: administration,
      note: "required",
      requires: notToDecide,
      meaning: "It is not replaced after all; if its day had come, it lies idle.",
      mutation: "dropDeviceRenewal",
      effect: keep,
      tells: { to: ["subject"], says: "A device is not replaced after all." },
    },
    lapse: {
      from: [...running],
      to: "DROPPED",
      who: [system],
      meaning: "The device has been lost or scrapped meanwhile.",
    },
  },
});
