import type { LimitFunction } from "p-limit";
import type { Caller } from "./access/caller.js";
import type { Decisions } from "./access/decisions.js";
import type { Footprint } from "./access/footprint.js";
import type { AccessReport } from "./access/report.js";
import type { Clock } from "./clock.js";
import type { Database } from "./database/client.js";
import type { DeviceProof } from "./people/device-proof.js";
import type { SessionComponents } from "./people/session.js";
import type { Policies } from "./policies/policies.js";
import type { CursorSeal } from "./reading/cursor.js";

/** One request: who asks, what was decided, what it may use. */
export interface Context {
  /** Null: nobody is signed in. */
  readonly caller: Caller | null;
  readonly decisions: Decisions | null;
  /** What proves the device that the request came from, whoever is asking. */
  readonly proof: DeviceProof | null;
  /** For what was in force at another instant than the request's. */
  readonly policies: Policies;
  /** Counts what the answer does not show clear. */
  readonly report: AccessReport;
  /** What it does, for the ledger. */
  readonly footprint: Footprint;
  /** The id by which the log and the ledger know it. */
  readonly requestId: string;
  /** `access-mode: strict`: an answer that would withhold or mask anything is refused whole. */
  readonly strict: boolean;
  readonly db: Database;
  /** Lets a few statements of the request through at a time, so that a long one leaves connections to the others. */
  readonly statements: LimitFunction;
  /** Lets a few imports of the whole server through at a time: each holds a connection for seconds. */
  readonly imports: LimitFunction;
  /** Lets one preview of a tier policy at a time through: each asks the kernel about everybody. */
  readonly previews: LimitFunction;
  readonly clock: Clock;
  readonly seal: CursorSeal;
  /** Codes of imported customers who have none are made with it. */
  readonly codeKey: Uint8Array;
  /** Null where an identity provider does the signing in. */
  readonly session: SessionComponents | null;
}
