import { randomUUID } from "node:crypto";
import type { NewEvent } from "./event.js";

/** An event of which no more is known than what is added to it. */
export const blankEvent = (): Omit<NewEvent, "kind" | "outcome"> => ({
  ...{ roots: [], codes: [], reasons: [] },
  ...{ principalId: null, department: null, deviceId: null, address: null, purpose: null },
  ...{ grants: [], declarations: [], policyVersion: null, requestId: randomUUID(), used: [], touched: [] },
});
