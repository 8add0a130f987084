import { refuse } from "../../access/guard.js";
import type { Reason } from "../../access/reasons.js";
import type { SecretReview as Row } from "../../database/client.js";
import { sql } from "../../reading/sql.js";
import type { Actor, Facts } from "../../workflow/facts.js";
import type { Step, Work } from "../../workflow/step.js";
import { head, nowhere, role, system, workflow } from "../../workflow/workflow.js";
import { deviceWorkflow } from "../device.workflow.js";
import { openSecretReview } from "./open-secret-review.js";
import { lockReviewable, whyNotReviewable } from "./reviewable.js";
import { standing } from "./secret-review.enums.js";
import { OpenSecretReviewInput } from "./secret-review.input.js";
import { SecretReview } from "./secret-review.type.js";

/** What the device is by now decides, and not what it was when the head looked at it. */
function notReviewable({ row, more }: Facts<Row>, { now }: Actor): Reason | null {
  const { trainedUntil, ...device } = more as { trainedUntil: string | null } & Record<string, never>;
  return whyNotReviewable(
    { ...device, trainedUntil: trainedUntil === null ? null : new Date(trainedUntil) } as never,
    row.custodianId,
    now,
  );
}

/** From now on the device may show classified records: the only step that says so. */
async function confirm({ tx, now, facts }: Step<Row, unknown>) {
  const { deviceId, custodianId } = facts.row;
  const reason = whyNotReviewable(await lockReviewable(tx, deviceId), custodianId, now);
  if (reason) throw refuse(reason, "input.id");
  return { brings: (work: Work) => setReviewed(work, deviceId, now) };
}

const end = async ({ facts }: Step<Row, unknown>) => ({
  brings: (work: Work) => setReviewed(work, facts.row.deviceId, null),
});

const setReviewed = ({ tx }: Work, id: string, secretReviewedAt: Date | null) =>
  tx.device.update({
    where: { id },
    data: { secretReviewedAt, version: { increment: 1 } },
    select: { id: true },
  });

/** Of a keeper's own device the general manager decides, where no other keeper does. */
const keepers = [role("SECRET_KEEPER"), role("GENERAL_MANAGER")];

const notForTheManager = ({ subject }: Facts<Row>, { roles }: Actor): Reason | null =>
  roles.includes("SECRET_KEEPER") || subject.roles.includes("SECRET_KEEPER")
    ? null
    : { code: "NOT_YOUR_ROLE", needs: "a keeper of secrets" };

export const secretReviewWorkflow = workflow<Row>()({
  type: SecretReview,
  machine: "D5",
  title: "Review of a device for classified records",
  clause: "S004-P4-15, rulebook 2.4 D",
  model: "secretReview",
  subject: "custodianId",
  seats: {
    opener: { by: "openedById", at: "openedAt" },
    keeper: { by: "decidedById", at: "decidedAt" },
  },
  states: {
    OPEN: { due: { workingDays: 3 }, waitsFor: ["confirm"] },
    REVIEWED: {},
    REJECTED: { end: "It can be reviewed anew." },
    VOID: { end: "It can be reviewed anew." },
  },
  follows: [
    { of: deviceWorkflow, steps: ["lose", "scrap"], by: "deviceId", action: "lapse" },
    {
      ...{ of: deviceWorkflow, steps: ["takeUp"], by: "deviceId", action: "lapse" },
      // Whoever goes on using their own device goes on using a reviewed one.
      only: (row) => sql`${row}."custodianId" IS DISTINCT FROM (
        SELECT d."custodianId" FROM "Device" d WHERE d."id" = ${row}."deviceId")`,
    },
  ],
  reminders: [
    {
      states: ["OPEN"],
      of: "dueAt",
      hoursBefore: 24,
      to: ["SECRET_KEEPER"],
      says: "The review of a device for classified records is due within a day.",
    },
    {
      states: ["OPEN"],
      of: "dueAt",
      daily: true,
      to: ["SECRET_KEEPER", "head"],
      says: "The review of a device for classified records is overdue.",
    },
  ],
  more: (row) => sql`(
    SELECT json_build_object('state', d."state", 'classified', d."classified", 'passwordSet', d."passwordSet",
      'custodianId', d."custodianId", 'trainedUntil', (
        SELECT max(t."expiresAt") FROM "TrainingRecord" t WHERE t."employeeId" = d."custodianId"
          AND t."kind" = 'SECRET_POST' AND t."state" IN ('PASSED', 'EXPIRED')))
    FROM "Device" d WHERE d."id" = ${row}."deviceId")`,
  actions: {
    open: {
      from: [nowhere],
      to: "OPEN",
      who: [head],
      seat: "opener",
      meaning:
        "Has looked at a device for classified records that somebody of the department has: who runs it, password, seal (S004-P4-15).",
      input: () => OpenSecretReviewInput,
      open: openSecretReview,
      tells: { to: ["SECRET_KEEPER"], says: "A device waits to be reviewed for classified records." },
    },
    confirm: {
      from: ["OPEN"],
      to: "REVIEWED",
      who: keepers,
      seat: "keeper",
      requires: (facts, actor) => notForTheManager(facts, actor) ?? notReviewable(facts, actor),
      meaning: "Has reviewed it: it may show classified records from now on (S004-P4-15).",
      effect: confirm,
      tells: { to: ["subject", "head"], says: "A device may show classified records." },
    },
    reject: {
      from: ["OPEN"],
      to: "REJECTED",
      who: keepers,
      seat: "keeper",
      requires: notForTheManager,
      note: "required",
      meaning: "Does not let it show classified records.",
      tells: { to: ["subject", "head"], says: "A device may not show classified records." },
    },
    withdraw: {
      from: ["OPEN"],
      to: "VOID",
      who: [head],
      alsoBy: ["opener"],
      meaning: "Takes it back before the keeper decides (our own step: the rulebook has none).",
    },
    revoke: {
      from: ["REVIEWED"],
      to: "VOID",
      who: [role("SECRET_KEEPER"), role("SECURITY_OFFICER")],
      alsoBy: ["opener", "keeper"],
      note: "required",
      meaning: "The device is not what it was reviewed as: it shows nothing classified from now on.",
      effect: end,
      tells: { to: ["subject", "head"], says: "A device may not show classified records any more." },
    },
    lapse: {
      from: [...standing],
      to: "VOID",
      who: [system],
      meaning:
        "The device is in other hands, was lost, sent out for repair or changed: what was reviewed is no longer there.",
      effect: end,
      tells: { to: ["subject", "head"], says: "A device may not show classified records any more." },
    },
  },
});
