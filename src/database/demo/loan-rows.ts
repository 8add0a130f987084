import type { DossierCondition, LoanState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** A line of the loan register, with who handled it so far; instants in days from the loading. */
interface DemoLoan {
  readonly staffNo: string;
  /** Whose dossier. */
  readonly customer: string;
  readonly reason: string;
  readonly asked: number;
  readonly signedBy?: string;
  readonly decidedBy?: string;
  readonly decisionNote?: string;
  readonly registeredBy?: string;
  readonly lent?: number;
  readonly back?: number;
  readonly condition?: DossierCondition;
  readonly lost?: string;
  readonly state: LoanState;
}

const specialist = { decidedBy: "spec", registeredBy: "spec" };

const loans: readonly DemoLoan[] = [
  {
    ...{ staffNo: "cara", customer: "C4", asked: -20, signedBy: "mona", ...specialist, lent: -19, back: -17 },
    ...{ condition: "FADED", state: "RETURNED", reason: "To copy the retention notice by hand" },
  },
  {
    ...{ staffNo: "carl", customer: "C5", asked: -16, signedBy: "mona", ...specialist, lent: -15, back: -10 },
    ...{ condition: "GOOD", state: "RETURNED_LATE", reason: "A question about an old delivery" },
  },
  {
    ...{ staffNo: "sue", customer: "C5", asked: -9, signedBy: "gina", ...specialist, lent: -8 },
    ...{ lost: "Left in a taxi; the company has been called.", state: "LOST", reason: "A visit" },
  },
  {
    ...{ staffNo: "pia", customer: "C1", asked: -7, signedBy: "gina", decidedBy: "spec", state: "REFUSED" },
    reason: "The specification of the spring tea",
    decisionNote: "It is on the order; no paper is needed for it.",
  },
  {
    ...{ staffNo: "fin", customer: "C2", asked: -6, signedBy: "gina", ...specialist, lent: -5 },
    ...{ state: "OVERDUE", reason: "The signed terms of payment" },
  },
  {
    ...{ staffNo: "pat", customer: "C1", asked: -4, state: "WITHDRAWN", reason: "The specification" },
  },
  {
    ...{ staffNo: "sven", customer: "C3", asked: -2, signedBy: "mona", decidedBy: "gina" },
    ...{ registeredBy: "mona", lent: -1, state: "LENT", reason: "Renewal of the contract" },
  },
  {
    ...{ staffNo: "dora", customer: "C4", asked: -1, signedBy: "sue", ...specialist, state: "REGISTERED" },
    reason: "Is there anything to be corrected before the retention period ends?",
  },
  {
    ...{
      staffNo: "carl",
      customer: "C1",
      asked: -0.9,
      signedBy: "mona",
      decidedBy: "spec",
      state: "APPROVED",
    },
    reason: "A complaint about the spring delivery",
  },
  {
    ...{ staffNo: "cara", customer: "C2", asked: -0.3, signedBy: "mona", state: "SIGNED" },
    reason: "Correspondence about a change of address",
  },
  {
    ...{ staffNo: "sam", customer: "C1", asked: -0.1, state: "REQUESTED", reason: "A visit to the customer" },
  },
];

const termHours = 72;

/** Loans in every state. */
export function loanRows(at: Calendar) {
  const rows: Prisma.LoanCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const year = at(0).getUTCFullYear();
  for (const [position, one] of loans.entries()) {
    const id = demoId("loa", position + 1);
    const { reason, asked, signedBy, decidedBy, decisionNote, registeredBy, lent, back, condition, state } =
      one;
    rows.push({
      ...{ id, reason, state, copies: 1 },
      formNo: `L-${year}-${(position + 1).toString().padStart(4, "0")}`,
      borrowerId: employeeId(one.staffNo),
      dossierId: demoId("dos", Number(one.customer.slice(1))),
      unitSeal: signedBy !== undefined,
      signedById: signedBy ? employeeId(signedBy) : null,
      signedAt: signedBy ? at(asked + 0.1) : null,
      decidedById: decidedBy ? employeeId(decidedBy) : null,
      decidedAt: decidedBy ? at(asked + 0.5) : null,
      decisionNote: decisionNote ?? null,
      registeredById: registeredBy ? employeeId(registeredBy) : null,
      registeredAt: registeredBy ? at(asked + 0.8) : null,
      termHours: registeredBy ? termHours : null,
      lentAt: lent === undefined ? null : at(lent),
      returnedToId: back === undefined ? null : employeeId("spec"),
      returnedAt: back === undefined ? null : at(back),
      returnCondition: condition ?? null,
      dueAt: dueOf(one, at),
    });
    steps.push(...stepsOf("Loan", id, one.staffNo, historyOf(one, at)));
  }
  return { rows, steps };
}

const overdueAfter = termHours / 24;

function dueOf({ lent, state }: DemoLoan, at: Calendar): Date | null {
  if (state === "SIGNED") return at(1);
  return state === "LENT" || state === "OVERDUE" ? at(lent! + overdueAfter) : null;
}

function historyOf(
  { staffNo, asked, signedBy, decidedBy, decisionNote, registeredBy, lent, back, lost, state }: DemoLoan,
  at: Calendar,
): DemoStep[] {
  const borrower = employeeId(staffNo);
  const steps: DemoStep[] = [{ action: "request", to: "REQUESTED", by: borrower, at: at(asked) }];
  const add = (
    action: string,
    to: LoanState,
    by: string | null,
    days: number,
    more: Partial<DemoStep> = {},
  ) => void steps.push({ action, to, by, at: at(days), ...more });
  if (state === "WITHDRAWN") add("withdraw", state, borrower, asked + 0.2);
  if (signedBy) add("seal", "SIGNED", employeeId(signedBy), asked + 0.1, { seat: "signer" });
  if (decidedBy && state === "REFUSED")
    add("refuse", state, employeeId(decidedBy), asked + 0.5, { seat: "decider", note: decisionNote ?? null });
  else if (decidedBy) add("approve", "APPROVED", employeeId(decidedBy), asked + 0.5, { seat: "decider" });
  if (registeredBy) add("register", "REGISTERED", employeeId(registeredBy), asked + 0.8, { seat: "keeper" });
  if (lent !== undefined) add("sign", "LENT", borrower, lent);
  if (lost) add("lose", "LOST", borrower, lent! + 1, { note: lost });
  if (state === "OVERDUE" || state === "RETURNED_LATE")
    add("fallOverdue", "OVERDUE", null, lent! + overdueAfter);
  if (back !== undefined) add("return", state, employeeId("spec"), back, { seat: "receiver" });
  return steps;
}
