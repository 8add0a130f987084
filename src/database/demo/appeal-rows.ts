import type { AppealResult, AppealState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { grantId } from "./grant-rows.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

/** An appeal with what has come of it; days count from the loading to when it was filed. */
interface Appeal {
  readonly staffNo: string;
  readonly text: string;
  readonly wanted?: string;
  readonly filed: number;
  readonly head?: string;
  readonly answer?: string;
  /** Administration's, where the head forwarded it. */
  readonly result?: AppealResult;
  /** Days from the loading to the end of the time to take it to the group. */
  readonly escalable?: number;
  readonly votes?: Readonly<Record<string, boolean>>;
  readonly groupAnswer?: string;
  /** Days from the loading to when somebody has to go on with it. */
  readonly due?: number;
  readonly state: AppealState;
}

const appeals: readonly Appeal[] = [
  {
    staffNo: "neo",
    text: "I cannot see any customer, and nobody has told me when I will.",
    wanted: "What the other sellers see.",
    ...{ filed: -0.5, due: 1, state: "FILED" },
  },
  {
    staffNo: "sam",
    text: "Why do I not see the orders of customers whom I hand over?",
    ...{ filed: -4, head: "sue", escalable: 11, state: "ANSWERED" },
    answer: "Whoever takes them over sees them; the access goes with the customer.",
  },
  {
    staffNo: "cara",
    text: "I need the tax id for invoices to be corrected.",
    ...{ filed: -2, head: "mona", due: 2, state: "FORWARDED" },
  },
  {
    staffNo: "pat",
    text: "Past orders are needed for the forecast",
    wanted: "Orders of all customers.",
    ...{ filed: -3, head: "pia", result: "CHANGE_OPENED", state: "RESOLVED" },
    answer: "A change form has been opened; your head completes it.",
  },
  {
    staffNo: "spec",
    text: "I keep the dossiers and do not see what is confidential.",
    ...{ filed: -6, head: "mona", result: "EXPLAINED", escalable: 10, state: "RESOLVED" },
    answer: "Confidential dossiers have a keeper of their own; a clearance is for the group to give.",
  },
  {
    staffNo: "carl",
    text: "Each declaration takes longer than the call.",
    ...{ filed: -12, head: "mona", result: "REJECTED", escalable: 5, due: 9, state: "ESCALATED" },
    answer: "Sensitive use is declared before it happens.",
    votes: { sue: false },
  },
  {
    staffNo: "ian",
    text: "I would learn more with a seller's access.",
    ...{ filed: -28, head: "sue", escalable: -12, state: "DECIDED" },
    answer: "Interns stay at MASKED.",
    votes: { pia: false, tess: false, mona: true },
    groupAnswer: "Interns stay at MASKED: it ends with the internship.",
  },
  {
    staffNo: "qin",
    text: "Which cases belong on my list?",
    ...{ filed: -40, head: "gina", escalable: -25, state: "CLOSED" },
    answer: "Those of customers who complained about quality.",
  },
  {
    staffNo: "dora",
    text: "A steward corrects what she does not see: service cases are masked for me.",
    wanted: "Service cases of the department's customers, clear.",
    ...{ filed: -3, head: "sue", due: 1, result: "CHANGE_OPENED", state: "REVIEWED" },
    answer: "The tier allows it; the change form is the head's to complete.",
  },
];

/** Appeals in every state; their votes are numbered on from those on applications. */
export function appealRows(
  at: Calendar,
  { votesBefore, openedId }: { readonly votesBefore: number; readonly openedId: string },
) {
  const votes: Prisma.GroupVoteCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const year = at(0).getUTCFullYear();
  const rows = appeals.map((one, position): Prisma.AppealCreateManyInput => {
    const { staffNo, text, wanted, filed, head, answer, result, escalable, groupAnswer, due, state } = one;
    const id = demoId("apl", position + 1);
    for (const [turn, [member, inFavour]] of Object.entries(one.votes ?? {}).entries())
      votes.push({
        id: demoId("vot", votesBefore + votes.length + 1),
        appealId: id,
        memberId: employeeId(member),
        inFavour,
        votedAt: at(filed + voted + turn / 24),
      });
    steps.push(...stepsOf("Appeal", id, staffNo, historyOf(one, at)));
    return {
      ...{ id, state, text },
      formNo: `P-${year}-${(position + 1).toString().padStart(4, "0")}`,
      employeeId: employeeId(staffNo),
      grantId: staffNo === "neo" ? null : grantId(staffNo),
      wanted: wanted ?? null,
      filedAt: at(filed),
      headId: head ? employeeId(head) : null,
      headAt: head ? at(filed + answered) : null,
      answer: answer ?? null,
      escalableUntil: escalable === undefined ? null : at(escalable),
      ...(result && {
        result,
        reviewedById: employeeId("adam"),
        reviewedAt: at(filed + reviewed),
      }),
      ...(isAgreed(one) && {
        agreedById: employeeId(head!),
        agreedAt: at(filed + agreed),
        openedId: result === "CHANGE_OPENED" ? openedId : null,
      }),
      ...(groupAnswer && {
        groupAnswer,
        groupResult: "REJECTED",
        decidedById: employeeId("ada"),
        decidedAt: at(filed + decided),
      }),
      dueAt: due === undefined ? null : at(due),
    };
  });
  return { rows, votes, steps };
}

/** Days from filing to each step. */
const [answered, reviewed, agreed, escalated, voted, decided] = [1, 2, 2.5, 3, 4, 6];

/** Has the head agreed to administration's answer? */
const isAgreed = ({ result, state }: Appeal): boolean => result !== undefined && state !== "REVIEWED";

function historyOf(one: Appeal, at: Calendar): DemoStep[] {
  const { staffNo, filed, head, result, votes, escalable, state } = one;
  const own = employeeId(staffNo);
  const steps: DemoStep[] = [{ action: "file", to: "FILED", by: own, at: at(filed) }];
  if (head) {
    const forwarded = result !== undefined || state === "FORWARDED";
    steps.push({
      action: forwarded ? "forward" : "answer",
      to: forwarded ? "FORWARDED" : "ANSWERED",
      ...{ by: employeeId(head), at: at(filed + answered), seat: "head" },
    });
  }
  if (result) {
    const adam = { by: employeeId("adam"), at: at(filed + reviewed), seat: "reviewer" };
    steps.push({ action: "resolve", to: "REVIEWED", ...adam });
  }
  if (isAgreed(one)) {
    const agreement = { by: employeeId(head!), at: at(filed + agreed), seat: "agreer" };
    steps.push({ action: "agree", to: "RESOLVED", ...agreement });
  }
  if (votes) {
    const note = "The answer does not settle it.";
    steps.push({ action: "escalate", to: "ESCALATED", by: own, at: at(filed + escalated), note });
    for (const [turn, member] of Object.keys(votes).entries())
      steps.push({
        ...{ action: "vote", to: "ESCALATED", by: employeeId(member) },
        at: at(filed + voted + turn / 24),
      });
  }
  if (state === "DECIDED")
    steps.push({
      ...{ action: "decide", to: state, by: employeeId("ada"), at: at(filed + decided), seat: "recorder" },
    });
  if (state === "CLOSED") steps.push({ action: "close", to: state, by: null, at: at(escalable!) });
  return steps;
}
