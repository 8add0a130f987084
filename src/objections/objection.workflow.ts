import type { Reason } from "../access/reasons.js";
import type { Objection as Row } from "../database/client.js";
import { headsToSql } from "../reading/heads.js";
import { sql } from "../reading/sql.js";
import type { Actor, Facts } from "../workflow/facts.js";
import { named, nowhere, role, subjectOf, system, workflow } from "../workflow/workflow.js";
import { fileObjection } from "./file-objection.js";
import {
  AcknowledgeObjectionInput,
  CloseObjectionInput,
  DismissObjectionInput,
  FileObjectionInput,
  FinishRectifyingObjectionInput,
  UpholdObjectionInput,
} from "./objection.input.js";
import { Objection } from "./objection.type.js";
import {
  acknowledge,
  close,
  dismiss,
  finishRectifying,
  keepTerm,
  reopen,
  uphold,
} from "./objection-steps.js";

const customerService = [
  role("CS_AGENT"),
  role("CS_MANAGER"),
  role("CUST_INFO_SPECIALIST"),
  role("CUST_INFO_SUPERVISOR"),
];

/** Administration; the general manager where it is against administration, or nobody there is left (rulebook 6-32). */
const investigators = [role("ADMIN_REVIEWER"), role("ADMIN_HEAD"), role("GENERAL_MANAGER")];

const owners = named("owners", "the head of the department that it is against");
/** Every login of the customer. */
const customer = { fact: "logins" };

const elsewhere: Reason = { code: "SELF_DECISION", needs: "somebody else than whom it is against" };

const notAgainstThem = ({ row }: Facts<Row>, { id }: Actor): Reason | null =>
  row.againstEmployeeId === id ? elsewhere : null;

/** Who has said that it has arrived has decided nothing of it. */
const rectifying = {
  who: [owners],
  seat: "rectifier",
  alsoBy: ["acknowledger"],
  requires: notAgainstThem,
} as const;

/** Nobody looks into what they, or their department as a whole, are accused of, or would have to put right (rulebook 6-32). */
const notTheirConcern = (facts: Facts<Row>, actor: Actor): Reason | null =>
  notAgainstThem(facts, actor) ??
  ((facts.row.againstDepartment === actor.department && facts.row.againstEmployeeId === null) ||
  (facts.more.owners as readonly string[]).includes(actor.id)
    ? { code: "SELF_DECISION", needs: "somebody who does not have to rectify it" }
    : null);

