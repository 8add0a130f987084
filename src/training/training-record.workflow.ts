import type { Reason } from "../access/reasons.js";
import type { TrainingRecord as Row } from "../database/client.js";
import type { Facts } from "../workflow/facts.js";
import { head, named, nowhere, subject, system, workflow } from "../workflow/workflow.js";
import { enrol } from "./enrol.js";
import {
  EnrolInTrainingInput,
  GradeTrainingInput,
  RecordTrainingAttendanceInput,
} from "./training-record.input.js";
import { TrainingRecord } from "./training-record.type.js";
import { grade, moveWithSession, recordAttendance, recordFacts, sessionOf } from "./training-record-steps.js";

/** Never the person who is trained: nobody whom a form is about takes a step of somebody else. */
const trainer = named("trainerId", "the trainer who holds the session");

const sessionIs =
  (state: "SCHEDULED" | "HELD", needs: string) =>
  (facts: Facts<Row>): Reason | null =>
    sessionOf(facts).state === state ? null : { code: "WRONG_STATE", needs };

const whenHeld = sessionIs("HELD", "a session that has been held, and not been evaluated");

export const trainingRecordWorkflow = workflow<Row>()({
  type: TrainingRecord,
  machine: "M2",
  title: "Somebody's training",
  clause: "S000-4.2a, S000-5.1a, rulebook 2.4 M",
  model: "trainingRecord",
  subject: "employeeId",
  seats: { evaluator: { by: "trainerId", at: "evaluatedAt", beforehand: true } },
  states: {
    ENROLLED: { waitsFor: ["attend", "miss"] },
    ATTENDED: { waitsFor: ["grade"] },
    ABSENT: { end: "Another enrolment can be made." },
    WITHDRAWN: { end: "Another enrolment can be made." },
    PASSED: { dueBy: "expiresAt" },
    FAILED: { end: "To repeat it takes a new enrolment." },
    EXPIRED: { end: "What it opened is closed until it is passed anew." },
  },
  reminders: [
    {
      states: ["ENROLLED"],
      of: "heldAt",
      hoursBefore: 24,
      to: ["subject"],
      says: "A training begins within a day.",
    },
    {
      states: ["PASSED"],
      of: "expiresAt",
      hoursBefore: 30 * 24,
      unless: "renewedAt",
      to: ["subject", "head"],
      says: "A training expires within 30 days.",
    },
    {
      states: ["PASSED"],
      of: "expiresAt",
      hoursBefore: 7 * 24,
      unless: "renewedAt",
      to: ["subject", "head"],
      says: "A training expires within 7 days.",
    },
  ],
  more: recordFacts,
  actions: {
    enrol: {
      from: [nowhere],
      to: "ENROLLED",
      who: [head, subject],
      meaning: "Enrols somebody in a session: everybody may demand to be trained (S000-5.1a).",
      mutation: "enrolInTraining",
      input: () => EnrolInTrainingInput,
      open: enrol,
      tells: { to: ["subject", "head"], says: "Somebody is enrolled in a training." },
    },
    move: {
      from: ["ENROLLED"],
      who: [system],
      meaning: "The session is held at another time.",
      effect: moveWithSession,
      tells: { to: ["subject"], says: "A training has been moved to another time." },
    },
    withdraw: {
      from: ["ENROLLED"],
      to: "WITHDRAWN",
      who: [subject, head],
      alsoBy: ["evaluator"],
      meaning: "Takes the enrolment back before the session is held (our own step: the rulebook has none).",
      mutation: "withdrawFromTraining",
      requires: sessionIs("SCHEDULED", "a session that is still to come"),
      tells: { to: ["subject", "head"], says: "Somebody is no longer enrolled in a training." },
    },
    callOff: {
      from: ["ENROLLED"],
      to: "WITHDRAWN",
      who: [system],
      meaning: "The session has been called off.",
      tells: { to: ["subject", "head"], says: "A training has been called off." },
    },
    drop: {
      from: ["ENROLLED"],
      to: "WITHDRAWN",
      who: [system],
      whenSubjectGoes: true,
      meaning: "Whoever was to be trained leaves, or leaves the post that it was for.",
    },
    attend: {
      from: ["ENROLLED"],
      to: "ATTENDED",
      who: [trainer],
      alsoBy: ["evaluator"],
      meaning: "Records that somebody was there, and for how many class hours.",
      mutation: "recordTrainingAttendance",
      input: () => RecordTrainingAttendanceInput,
      requires: whenHeld,
      effect: recordAttendance,
    },
    miss: {
      from: ["ENROLLED"],
      to: "ABSENT",
      who: [trainer],
      alsoBy: ["evaluator"],
      meaning: "Records that somebody was not there (our own step: the rulebook has none).",
      mutation: "recordTrainingAbsence",
      requires: whenHeld,
      tells: { to: ["subject", "head"], says: "A training has been missed." },
    },
    grade: {
      from: ["ATTENDED"],
      to: ["PASSED", "FAILED"],
      who: [trainer],
      seat: "evaluator",
      meaning:
        "Evaluates it: passed with a score of at least 60, by somebody who was there for all of it; it counts for 12 months.",
      mutation: "gradeTraining",
      input: () => GradeTrainingInput,
      requires: whenHeld,
      effect: grade,
      tells: { to: ["subject", "head"], says: "A training has been evaluated." },
    },
    expire: {
      from: ["PASSED"],
      to: "EXPIRED",
      who: [system],
      when: "expiresAt",
      meaning: "It counts no longer: what it opened is closed until it is passed anew.",
      tells: { to: ["subject", "head"], says: "A training has expired." },
    },
  },
});
