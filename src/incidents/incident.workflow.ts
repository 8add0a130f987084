import { employed } from "../access/post-rule.js";
import type { Reason } from "../access/reasons.js";
import type { PrincipalKind, Incident as Row } from "../database/client.js";
import { deviceWorkflow } from "../devices/device.workflow.js";
import { sql } from "../reading/sql.js";
import type { Actor, Facts } from "../workflow/facts.js";
import { nowhere, role, subject, subjectOf, system, workflow } from "../workflow/workflow.js";
import {
  ContainIncidentInput,
  ReportIncidentInput,
  ResolveIncidentInput,
  ReviewIncidentInput,
} from "./incident.input.js";
import { Incident } from "./incident.type.js";
import { contain, reportIncident, reportLoss, resolve, review } from "./incident-steps.js";

/** One report fans out to everybody whom it concerns (rulebook 6-22). */
const concerned = [
  "head",
  "ADMIN_REVIEWER",
  "IT_ENGINEER",
  "SECURITY_OFFICER",
  "CUST_INFO_SUPERVISOR",
  "CS_MANAGER",
] as const;

/** Nobody looks into what happened to the device that they have or had, or into what they are to answer for. */
const notToJudge = ({ row, more }: Facts<Row>, { id }: Actor): Reason | null =>
  row.liableId === id || (more.holders as readonly string[]).includes(id)
    ? { code: "SELF_DECISION", needs: "somebody whom it does not concern" }
    : null;

export const incidentWorkflow = workflow<Row>()({
  type: Incident,
  machine: "I",
  title: "Incident",
  clause: "S002-4.2b, S003-9.3.1, S004-P5-27, S000-5.1c",
  model: "incident",
  subject: "reporterId",
  seats: {
    investigator: { by: "investigatorId", at: "investigatedAt" },
    reviewer: { by: "reviewerId", at: "reviewedAt" },
  },
  states: {
    REPORTED: { due: { hours: 1 }, waitsFor: ["contain"] },
    CONTAINED: { due: { workingDays: 1 }, waitsFor: ["activatePlan", "investigate"] },
    PLAN_ACTIVATED: { due: { workingDays: 1 }, waitsFor: ["investigate"] },
    INVESTIGATING: { due: { workingDays: 5 }, waitsFor: ["resolve"] },
    RESOLVED: { due: { workingDays: 5 }, waitsFor: ["review"] },
    REVIEWED: { waitsFor: ["close"] },
    CLOSED: { end: "It stays on file." },
  },
  // Whoever had the device by an allocation or by the register: it is in nobody's hands once it is found again.
  more: (row) => sql`json_build_object('holders', (
    SELECT coalesce(json_agg(h."id"), '[]') FROM (
      SELECT d."custodianId" AS "id" FROM "Device" d WHERE d."id" = ${row}."deviceId" AND d."custodianId" IS NOT NULL
      UNION SELECT a."userId" FROM "Allocation" a WHERE a."deviceId" = ${row}."deviceId"
        AND a."acceptedAt" <= ${row}."reportedAt" AND (a."endedAt" IS NULL OR a."endedAt" >= ${row}."discoveredAt")) h))`,
  openedBy: [{ of: deviceWorkflow, step: "lose", action: "reportLoss", write: reportLoss }],
  actions: {
    report: {
      from: [nowhere],
      to: "REPORTED",
      who: [subjectOf(...(employed as readonly PrincipalKind[]))],
      meaning: "Reports what has gone wrong, within an hour of finding it (S002-4.2b, S004-P5-27).",
      input: () => ReportIncidentInput,
      open: reportIncident,
      tells: { to: concerned, says: "An incident has been reported." },
    },
    reportLoss: {
      from: [nowhere],
      to: "REPORTED",
      who: [system],
      meaning: "A device has been reported lost.",
      tells: { to: concerned, says: "A device has been lost." },
    },
    contain: {
      from: ["REPORTED"],
      to: "CONTAINED",
      who: [subject, role("IT_ENGINEER"), role("SECURITY_OFFICER")],
      meaning: "Stops it: what was done at once (S003-9.3.1).",
      input: () => ContainIncidentInput,
      effect: contain,
    },
    activatePlan: {
      from: ["CONTAINED"],
      to: "PLAN_ACTIVATED",
      who: [role("IT_ENGINEER")],
      meaning: "Technology follows the emergency plan (S003-9.1).",
    },
    investigate: {
      from: ["CONTAINED", "PLAN_ACTIVATED"],
      to: "INVESTIGATING",
      who: [role("ADMIN_REVIEWER"), role("ADMIN_HEAD")],
      seat: "investigator",
      requires: notToJudge,
      meaning: "Looks for its cause: administration, of a major one the leader of the group (S002-2.1).",
    },
    resolve: {
      from: ["INVESTIGATING"],
      to: "RESOLVED",
      who: [role("ADMIN_REVIEWER"), role("ADMIN_HEAD")],
      alsoBy: ["investigator"],
      requires: notToJudge,
      meaning: "Says what its cause was, who answers for it, and what it has cost (S000-5.1c).",
      input: () => ResolveIncidentInput,
      effect: resolve,
      tells: { to: ["GENERAL_MANAGER"], says: "The cause of an incident is known." },
    },
    review: {
      from: ["RESOLVED"],
      to: "REVIEWED",
      who: [role("ADMIN_HEAD"), role("GENERAL_MANAGER")],
      seat: "reviewer",
      requires: notToJudge,
      meaning: "Writes down what is to be learnt from it.",
      input: () => ReviewIncidentInput,
      effect: review,
    },
    close: {
      from: ["REVIEWED"],
      to: "CLOSED",
      who: [role("ADMIN_REVIEWER"), role("ADMIN_HEAD")],
      alsoBy: ["investigator", "reviewer"],
      requires: notToJudge,
      meaning: "Closes it.",
      tells: { to: ["subject"], says: "An incident that you reported is closed." },
    },
  },
});
