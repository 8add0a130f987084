import type { Grant as Row } from "../database/client.js";
import { forAdministration, reviewers } from "../workflow/administration.js";
import type { Step } from "../workflow/step.js";
import { nowhere, role, system, workflow } from "../workflow/workflow.js";
import { Grant } from "./grant.type.js";

const ended = async ({ now }: Step<Row, unknown>) => ({ set: { endedAt: now } });
const atItsEnd = async ({ facts }: Step<Row, unknown>) => ({ set: { endedAt: new Date(facts.row.validTo) } });

/** A renewal is a new application, which the head makes. */
const renewal = ["subject", "head"] as const;

export const grantWorkflow = workflow<Row>()({
  type: Grant,
  machine: "A2",
  title: "Grant",
  clause: "S003-6.2.1, 6.2.2, S002-3.1c, 3.3a",
  model: "grant",
  subject: "granteeId",
  seats: {
    suspender: { by: "suspendedById", at: "suspendedAt" },
    head: { by: "settledById", at: "settledAt" },
  },
  states: {
    ACTIVE: {},
    SUSPENDED: { waitsFor: ["restore"] },
    EXPIRED: { end: "Its time is over; a renewal is a new application." },
    REVOKED: { end: "It was taken back; a new right takes a new application (rulebook 6-21)." },
    SUPERSEDED: { end: "Another one took its place." },
  },
  reminders: [
    {
      states: ["ACTIVE"],
      of: "validTo",
      hoursBefore: 14 * 24,
      to: renewal,
      says: "The grant ends within two weeks.",
    },
    {
      states: ["ACTIVE"],
      of: "validTo",
      hoursBefore: 3 * 24,
      to: renewal,
      says: "The grant ends within three days.",
    },
  ],
  actions: {
    give: {
      from: [nowhere],
      to: "ACTIVE",
      who: [system],
      meaning: "Comes into being when its application is implemented.",
    },
    suspend: {
      from: ["ACTIVE"],
      to: "SUSPENDED",
      who: reviewers,
      seat: "suspender",
      note: "required",
      meaning: "Holds a grant up while something is looked into.",
      // The general manager, who stands in, would be left to settle it with herself.
      requires: ({ subject: { roles } }, actor) =>
        roles.includes("ADMIN_HEAD") && actor.roles.includes("GENERAL_MANAGER")
          ? {
              code: "SELF_DECISION",
              needs: "a reviewer of another section: the grant is the head of administration's",
            }
          : null,
    },
    restore: {
      from: ["SUSPENDED"],
      to: "ACTIVE",
      who: [role("ADMIN_HEAD"), forAdministration],
      seat: "head",
      note: "required",
      meaning: "Puts a grant into force again.",
    },
    revoke: {
      from: ["SUSPENDED"],
      to: "REVOKED",
      who: [role("ADMIN_HEAD"), forAdministration],
      seat: "head",
      note: "required",
      meaning: "Takes a grant back for good.",
      effect: ended,
    },
    expire: {
      from: ["ACTIVE"],
      to: "EXPIRED",
      who: [system],
      when: "validTo",
      meaning: "Its end has come.",
      effect: atItsEnd,
    },
    supersede: {
      from: ["ACTIVE"],
      to: "SUPERSEDED",
      who: [system],
      meaning: "Gives way to the grant of a newer application, in the same transaction.",
      effect: ended,
    },
    hold: {
      from: ["ACTIVE"],
      to: "SUSPENDED",
      who: [system],
      meaning: "Nobody has confirmed in time that it is still needed.",
      tells: {
        to: ["subject", "head", "ADMIN_REVIEWER"],
        says: "A grant is held up: nobody has confirmed it in time.",
      },
    },
    drop: {
      from: ["ACTIVE", "SUSPENDED"],
      to: "REVOKED",
      who: [system],
      meaning:
        "The head has said that it is no longer needed, or whoever opened it in an emergency has ended it.",
      effect: ended,
    },
    close: {
      from: ["ACTIVE", "SUSPENDED"],
      to: "REVOKED",
      who: [system],
      whenSubjectGoes: true,
      meaning: "Ends at the instant of a transfer or of leaving (S003-6.2.2, rulebook 6-21).",
      effect: ended,
    },
  },
});
