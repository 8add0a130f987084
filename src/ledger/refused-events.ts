import { blankEvent } from "./blank-event.js";
import type { NewEvent } from "./event.js";

// What is recorded of answers that were refused for want of a record, once there is one again.

/** What was only looked at was not answered; steps that were taken stay taken. */
export const refusedFor = (event: NewEvent): NewEvent => {
  const touched = event.touched.filter(({ step }) => step !== null);
  return {
    ...event,
    outcome: touched.length > 0 ? "FAILED" : "REFUSED",
    codes: [...new Set([...event.codes, "LEDGER_UNAVAILABLE"])],
    touched,
  };
};

/** Stands for refusals that were too many to be recorded one by one. */
export const leftOut = (): NewEvent => ({
  ...blankEvent(),
  ...{ kind: "CLOCKWORK", roots: ["leaveOutRefusals"], outcome: "FAILED", codes: ["LEDGER_UNAVAILABLE"] },
});
