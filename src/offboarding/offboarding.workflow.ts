import type { Offboarding as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import { reviewers } from "../workflow/administration.js";
import { head, nowhere, role, standIn, subject, system, workflow } from "../workflow/workflow.js";
import {
  ConfirmOffboardingInput,
  HandOverOffboardingInput,
  PromiseSecrecyInput,
} from "./offboarding.input.js";
import { Offboarding } from "./offboarding.type.js";
import {
  clear,
  closeOffboarding,
  confirmOffboarding,
  handOver,
  nothingOpen,
  promiseSecrecy,
  takeEffect,
} from "./offboarding-steps.js";
import { openItemsToSql } from "./open-items.js";

export const offboardingWorkflow = workflow<Row>()({
  type: Offboarding,
  machine: "O",
  title: "Leaving, and change of post",
  clause: "S001-P1-3.1.2.1, 3.3-O4, S002-4.2a, S003-6.2.2",
  model: "offboarding",
  subject: "employeeId",
  seats: {
    confirmer: { by: "confirmedById", at: "confirmedAt" },
    head: { by: "headClearedById", at: "headClearedAt" },
    technology: { by: "technologyClearedById", at: "technologyClearedAt" },
    specialist: { by: "specialistClearedById", at: "specialistClearedAt" },
    closer: { by: "closedById", at: "closedAt" },
  },
  states: {
    CONFIRMED: { dueBy: "effectiveAt" },
    ITEMS_OPEN: {
      dueBy: "permissionFormDueAt",
      waitsFor: [
        "promise",
        "filePermissionForm",
        "handOver",
        "clearDepartment",
        "clearDevices",
        "clearMaterial",
      ],
    },
    ITEMS_CLEARED: { due: { workingDays: 1 }, waitsFor: ["close"] },
    CLOSED: { end: "Who has left is gone; who has changed post applies anew." },
    CANCELLED: { end: "Everything stays as it was; it can be confirmed anew." },
  },
  // The day itself is what `takeEffect` tells.
  reminders: [
    {
      states: ["ITEMS_OPEN"],
      of: "effectiveAt",
      hoursAfter: 24,
      to: ["subject", "head"],
      says: "Items are still open.",
    },
    {
      // After a stop it takes effect later than this is due.
      states: ["CONFIRMED", "ITEMS_OPEN"],
      of: "permissionFormDueAt",
      unless: "permissionFormAt",
      to: ["head", "ADMIN_REVIEWER"],
      says: "The system-permission approval form is due.",
    },
    {
      states: ["ITEMS_OPEN"],
      of: "permissionFormDueAt",
      to: ["subject", "head"],
      says: "Items are still open.",
    },
  ],
  more: (row) => sql`json_build_object('items', ${openItemsToSql(row)})`,
  actions: {
    confirm: {
      from: [nowhere],
      to: "CONFIRMED",
      who: [head],
      seat: "confirmer",
      meaning:
        "Confirms that somebody leaves or changes post; every grant ends when it takes effect (rulebook 6-21).",
      input: () => ConfirmOffboardingInput,
      open: confirmOffboarding,
      tells: {
        to: ["subject", "ADMIN_REVIEWER", "ACCESS_IMPLEMENTER"],
        says: "Leaving or a change of post is confirmed.",
      },
    },
    takeEffect: {
      from: ["CONFIRMED"],
      to: "ITEMS_OPEN",
      who: [system],
      when: "effectiveAt",
      meaning: "Takes effect: grants are revoked, and what is open is to be settled.",
      effect: takeEffect,
      tells: {
        to: ["subject", "head", "CUST_INFO_SPECIALIST", "IT_ENGINEER"],
        says: "What is open is to be settled.",
      },
    },
    cancel: {
      from: ["CONFIRMED"],
      to: "CANCELLED",
      who: [head],
      alsoBy: ["confirmer"],
      note: "required",
      meaning: "Takes it back before it takes effect (our own step: the rulebook has none).",
      tells: {
        to: ["subject", "ADMIN_REVIEWER", "ACCESS_IMPLEMENTER"],
        says: "Leaving or a change of post is taken back.",
      },
    },
    filePermissionForm: {
      from: ["CONFIRMED", "ITEMS_OPEN"],
      who: [head],
      alsoBy: ["confirmer", "head"],
      meaning: "Files the system-permission approval form (S001-P1-3.3-O4).",
      mutation: "filePermissionForm",
      effect: async ({ now }) => ({ set: { permissionFormAt: now } }),
      requires: ({ row }) =>
        row.permissionFormAt ? { code: "WRONG_STATE", needs: "a form that has not been filed" } : null,
    },
    promise: {
      from: ["CONFIRMED", "ITEMS_OPEN"],
      who: [subject],
      meaning: "Promises secrecy for the time after leaving (S002-4.2a).",
      mutation: "promiseSecrecy",
      input: () => PromiseSecrecyInput,
      requires: ({ row }) => {
        if (row.kind === "TRANSFER") return { code: "WRONG_STATE", needs: "somebody who leaves" };
        return row.commitmentUntil
          ? { code: "WRONG_STATE", needs: "a promise that has not been given" }
          : null;
      },
      effect: promiseSecrecy,
    },
    handOver: {
      from: ["CONFIRMED", "ITEMS_OPEN"],
      who: [head],
      alsoBy: ["confirmer", "head"],
      meaning: "Hands the list, and the customers and dossiers of whoever goes, over to a successor.",
      input: () => HandOverOffboardingInput,
      effect: handOver,
    },
    clearDepartment: {
      from: ["ITEMS_OPEN"],
      to: ["ITEMS_OPEN", "ITEMS_CLEARED"],
      who: [head],
      seat: "head",
      alsoBy: ["confirmer"],
      meaning: "The department has back what is its own.",
      requires: nothingOpen("head"),
      effect: clear("head"),
    },
    clearDevices: {
      from: ["ITEMS_OPEN"],
      to: ["ITEMS_OPEN", "ITEMS_CLEARED"],
      who: [role("IT_ENGINEER"), standIn("GENERAL_MANAGER", "TECHNOLOGY")],
      seat: "technology",
      meaning: "Technology has the devices back (S001-P1-3.1.2.1).",
      requires: nothingOpen("technology"),
      effect: clear("technology"),
    },
    clearMaterial: {
      from: ["ITEMS_OPEN"],
      to: ["ITEMS_OPEN", "ITEMS_CLEARED"],
      who: [role("CUST_INFO_SPECIALIST"), standIn("CUST_INFO_SUPERVISOR", "CUSTOMER_SERVICE")],
      seat: "specialist",
      meaning: "Customer material is back: loans and declarations are settled (S002-4.2a).",
      requires: nothingOpen("specialist"),
      effect: clear("specialist"),
    },
    close: {
      from: ["ITEMS_CLEARED"],
      to: "CLOSED",
      who: [...reviewers, role("ADMIN_HR_CLERK")],
      seat: "closer",
      meaning: "Closes it: nothing is open any more.",
      requires: nothingOpen(),
      effect: closeOffboarding,
    },
  },
});
