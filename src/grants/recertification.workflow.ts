import type { Recertification as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import type { Facts } from "../workflow/facts.js";
import type { Step } from "../workflow/step.js";
import { letFollow } from "../workflow/take-step.js";
import { head, nowhere, system, workflow } from "../workflow/workflow.js";
import { grantWorkflow } from "./grant.workflow.js";
import { Recertification } from "./recertification.type.js";

const grantInForce = ({ more }: Facts<Row>) =>
  more.grant === "ACTIVE" ? null : { code: "WRONG_STATE" as const, needs: "a grant that is in force" };

const letGrant = (action: "hold" | "drop") => async (step: Step<Row, unknown>) => {
  await letFollow(step, grantWorkflow, action, step.facts.row.grantId);
  return undefined;
};

export const recertificationWorkflow = workflow<Row>()({
  type: Recertification,
  machine: "A3",
  title: "Recertification of a grant",
  clause: "S003-6.2.1, 6.2.3, S000-4.3c",
  model: "recertification",
  subject: "granteeId",
  seats: { confirmer: { by: "confirmedById", at: "confirmedAt" } },
  states: {
    OPEN: { due: { workingDays: 10 }, waitsFor: ["confirm"] },
    CONFIRMED: { end: "Asked again in the next period." },
    DROPPED: { end: "The grant is revoked." },
    LAPSED: { end: "The grant is held up until administration has looked into it." },
  },
  reminders: [
    { states: ["OPEN"], of: "dueAt", hoursBefore: 72, to: ["head"], says: "Grants wait to be confirmed." },
  ],
  more: (row) =>
    sql`json_build_object('grant', (SELECT g."state" FROM "Grant" g WHERE g."id" = ${row}."grantId"))`,
  actions: {
    ask: {
      from: [nowhere],
      to: "OPEN",
      who: [system],
      meaning: "A period begins: each grant that was given before it is asked about.",
    },
    confirm: {
      from: ["OPEN"],
      to: "CONFIRMED",
      who: [head],
      seat: "confirmer",
      meaning: "The grant is still needed as it is.",
      requires: grantInForce,
    },
    drop: {
      from: ["OPEN"],
      to: "DROPPED",
      who: [head],
      seat: "confirmer",
      meaning: "The grant is no longer needed: it is revoked at once.",
      requires: grantInForce,
      effect: letGrant("drop"),
    },
    lapse: {
      from: ["OPEN"],
      to: "LAPSED",
      who: [system],
      when: "dueAt",
      meaning: "Nobody has confirmed it in time: the grant is held up.",
      effect: letGrant("hold"),
      tells: {
        to: ["subject", "head", "ADMIN_REVIEWER"],
        says: "A grant is held up: nobody has confirmed it in time.",
      },
    },
  },
});
