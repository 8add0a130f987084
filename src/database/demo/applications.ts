import type { ApplicationDecision, ApplicationState, GrantKind } from "../client.js";
import type { DemoGrant } from "./account.js";
import { masked, production, sales } from "./grants.js";

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
  /** Members of the group, and whether they are in favour. */
  readonly votes?: Readonly<Record<string, boolean>>;
  /** Who recorded what the group decided. */
  readonly decidedBy?: string;
  /** Days from the loading to its implementation, or to when that could be; 30 days ago. */
  readonly began?: number;
  /** Days from the loading to when somebody has to go on with it. */
  readonly dueDays?: number;
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
    began: 3,
    dueDays: 1,
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
    began: 4,
    state: "DRAFT",
  },
  {
    staffNo: "S102",
    grant: sales,
    kind: "TRANSFER",
    reason: "Default scope of the post",
    changeReason: "Has come from another department",
    validDays: null,
    signedBy: "sue",
    began: 1,
    dueDays: 1,
    reviewedBy: "adam",
    decision: "APPROVE",
    reviewerNotes: "As every seller has it.",
    state: "APPROVED",
  },
  {
    staffNo: "bo",
    grant: masked("COMPLIANCE", "C2"),
    kind: "CASE",
    reason: "Two customers with one telephone number",
    validDays: 30,
    signedBy: "gina",
    reviewedBy: "adam",
    decision: "APPROVE",
    reviewerNotes: "For the case only.",
    began: 0.5,
    dueDays: 1,
    state: "APPROVED",
  },
  {
    staffNo: "S102",
    grant: { ...sales, tier: "STEWARD", operations: [...sales.operations, "CORRECT"] },
    kind: "STANDING",
    reason: "Covers for the data steward of sales",
    validDays: 200,
    signedBy: "sue",
    reviewedBy: "adam",
    decision: "ESCALATE",
    reviewerNotes: "Above the ceiling of sales.",
    votes: { pia: true, tess: false },
    began: 2,
    dueDays: 4,
    state: "ESCALATED",
  },
  {
    staffNo: "S103",
    grant: { ...sales, customerScope: "ALL" },
    kind: "STANDING",
    reason: "Sells",
    validDays: null,
    signedBy: "sue",
    reviewedBy: "adam",
    decision: "RETURN",
    reviewerNotes: "Why all customers? The reason does not say.",
    began: 3,
    state: "RETURNED",
  },
  {
    staffNo: "S104",
    grant: sales,
    kind: "STANDING",
    reason: "Joins the sales department next month",
    validDays: null,
    signedBy: "sue",
    began: 0,
    state: "WITHDRAWN",
  },
];
