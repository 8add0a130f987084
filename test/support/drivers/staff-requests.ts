import { calendarOf } from "../../../src/workflow/calendar.js";
import { letFollow } from "../../../src/workflow/take-step.js";
import type { FormDriver } from "../form-driver.js";

/** How each kind is asked, by which person of those who answer it, and by which step. */
const kinds = {
  TRAINING_DEMANDED: ["demand", "tara", "answerDemand"],
  IMPROVEMENT_PROPOSED: ["propose", "clerk", "answerProposal"],
  SUPPORT_ASKED: ["askForSupport", "tim", "answerQuestion"],
} as const;
const isAsked = (state: string): state is keyof typeof kinds => state in kinds;

const answered = { answer: "Like this" };

/** sam asks. */
export const staffRequest: FormDriver = {
  async stand({ server, workflow, now, must }, state) {
    const [ask, answerer, answer] = kinds[isAsked(state) ? state : "SUPPORT_ASKED"];
    const id = await must("sam", ask, { text: "How?" });
    if (state === "ANSWERED") return must(answerer, answer, { id, ...answered });
    if (state === "WITHDRAWN") return must("sam", "withdraw", { id });
    if (state === "DROPPED")
      // As when sam leaves.
      await server.database.db.$transaction((tx) =>
        letFollow({ tx, now, calendar: calendarOf([]), by: null }, workflow, "drop", id),
      );
    return id;
  },
  inputs: {
    answerDemand: () => answered,
    answerProposal: () => answered,
    answerQuestion: () => answered,
  },
};
