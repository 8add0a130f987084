import type { ApplicationDecision, ApplicationState, GrantKind } from "../client.js";
import type { DemoGrant } from "./account.js";
import { customerService, production, sales } from "./grants.js";

/** An application for a grant, with who handled it so far (staffNo). */
export interface Application {
  readonly staffNo: string;
  readonly grant: DemoGrant;
  readonly kind: GrantKind;
  readonly reason: string;
  readonly changeReason?: string;
  /** Days to the end; null: two years. */
  readonly validDays: number | null;
  readonly signedBy?: string;
  readonly reviewedBy?: string;
  readonly implementedBy?: string;
  readonly decision?: ApplicationDecision;
  readonly reviewerNotes?: string;
  readonly state: ApplicationState;
}

/** Applications that led to no grant, or not yet. */
export const otherApplications: readonly Application[] = [
  {
    staffNo: "neo",
    grant: sales,
    kind: "STANDING",
    reason: "Joined the sales department",
    validDays: null,
    signedBy: "sue",
    state: "SUBMITTED",
  },
  {
    staffNo: "ian",
    grant: { ...sales, operations: ["SEE_MASKED", "SEE_CLEAR"] },
    kind: "CHANGE",
    reason: "Helps sam with C1",
    changeReason: "Calls customers for sam",
    validDays: 60,
    signedBy: "sue",
    reviewedBy: "adam",
    decision: "REJECT",
    reviewerNotes: "Interns stay at MASKED; POST is for the group to decide.",
    state: "REJECTED",
  },
  {
    staffNo: "pat",
    grant: { ...production, customerScope: "ALL" },
    kind: "CHANGE",
    reason: "Planning of the coming season",
    changeReason: "Past orders are needed for the forecast",
    validDays: null,
    state: "DRAFT",
  },
  {
    staffNo: "S101",
    grant: { ...customerService, customerScope: "OWN" },
    kind: "TRANSFER",
    reason: "Moves to customer service",
    validDays: null,
    signedBy: "mona",
    reviewedBy: "adam",
    decision: "APPROVE",
    reviewerNotes: "To be implemented on the day of the transfer.",
    state: "APPROVED",
  },
];