export const objectionWorkflow = workflow<Row>()({
  type: Objection,
  machine: "J",
  title: "Objection of a customer",
  clause: "S000-5.2a, rulebook 6-24",
  model: "objection",
  subject: "loginId",
  unassigned: { otherwise: "CUSTOMER_SERVICE" },
  seats: {
    acknowledger: { by: "acknowledgedById", at: "ackAt" },
    investigator: { by: "investigatorId", at: "investigatedAt" },
    rectifier: { by: "rectifierId", at: "rectifiedAt" },
    closer: { by: "closedById", at: "closedAt" },
  },
  states: {
    FILED: { due: { workingDays: 1 }, waitsFor: ["acknowledge"] },
    ACKNOWLEDGED: { due: { days: 15 }, waitsFor: ["investigate"] },
    INVESTIGATING: { waitsFor: ["uphold", "dismiss"] },
    UPHELD: { dueBy: "rectificationDue", waitsFor: ["startRectifying"] },
    RECTIFYING: { dueBy: "rectificationDue", waitsFor: ["finishRectifying"] },
    RECTIFIED: { due: { workingDays: 1 }, waitsFor: ["close"] },
    DISMISSED: { due: { workingDays: 1 }, waitsFor: ["close"] },
    CLOSED: { dueBy: "reopenableUntil" },
    SETTLED: { end: "The answer stands; something new is a new objection." },
  },
  more: (row) => sql`json_build_object(
    'owners', (SELECT ${headsToSql(sql`o`)} FROM (
      SELECT coalesce(${row}."againstEmployeeId", '') AS "id", ${row}."againstDepartment" AS "departmentCode") o),
    'logins', (SELECT coalesce(json_agg(l."id"), '[]') FROM "Employee" l
      WHERE l."customerId" = ${row}."customerId" AND l."status" = 'ACTIVE'))`,
  reminders: [
    {
      states: ["FILED"],
      of: "dueAt",
      daily: true,
      to: ["CS_MANAGER"],
      says: "A customer's objection has not been acknowledged in time.",
    },
    {
      states: ["ACKNOWLEDGED", "INVESTIGATING"],
      of: "dueAt",
      hoursBefore: 48,
      to: ["ADMIN_REVIEWER"],
      says: "A customer's objection is due within two days: it waits for a result.",
    },
    {
      states: ["ACKNOWLEDGED", "INVESTIGATING"],
      of: "dueAt",
      daily: true,
      to: ["ADMIN_REVIEWER", "ADMIN_HEAD"],
      says: "A customer's objection has no result in time.",
    },
    {
      states: ["UPHELD", "RECTIFYING"],
      of: "rectificationDue",
      hoursBefore: 48,
      to: [{ fact: "owners" }],
      says: "What a customer has objected to is to be rectified within two days.",
    },
    {
      states: ["UPHELD", "RECTIFYING"],
      of: "rectificationDue",
      daily: true,
      to: [{ fact: "owners" }, "ADMIN_HEAD"],
      says: "What a customer has objected to has not been rectified in time.",
    },
    {
      states: ["RECTIFIED", "DISMISSED"],
      of: "dueAt",
      daily: true,
      to: ["CS_MANAGER"],
      says: "A customer waits to be told what has come of an objection.",
    },
  ],
  actions: {
    file: {
      from: [nowhere],
      to: "FILED",
      who: [subjectOf("CUSTOMER"), ...customerService],
      meaning:
        "Objects to how the company uses the customer's data: the customer, or customer service on the customer's behalf (S000-5.2a).",
      input: () => FileObjectionInput,
      open: fileObjection,
      tells: {
        to: ["CS_AGENT", "CS_MANAGER", "CUST_INFO_SUPERVISOR"],
        says: "A customer objects to how data is used.",
      },
    },
    acknowledge: {
      from: ["FILED"],
      to: "ACKNOWLEDGED",
      who: customerService,
      seat: "acknowledger",
      requires: notAgainstThem,
      meaning:
        "Tells the customer that it has arrived, and says whom it is against, at least the department.",
      input: () => AcknowledgeObjectionInput,
      effect: acknowledge,
      tells: {
        to: [customer, "ADMIN_REVIEWER", "ADMIN_HEAD"],
        says: "An objection has arrived, and waits for administration to look into it.",
      },
    },
    investigate: {
      from: ["ACKNOWLEDGED"],
      to: "INVESTIGATING",
      who: investigators,
      seat: "investigator",
      requires: notTheirConcern,
      meaning:
        "Looks into it: never the person whom it is against, nor who would have to rectify it. The result is due 15 days after the acknowledgement.",
      effect: keepTerm,
      tells: { to: [customer], says: "Your objection is being looked into." },
    },
    uphold: {
      from: ["INVESTIGATING"],
      to: "UPHELD",
      who: investigators,
      seat: "investigator",
      requires: notTheirConcern,
      meaning: "The customer is right: the department has 10 working days to rectify what was found.",
      input: () => UpholdObjectionInput,
      effect: uphold,
      tells: {
        to: [customer, { fact: "owners" }],
        says: "An objection has been upheld, and is to be rectified.",
      },
    },
    dismiss: {
      from: ["INVESTIGATING"],
      to: "DISMISSED",
      who: investigators,
      seat: "investigator",
      requires: notTheirConcern,
      meaning: "There is nothing to rectify, and why.",
      input: () => DismissObjectionInput,
      effect: dismiss,
      tells: {
        to: ["CS_AGENT", "CS_MANAGER"],
        says: "A customer is to be told why an objection is dismissed.",
      },
    },
    startRectifying: {
      from: ["UPHELD"],
      to: "RECTIFYING",
      ...rectifying,
      meaning: "The department begins to rectify it.",
    },
    finishRectifying: {
      from: ["RECTIFYING"],
      to: "RECTIFIED",
      ...rectifying,
      meaning: "Says what has been done.",
      input: () => FinishRectifyingObjectionInput,
      effect: finishRectifying,
      tells: {
        to: ["CS_AGENT", "CS_MANAGER"],
        says: "A customer is to be told what has been rectified.",
      },
    },
    close: {
      from: ["RECTIFIED", "DISMISSED"],
      to: ["CLOSED", "SETTLED"],
      who: customerService,
      seat: "closer",
      alsoBy: ["acknowledger"],
      requires: notAgainstThem,
      meaning:
        "Tells the customer what has come of it. What has been opened again before is settled with that.",
      input: () => CloseObjectionInput,
      effect: close,
      tells: { to: [customer], says: "Your objection has been answered." },
    },
    reopen: {
      from: ["CLOSED"],
      to: "ACKNOWLEDGED",
      who: [subjectOf("CUSTOMER"), named("logins", "the customer"), ...customerService],
      alsoBy: ["acknowledger", "closer"],
      note: "required",
      requires: notAgainstThem,
      meaning:
        "The customer is not content, and why: once, within 30 days of the answer, by the customer, or customer service on the customer's behalf. It is looked into anew.",
      effect: reopen,
      tells: { to: [customer, "ADMIN_REVIEWER", "ADMIN_HEAD"], says: "An objection has been opened again." },
    },
    settle: {
      from: ["CLOSED"],
      to: "SETTLED",
      who: [system],
      when: "reopenableUntil",
      meaning: "Nobody has opened it again in time.",
    },
  },
});
