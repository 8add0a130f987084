import type { StaffRequest as Row } from "../database/client.js";
import { nowhere, role, subject, subjectOf, system, workflow } from "../workflow/workflow.js";
import {
  AnswerImprovementInput,
  AnswerSupportInput,
  AnswerTrainingDemandInput,
  AskForSupportInput,
  DemandTrainingInput,
  ProposeImprovementInput,
} from "./staff-request.input.js";
import { StaffRequest } from "./staff-request.type.js";
import { answer, answerDemand, ask, demandTraining } from "./staff-request-steps.js";

const employees = [subjectOf("FORMAL", "TEMP", "INTERN")];
const waiting = ["TRAINING_DEMANDED", "IMPROVEMENT_PROPOSED", "SUPPORT_ASKED"] as const;
const answered = { to: ["subject"], says: "A request has been answered." } as const;

export const staffRequestWorkflow = workflow<Row>()({
  type: StaffRequest,
  machine: "O2",
  title: "Request of staff",
  clause: "S000-5.1a, rulebook 2.2",
  model: "staffRequest",
  subject: "askerId",
  seats: { answerer: { by: "answeredById", at: "answeredAt" } },
  states: {
    TRAINING_DEMANDED: { due: { workingDays: 5 }, waitsFor: ["answerDemand"] },
    IMPROVEMENT_PROPOSED: { due: { workingDays: 10 }, waitsFor: ["answerProposal"] },
    // Promptly (rulebook 0.3).
    SUPPORT_ASKED: { due: { workingDays: 1 }, waitsFor: ["answerQuestion"] },
    ANSWERED: { end: "Another one can be made." },
    WITHDRAWN: { end: "Another one can be made." },
    DROPPED: { end: "Nobody waits for an answer any more." },
  },
  reminders: [
    {
      states: ["TRAINING_DEMANDED"],
      of: "dueAt",
      daily: true,
      to: ["TRAINER", "ADMIN_HEAD"],
      says: "The demand for a training is overdue for an answer.",
    },
    {
      states: ["IMPROVEMENT_PROPOSED"],
      of: "dueAt",
      daily: true,
      to: ["ADMIN_HR_CLERK", "ADMIN_HEAD"],
      says: "A proposal about devices is overdue for an answer.",
    },
    {
      states: ["SUPPORT_ASKED"],
      of: "dueAt",
      daily: true,
      to: ["IT_ENGINEER", "REPAIRER", "ADMIN_HEAD"],
      says: "A request for support is overdue for an answer.",
    },
  ],
  actions: {
    demand: {
      from: [nowhere],
      to: "TRAINING_DEMANDED",
      who: employees,
      meaning: "Demands a training, where there is none yet to enrol in (S000-5.1a).",
      mutation: "demandTraining",
      input: () => DemandTrainingInput,
      open: demandTraining,
      tells: { to: ["TRAINER"], says: "Somebody demands a training." },
    },
    propose: {
      from: [nowhere],
      to: "IMPROVEMENT_PROPOSED",
      who: employees,
      meaning: "Proposes to better something about devices (S000-5.1a).",
      mutation: "proposeImprovement",
      input: () => ProposeImprovementInput,
      open: ask("IMPROVEMENT"),
      tells: { to: ["ADMIN_HR_CLERK"], says: "Somebody proposes to better something about devices." },
    },
    askForSupport: {
      from: [nowhere],
      to: "SUPPORT_ASKED",
      who: employees,
      meaning: "Asks technology for help (S000-5.1a).",
      mutation: "askForSupport",
      input: () => AskForSupportInput,
      open: ask("SUPPORT"),
      tells: { to: ["IT_ENGINEER", "REPAIRER"], says: "Somebody asks for support." },
    },
    answerDemand: {
      from: ["TRAINING_DEMANDED"],
      to: "ANSWERED",
      who: [role("TRAINER")],
      seat: "answerer",
      meaning: "Answers, with a session to enrol in where there is one.",
      mutation: "answerTrainingDemand",
      input: () => AnswerTrainingDemandInput,
      effect: answerDemand,
      tells: answered,
    },
    answerProposal: {
      from: ["IMPROVEMENT_PROPOSED"],
      to: "ANSWERED",
      who: [role("ADMIN_HR_CLERK"), role("ADMIN_HEAD")],
      seat: "answerer",
      meaning: "Answers what comes of it.",
      mutation: "answerImprovement",
      input: () => AnswerImprovementInput,
      effect: answer,
      tells: answered,
    },
    answerQuestion: {
      from: ["SUPPORT_ASKED"],
      to: "ANSWERED",
      who: [role("IT_ENGINEER"), role("REPAIRER")],
      seat: "answerer",
      meaning: "Answers, with what has been done.",
      mutation: "answerSupport",
      input: () => AnswerSupportInput,
      effect: answer,
      tells: answered,
    },
    withdraw: {
      from: [...waiting],
      to: "WITHDRAWN",
      who: [subject],
      meaning: "Takes it back (our own step: the rulebook has none).",
    },
    drop: {
      from: [...waiting],
      to: "DROPPED",
      who: [system],
      whenSubjectGoes: true,
      meaning: "Whoever has made it leaves, or leaves the post that it was for.",
    },
  },
});
