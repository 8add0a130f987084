import type { SensitiveUse as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import { reviewers } from "../workflow/administration.js";
import { nowhere, subject, system, workflow } from "../workflow/workflow.js";
import { fileSensitiveUse } from "./file-sensitive-use.js";
import { returnSensitiveUse } from "./return-sensitive-use.js";
import { FileSensitiveUseInput, ReturnSensitiveUseInput } from "./sensitive-use.input.js";
import { SensitiveUse } from "./sensitive-use.type.js";

export const sensitiveUseWorkflow = workflow<Row>()({
  type: SensitiveUse,
  machine: "B",
  title: "Sensitive-use declaration",
  clause: "S002-3.3b, rulebook 6-02, 6-03",
  model: "sensitiveUse",
  subject: "declaredById",
  seats: {
    acknowledger: { by: "acknowledgedById", at: "acknowledgedAt" },
    objector: { by: "objectedById", at: "objectedAt" },
  },
  states: {
    FILED: { due: { workingDays: 1 }, waitsFor: ["acknowledge"] },
    OPEN: { dueBy: "plannedUntil", waitsFor: ["return"] },
    OVERDUE: { dueBy: "plannedUntil", waitsFor: ["return"] },
    RETURNED: { end: "What was used has been handed back." },
    RETURNED_LATE: { end: "What was used has been handed back, too late." },
    REVOKED: { end: "Administration objected." },
  },
  more: (row) => sql`json_build_object('customerIds', (
    SELECT coalesce(json_agg(c."customerId" ORDER BY c."customerId"), '[]')
    FROM "SensitiveUseCustomer" c WHERE c."declarationId" = ${row}."id"))`,
  reminders: [
    {
      states: ["OPEN"],
      of: "plannedUntil",
      hoursBefore: 4,
      to: ["subject", "ADMIN_REVIEWER"],
      says: "The declaration ends within four hours: what was used is to be returned.",
    },
    {
      states: ["OPEN", "OVERDUE"],
      of: "plannedUntil",
      to: ["subject", "ADMIN_REVIEWER"],
      says: "The declaration is over and nothing has been returned.",
    },
  ],
  actions: {
    file: {
      from: [nowhere],
      to: ["OPEN", "FILED"],
      who: [subject],
      meaning:
        "Declares sensitive use before it happens; where nothing that it names is classified, it is open from then on.",
      input: () => FileSensitiveUseInput,
      open: fileSensitiveUse,
      tells: { to: ["ADMIN_REVIEWER"], says: "Sensitive use has been declared." },
    },
    acknowledge: {
      from: ["FILED"],
      to: "OPEN",
      who: reviewers,
      seat: "acknowledger",
      meaning: "Acknowledges a declaration that names something classified.",
    },
    object: {
      from: ["FILED", "OPEN"],
      to: "REVOKED",
      who: reviewers,
      seat: "objector",
      alsoBy: ["acknowledger"],
      note: "required",
      meaning: "Objects: what was open is closed at once, and the declarer is told why (rulebook 6-02).",
      mutation: "objectToSensitiveUse",
      effect: async ({ note }) => ({ set: { objection: note } }),
      tells: {
        to: ["subject"],
        says: "Administration objects to the declaration: what it opened is closed.",
      },
    },
    return: {
      from: ["OPEN", "OVERDUE"],
      to: { OPEN: "RETURNED", OVERDUE: "RETURNED_LATE" },
      who: [subject],
      meaning: "Hands back the list of the records that were used, none of which is kept.",
      input: () => ReturnSensitiveUseInput,
      effect: returnSensitiveUse,
    },
    fallOverdue: {
      from: ["OPEN"],
      to: "OVERDUE",
      who: [system],
      when: "plannedUntil",
      meaning: "Its time is over and nothing was returned: until it is, nothing new can be declared.",
    },
    lapse: {
      from: ["FILED"],
      to: "REVOKED",
      who: [system],
      when: "plannedUntil",
      meaning:
        "Its time is over and nobody has acknowledged it: nothing was open, nothing is to be returned.",
    },
  },
});
