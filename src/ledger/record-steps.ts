import { newFootprint, type StepTaken } from "../access/footprint.js";
import { blankEvent } from "./blank-event.js";
import type { NewEvent, Touched } from "./event.js";
import type { Ledger } from "./ledger.js";

/** Steps as the ledger knows them. */
export const stepsTouched = (steps: readonly StepTaken[]): readonly Touched[] =>
  steps.map(({ record, id, step }) => ({ record, recordId: id, customerId: null, fields: null, step }));

/** The record of one look of the clock at what is due. */
export interface LookRecorded {
  /** Before the first step is committed: on record from then on is that there are steps. */
  takes(): Promise<void>;
  took(steps: readonly StepTaken[]): void;
  readonly steps: readonly StepTaken[];
  /** Puts on record which steps were taken; nothing where there was nothing to do. */
  done(): Promise<void>;
}

/** Killed in between, the clock is known to have begun, as a mutation is; where nothing is due there is no event. */
export function recordLook(ledger: Ledger): LookRecorded {
  const { took, steps } = newFootprint();
  const event: NewEvent = { ...blankEvent(), kind: "CLOCKWORK", outcome: "BEGUN" };
  let begins: Promise<void> | undefined;
  let hasBegun = false;
  return {
    takes() {
      begins ??= ledger.record(event).then(() => {
        hasBegun = true;
      });
      return begins;
    },
    took,
    steps,
    async done() {
      const outcome = steps.length > 0 ? "ANSWERED" : "FAILED";
      if (hasBegun) await ledger.record({ ...event, outcome, touched: stepsTouched(steps) });
    },
  };
}
