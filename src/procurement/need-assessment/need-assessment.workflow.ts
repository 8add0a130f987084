import type { NeedAssessment as Row } from "../../database/client.js";
import { nowhere, role, subjectAs, system, workflow } from "../../workflow/workflow.js";
import { finish } from "./finish-assessment.js";
import { FinishNeedAssessmentInput } from "./need-assessment.input.js";
import { NeedAssessment } from "./need-assessment.type.js";

// It is about a department, and nobody of it: once it is done it is theirs who did it. There is no seat.

const administration = [
  subjectAs("ADMIN_HR_CLERK", "ADMIN_HEAD"),
  role("ADMIN_HR_CLERK"),
  role("ADMIN_HEAD"),
];

export const needAssessmentWorkflow = workflow<Row>()({
  type: NeedAssessment,
  machine: "D0",
  title: "Assessment of what has to be bought",
  clause: "S000-4.1a, rulebook 0.2, 2.4 D, 2.4 O",
  model: "needAssessment",
  subject: "assessedById",
  unassigned: { department: "departmentCode", otherwise: "ADMINISTRATION" },
  seats: {},
  states: {
    DUE: { due: { workingDays: 10 }, waitsFor: ["finish"] },
    DONE: { end: "What follows is each procurement's; the next assessment comes round." },
  },
  reminders: [
    {
      states: ["DUE"],
      of: "dueAt",
      daily: true,
      to: ["ADMIN_HR_CLERK", "ADMIN_HEAD"],
      says: "The assessment of what has to be bought is overdue.",
    },
  ],
  actions: {
    comeRound: {
      from: [nowhere],
      to: "DUE",
      who: [system],
      meaning: "It comes round, half-yearly, for every department that has employees at work (S000-4.1a).",
    },
    finish: {
      from: ["DUE"],
      to: "DONE",
      who: administration,
      meaning:
        "Says what has to be bought, and why, or that nothing has: each need is a procurement whose need is assessed (S000-4.1a).",
      input: () => FinishNeedAssessmentInput,
      effect: finish,
    },
  },
});
