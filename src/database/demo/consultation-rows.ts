import type { ConsultationState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** An application to read a customer's dossier, with who handled it so far; instants in days from the loading. */
interface DemoConsultation {
  readonly staffNo: string;
  readonly customer: string;
  readonly purpose: string;
  readonly reason: string;
  readonly asked: number;
  /** Who filled it in at the desk, for a visitor. */
  readonly filledInBy?: string;
  readonly signedBy?: string;
  readonly decidedBy?: string;
  readonly decisionNote?: string;
  readonly window?: readonly [from: number, to: number];
  readonly dueDays?: number;
  readonly state: ConsultationState;
}

const consultations: readonly DemoConsultation[] = [
  {
    ...{ staffNo: "qin", customer: "C1", asked: -0.2, state: "DRAFT" },
    purpose: "Complaint about the spring delivery",
    reason: "The signed specification is in the dossier only.",
  },
  {
    ...{ staffNo: "dora", customer: "C3", asked: -0.3, signedBy: "sue", dueDays: 1, state: "SUBMITTED" },
    purpose: "Half-yearly check of the contracts of sales",
    reason: "The contract of this customer is classified.",
  },
  {
    ...{
      staffNo: "carl",
      customer: "C3",
      asked: -1.5,
      signedBy: "mona",
      decidedBy: "gina",
      state: "APPROVED",
    },
    purpose: "Answer to a question about the contract",
    reason: "The customer quotes an annex that carl has never seen.",
    window: [-0.5, 2],
  },
  {
    ...{ staffNo: "bo", customer: "C1", asked: -8, signedBy: "gina", decidedBy: "spec", state: "REFUSED" },
    purpose: "Check of a doubtful telephone number",
    reason: "The number may be in the correspondence.",
    decisionNote: "The number is in the customer's record; no paper is needed for it.",
  },
  {
    ...{ staffNo: "cory", customer: "C1", asked: -12, signedBy: "gina", decidedBy: "cara", state: "CLOSED" },
    purpose: "Verification of a signature",
    reason: "The customer denies having signed.",
    window: [-11, -9],
  },
  {
    ...{ staffNo: "pat", customer: "C1", asked: -5, state: "WITHDRAWN" },
    purpose: "Planning of the autumn harvest",
    reason: "What was agreed on for autumn?",
  },
  {
    ...{ staffNo: "vera", customer: "C1", asked: -1, filledInBy: "spec" },
    ...{ signedBy: "gina", decidedBy: "cara", state: "APPROVED" },
    purpose: "Audit of the customer's purchases",
    reason: "The customer's own copies of the deliveries are lost.",
    window: [-0.4, 2.5],
  },
];

/** Consultations in every state. */
export function consultationRows(at: Calendar) {
  const rows: Prisma.ConsultationCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const year = at(0).getUTCFullYear();
  for (const [position, one] of consultations.entries()) {
    const id = demoId("con", position + 1);
    const { purpose, reason, asked, signedBy, decidedBy, decisionNote, window, dueDays, state } = one;
    const { filledInBy } = one;
    rows.push({
      ...{ id, purpose, reason, state },
      formNo: `C-${year}-${(position + 1).toString().padStart(4, "0")}`,
      readerId: employeeId(one.staffNo),
      dossierId: demoId("dos", Number(one.customer.slice(1))),
      ...(filledInBy
        ? {
            readerProfile: "Auditor, sent by the customer.",
            ...{ identityDocument: "LETTER", filledInById: employeeId(filledInBy), filledInAt: at(asked) },
          }
        : { readerProfile: "More than a year in the post, trained in data protection." }),
      unitSeal: signedBy !== undefined,
      signedById: signedBy ? employeeId(signedBy) : null,
      signedAt: signedBy ? at(asked + 0.1) : null,
      decidedById: decidedBy ? employeeId(decidedBy) : null,
      decidedAt: decidedBy ? at(asked + 0.5) : null,
      decisionNote: decisionNote ?? null,
      windowFrom: window ? at(window[0]) : null,
      windowTo: window ? at(window[1]) : null,
      dueAt: dueDays === undefined ? null : at(dueDays),
    });
    steps.push(...stepsOf("Consultation", id, one.staffNo, historyOf(one, at)));
  }
  return { rows, steps };
}

function historyOf(
  { staffNo, asked, filledInBy, signedBy, decidedBy, decisionNote, window, state }: DemoConsultation,
  at: Calendar,
): DemoStep[] {
  const reader = employeeId(staffNo);
  const steps: DemoStep[] = [
    filledInBy
      ? {
          ...{ action: "requestForVisitor", to: "DRAFT", at: at(asked) },
          ...{ by: employeeId(filledInBy), seat: "clerk" },
        }
      : { action: "request", to: "DRAFT", by: reader, at: at(asked) },
  ];
  if (state === "WITHDRAWN")
    steps.push({ action: "withdraw", to: "WITHDRAWN", by: reader, at: at(asked + 0.2) });
  if (signedBy)
    steps.push({
      ...{ action: "submit", to: "SUBMITTED", by: employeeId(signedBy), at: at(asked + 0.1) },
      seat: "signer",
    });
  if (decidedBy) {
    const decision = { by: employeeId(decidedBy), at: at(asked + 0.5), seat: "decider" };
    steps.push(
      state === "REFUSED"
        ? { action: "refuse", to: "REFUSED", ...decision, note: decisionNote ?? null }
        : { action: "approve", to: "APPROVED", ...decision },
    );
  }
  if (state === "CLOSED") steps.push({ action: "close", to: "CLOSED", by: null, at: at(window![1]) });
  return steps;
}
