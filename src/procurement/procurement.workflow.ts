import type { Procurement as Row } from "../database/client.js";
import type { Actor, Facts } from "../workflow/facts.js";
import { nowhere, role, standIn, subject, subjectOf, system, workflow } from "../workflow/workflow.js";
import { acceptDelivery, returnDelivery } from "./check-delivery.js";
import { order } from "./order.js";
import {
  AcceptProcurementInput,
  AssessOralWishInput,
  AssessProcurementInput,
  OrderProcurementInput,
  RequestProcurementInput,
  ReturnToSupplierInput,
  WishProcurementInput,
} from "./procurement.input.js";
import { Procurement } from "./procurement.type.js";
import { assessNeed, assessOralWish, deliver, mayWish, requestPurchase, wish } from "./wish.js";

const administration = [role("ADMIN_REVIEWER"), role("ADMIN_HR_CLERK")];

/** Nobody approves what they wish themselves: for the general manager the head of administration does (rulebook 6-31). */
const deciders = [role("GENERAL_MANAGER"), standIn("ADMIN_HEAD", "MANAGEMENT")];

const onlyForTheManager = ({ subject: about }: Facts<Row>, { roles }: Actor) =>
  roles.includes("GENERAL_MANAGER") || about.roles.includes("GENERAL_MANAGER")
    ? null
    : { code: "NOT_YOUR_ROLE" as const, needs: "GENERAL_MANAGER" };

/** One engineer orders, takes in and checks. */
const technology = ["orderer", "inspector"] as const;

