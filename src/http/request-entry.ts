import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { Turn } from "./gate.js";

/** What is remembered of one request while it lasts, and logged when it ends: names and counts, never a value. */
export interface RequestEntry {
  /** Ours, never the caller's; also the `x-request-id` of the answer and the `id` of an INTERNAL error. */
  readonly id: string;
  bodyBytes: number;
  /** Its turn in the gate; undefined outside of one. */
  turn?: Turn;
  /**
   * What the caller hears, by what came first: that there is an answer, which is then put on record and waited for, or that
   * there was none in time. Undefined: neither yet.
   */
  hears?: "ANSWER" | "OVERLOADED";
  /** Name of the operation that was executed, as the document has it. */
  operation?: string;
  /** Id of the caller, once known. */
  caller?: string;
  /** Codes of the errors in the answer. */
  readonly codes: Set<string>;
  /** What the database said where it was busy or away. */
  readonly causes: Set<string>;
  /** INTERNAL errors so far. */
  faults: number;
}

export const newRequestEntry = (): RequestEntry => ({
  id: randomUUID(),
  bodyBytes: 0,
  codes: new Set(),
  causes: new Set(),
  faults: 0,
});

/** The entry of the request that the running code works for. */
export const currentRequest = new AsyncLocalStorage<RequestEntry>();
