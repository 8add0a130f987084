import type { EmergencyAccess as Row } from "../database/client.js";
import { reviewers } from "../workflow/administration.js";
import type { Step } from "../workflow/step.js";
import { letFollow } from "../workflow/take-step.js";
import { nowhere, subject, subjectOf, system, workflow } from "../workflow/workflow.js";
import { OpenEmergencyAccessInput } from "./emergency-access.input.js";
import { EmergencyAccess } from "./emergency-access.type.js";
import { grantWorkflow } from "./grant.workflow.js";
import { openEmergencyAccess } from "./open-emergency-access.js";

const reviewed = async ({ note }: Step<Row, unknown>) => ({ set: { reviewerNotes: note } });

async function endEarly(step: Step<Row, unknown>) {
  await letFollow(step, grantWorkflow, "drop", step.facts.row.grantId);
  return { set: { openUntil: step.now } };
}

export const emergencyAccessWorkflow = workflow<Row>()({
  type: EmergencyAccess,
  machine: "A4",
  title: "Access in an emergency",
  clause: "rulebook 3.1 (T4), S000-4.2c, S003-6.2.3",
  model: "emergencyAccess",
  subject: "employeeId",
  seats: { reviewer: { by: "reviewedById", at: "reviewedAt" } },
  states: {
    OPEN: { dueBy: "openUntil" },
    ENDED: { due: { workingDays: 2 }, waitsFor: ["justify"] },
    JUSTIFIED: { end: "Reviewed." },
    UNJUSTIFIED: { end: "Reviewed; administration follows it up as a violation." },
  },
  actions: {
    open: {
      from: [nowhere],
      to: "OPEN",
      who: [subjectOf("FORMAL")],
      meaning:
        "Opens a case right of a few hours at once, without anybody's approval, where the company has switched it on.",
      input: () => OpenEmergencyAccessInput,
      open: openEmergencyAccess,
      tells: {
        to: ["head", "ADMIN_HEAD", "ADMIN_REVIEWER"],
        says: "Somebody has opened access in an emergency.",
      },
    },
    end: {
      from: ["OPEN"],
      to: "ENDED",
      who: [subject],
      meaning: "Ends it before its time.",
      effect: endEarly,
    },
    runOut: {
      from: ["OPEN"],
      to: "ENDED",
      who: [system],
      when: "openUntil",
      meaning: "Its hours are over.",
    },
    justify: {
      from: ["ENDED"],
      to: "JUSTIFIED",
      who: reviewers,
      seat: "reviewer",
      note: "required",
      meaning: "Finds, afterwards, that there was an emergency.",
      effect: reviewed,
    },
    disallow: {
      from: ["ENDED"],
      to: "UNJUSTIFIED",
      who: reviewers,
      seat: "reviewer",
      note: "required",
      meaning: "Finds, afterwards, that there was none.",
      effect: reviewed,
      tells: {
        to: ["subject", "head", "ADMIN_HEAD"],
        says: "Access that was opened in an emergency was not justified.",
      },
    },
  },
});
