import type { Recertification as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import type { Actor, Facts } from "../workflow/facts.js";
import type { Step, Work } from "../workflow/step.js";
import { letFollow } from "../workflow/take-step.js";
import { head, nowhere, system, workflow } from "../workflow/workflow.js";
import { grantWorkflow } from "./grant.workflow.js";
import { Recertification } from "./recertification.type.js";

/** The clock may not have marked yet that it is over. */
const isInForce = ({ more: { grant } }: Facts<Row>, now: Date): boolean => {
  const { state, validTo } = grant as { state: string; validTo: string };
  return state === "ACTIVE" && new Date(validTo) > now;
};

const grantInForce = (facts: Facts<Row>, { now }: Actor) =>
  isInForce(facts, now) ? null : { code: "WRONG_STATE" as const, needs: "a grant that is in force" };

/** Afterwards: the end of a grant closes what is still open about it. */
const letGrant = (action: "hold" | "drop") => async (step: Step<Row, unknown>) => ({
  ...(isInForce(step.facts, step.now) && {
    brings: (work: Work) => letFollow(work, grantWorkflow, action, step.facts.row.grantId),
  }),
});

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
    LAPSED: { end: "A grant that was in force is held up until administration has looked into it." },
    CLOSED: { end: "The grant is over: there is nothing left to be confirmed." },
  },
  follows: [{ of: grantWorkflow, by: "grantId", action: "close" }],
  reminders: [
    { states: ["OPEN"], of: "dueAt", hoursBefore: 72, to: ["head"], says: "Grants wait to be confirmed." },
  ],
  more: (row) => sql`json_build_object('grant', (
    SELECT json_build_object('state', g."state", 'validTo', g."validTo")
    FROM "Grant" g WHERE g."id" = ${row}."grantId"))`,
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
      meaning: "Nobody has confirmed it in time: a grant that is in force is held up.",
      effect: letGrant("hold"),
    },
    close: {
      from: ["OPEN"],
      to: "CLOSED",
      who: [system],
      meaning: "The grant has ended, of itself or by somebody's step, before its head said anything.",
    },
  },
});
