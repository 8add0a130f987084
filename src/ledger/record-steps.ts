import { randomUUID } from "node:crypto";
import type { StepTaken } from "../access/footprint.js";
import type { Touched } from "./event.js";
import type { Ledger } from "./ledger.js";

/** Steps as the ledger knows them. */
export const stepsTouched = (steps: readonly StepTaken[]): readonly Touched[] =>
  steps.map(({ record, id, step }) => ({ record, recordId: id, customerId: null, fields: null, step }));

/** Puts on record what the clock has done; nothing where it had nothing to do. */
export async function recordSteps(ledger: Ledger, steps: readonly StepTaken[]): Promise<void> {
  if (steps.length === 0) return;
  await ledger.record({
    ...{ kind: "CLOCKWORK", roots: [], outcome: "ANSWERED", codes: [], reasons: [] },
    ...{ principalId: null, department: null, deviceId: null, address: null, purpose: null },
    ...{ grants: [], declarations: [], policyVersion: null, requestId: randomUUID(), used: [] },
    touched: stepsTouched(steps),
  });
}