export const procurementWorkflow = workflow<Row>()({
  type: Procurement,
  machine: "D",
  title: "Procurement of devices",
  clause: "S000-4.1a, S001-P1-3.1.1, S004-P4-7, 23",
  model: "procurement",
  subject: "wishedById",
  // What the half-yearly assessment finds is nobody's own wish.
  unassigned: { department: "departmentCode", otherwise: "ADMINISTRATION" },
  seats: {
    assessor: { by: "assessedById", at: "assessedAt" },
    requester: { by: "requestedById", at: "requestedAt" },
    decider: { by: "decidedById", at: "decidedAt" },
    orderer: { by: "orderedById", at: "orderedAt" },
    inspector: { by: "inspectedById", at: "inspectedAt" },
  },
  states: {
    WISHED: { waitsFor: ["assess"] },
    NEED_ASSESSED: { waitsFor: ["request"] },
    REQUESTED: { waitsFor: ["approve"] },
    APPROVED: { waitsFor: ["order"] },
    REJECTED: { end: "It can be wished anew." },
    ORDERED: { waitsFor: ["deliver"] },
    DELIVERED: { due: { workingDays: 3 }, waitsFor: ["accept", "return"] },
    ACCEPTED: { end: "What follows is the life of each device." },
    RETURNED_TO_SUPPLIER: { waitsFor: ["deliver", "cancel"] },
    WITHDRAWN: { end: "It can be wished anew." },
    CANCELLED: { end: "It can be wished anew." },
  },
  reminders: [
    {
      states: ["DELIVERED"],
      of: "dueAt",
      daily: true,
      to: ["IT_ENGINEER"],
      says: "A delivery waits to be checked against its contract.",
    },
  ],
  actions: {
    wish: {
      from: [nowhere],
      to: "WISHED",
      who: [subjectOf(...mayWish)],
      meaning:
        "Wishes devices: a draft for the clerk, as departments do not apply to the company themselves (S001-P1-3.1.1).",
      mutation: "wishProcurement",
      input: () => WishProcurementInput,
      open: wish,
    },
    assessOral: {
      from: [nowhere],
      to: "NEED_ASSESSED",
      who: administration,
      seat: "assessor",
      meaning:
        "Writes down what a department has wished by word of mouth, and assesses the need (S001-P1-3.1.1).",
      mutation: "assessOralWish",
      input: () => AssessOralWishInput,
      open: assessOralWish,
    },
    assessRound: {
      from: [nowhere],
      to: "NEED_ASSESSED",
      who: [system],
      meaning: "The half-yearly assessment has found the need: whoever did that is its assessor (S000-4.1a).",
    },
    assess: {
      from: ["WISHED"],
      to: "NEED_ASSESSED",
      who: administration,
      seat: "assessor",
      meaning: "Assesses the need: nothing is bought without it (S000-4.1a).",
      input: () => AssessProcurementInput,
      effect: assessNeed,
    },
    decline: {
      from: ["WISHED"],
      to: "REJECTED",
      who: administration,
      seat: "assessor",
      note: "required",
      meaning: "Finds that it is not needed (our own step: the rulebook has none).",
    },
    request: {
      from: ["NEED_ASSESSED"],
      to: "REQUESTED",
      who: [role("ADMIN_HR_CLERK"), standIn("ADMIN_REVIEWER", "ADMINISTRATION")],
      seat: "requester",
      alsoBy: ["assessor"],
      meaning: "Applies to the company for it, as a department wishes (S001-P1-3.1.1).",
      input: () => RequestProcurementInput,
      effect: requestPurchase,
    },
    approve: {
      from: ["REQUESTED"],
      to: "APPROVED",
      who: deciders,
      seat: "decider",
      meaning: "Approves the purchase.",
      requires: onlyForTheManager,
    },
    reject: {
      from: ["REQUESTED"],
      to: "REJECTED",
      who: deciders,
      seat: "decider",
      note: "required",
      meaning: "Rejects the purchase (our own step: the rulebook has none).",
      requires: onlyForTheManager,
    },
    order: {
      from: ["APPROVED"],
      to: "ORDERED",
      who: [role("IT_ENGINEER")],
      seat: "orderer",
      meaning:
        "Compares at least three quotes by price, quality, performance and security, takes one and makes the contract (S004-P4-7).",
      input: () => OrderProcurementInput,
      effect: order,
    },
    deliver: {
      from: ["ORDERED", "RETURNED_TO_SUPPLIER"],
      to: "DELIVERED",
      who: [role("IT_ENGINEER")],
      alsoBy: technology,
      meaning: "Takes in what the supplier brings, for the first time or in exchange.",
      effect: deliver,
    },
    accept: {
      from: ["DELIVERED"],
      to: "ACCEPTED",
      who: [role("IT_ENGINEER")],
      seat: "inspector",
      alsoBy: technology,
      meaning:
        "Accepts it: every line is as the contract's list has it. Its devices come to be in the register (S004-P4-23).",
      input: () => AcceptProcurementInput,
      effect: acceptDelivery,
    },
    return: {
      from: ["DELIVERED"],
      to: "RETURNED_TO_SUPPLIER",
      who: [role("IT_ENGINEER")],
      seat: "inspector",
      alsoBy: technology,
      meaning: "Sends it back: something is not as the contract's list has it (S004-P4-23).",
      mutation: "returnToSupplier",
      input: () => ReturnToSupplierInput,
      effect: returnDelivery,
      tells: { to: ["subject", "ADMIN_HR_CLERK"], says: "What was delivered has gone back to the supplier." },
    },
    cancel: {
      from: ["ORDERED", "RETURNED_TO_SUPPLIER"],
      to: "CANCELLED",
      who: [role("IT_ENGINEER"), role("ADMIN_HR_CLERK")],
      alsoBy: ["assessor", "requester", ...technology],
      note: "required",
      tells: { to: ["subject"], says: "What you wished for is not bought after all." },
      meaning:
        "Gives it up: it is not delivered, or went back and is not exchanged (our own step: the rulebook has none).",
    },
    withdraw: {
      from: ["WISHED", "NEED_ASSESSED", "REQUESTED", "APPROVED"],
      to: "WITHDRAWN",
      who: [subject, role("ADMIN_HR_CLERK")],
      alsoBy: ["assessor", "requester"],
      meaning: "Takes it back before it is ordered (our own step: the rulebook has none).",
    },
  },
});
