import type { Reason } from "../access/reasons.js";
import type { TrainingSession as Row } from "../database/client.js";
import { sql } from "../reading/sql.js";
import type { Actor, Facts } from "../workflow/facts.js";
import { head, nowhere, subjectAs, system, workflow } from "../workflow/workflow.js";
import {
  HandOverTrainingSessionInput,
  RescheduleTrainingSessionInput,
  ScheduleTrainingSessionInput,
} from "./training-session.input.js";
import { TrainingSession } from "./training-session.type.js";
import { callOff, handOver, reschedule, scheduleSession } from "./training-session-steps.js";

const trainer = subjectAs("TRAINER");

const hasBegun = ({ row: { heldAt } }: Facts<Row>, { now }: Actor): Reason | null =>
  new Date(heldAt) <= now ? null : { code: "WRONG_STATE", needs: "a session that has begun" };

const everybodySettled = ({ more }: Facts<Row>): Reason | null => {
  const open = Number(more.open);
  return open === 0
    ? null
    : {
        code: "OPEN_ITEMS",
        needs: `a result of everybody who was there, and the others absent: ${open} to go`,
        request: "recordTrainingResults",
      };
};

export const trainingSessionWorkflow = workflow<Row>()({
  type: TrainingSession,
  machine: "M",
  title: "Training session",
  clause: "S000-4.2a, S004-P3-9, rulebook 2.4 M",
  model: "trainingSession",
  subject: "trainerId",
  seats: {},
  states: {
    SCHEDULED: { dueBy: "heldAt", waitsFor: ["hold"] },
    HELD: { due: { workingDays: 5 }, waitsFor: ["evaluate"] },
    EVALUATED: { end: "What was passed counts for 12 months; whoever failed enrols anew." },
    CANCELLED: { end: "Another one can be scheduled." },
  },
  reminders: [
    {
      states: ["SCHEDULED"],
      of: "heldAt",
      hoursAfter: 24,
      to: ["subject"],
      says: "A training that was to be held waits to be recorded.",
    },
    {
      states: ["HELD"],
      of: "dueAt",
      hoursBefore: 24,
      to: ["subject"],
      says: "The results of a training are due within a day.",
    },
    {
      states: ["HELD"],
      of: "dueAt",
      daily: true,
      to: ["subject", "head"],
      says: "The results of a training are overdue.",
    },
  ],
  more: (row) => sql`json_build_object('open', (
    SELECT count(*) FROM "TrainingRecord" r
    WHERE r."sessionId" = ${row}."id" AND r."state" IN ('ENROLLED', 'ATTENDED')))`,
  actions: {
    schedule: {
      from: [nowhere],
      to: "SCHEDULED",
      who: [trainer],
      meaning: "Announces a training, with its topics and its time (S000-4.2a).",
      input: () => ScheduleTrainingSessionInput,
      open: scheduleSession,
    },
    reschedule: {
      from: ["SCHEDULED"],
      who: [trainer],
      meaning: "Moves it to another time; who is enrolled stays so (our own step: the rulebook has none).",
      input: () => RescheduleTrainingSessionInput,
      effect: reschedule,
    },
    handOver: {
      from: ["SCHEDULED", "HELD"],
      who: [head],
      meaning:
        "Hands it over to another trainer, who holds and evaluates it (our own step: the rulebook has none).",
      input: () => HandOverTrainingSessionInput,
      effect: handOver,
    },
    hold: {
      from: ["SCHEDULED"],
      to: "HELD",
      who: [trainer],
      meaning: "Records that it has been held: from now on who was there is recorded.",
      requires: hasBegun,
    },
    evaluate: {
      from: ["HELD"],
      to: "EVALUATED",
      who: [trainer],
      meaning: "Confirms the results, once everybody has one or was absent.",
      requires: everybodySettled,
      effect: async ({ now }) => ({ set: { evaluatedAt: now } }),
    },
    cancel: {
      from: ["SCHEDULED"],
      to: "CANCELLED",
      who: [trainer, head],
      note: "required",
      meaning: "Calls it off, and everybody's enrolment with it (our own step: the rulebook has none).",
      effect: callOff,
    },
    drop: {
      from: ["SCHEDULED"],
      to: "CANCELLED",
      who: [system],
      whenSubjectGoes: true,
      meaning: "The trainer leaves, or leaves the post, and nobody has taken it over.",
      effect: callOff,
      tells: { to: ["head"], says: "A training is called off: its trainer is gone." },
    },
  },
});
