import type { DepartmentCode, ObjectionResult, ObjectionState, Prisma } from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { customerId, demoId } from "./id.js";
import { departmentOf, employeeId } from "./people.js";

/** An objection with what has come of it; instants in days from the loading, of steps in their order. */
interface DemoObjection {
  /** cu1, who is C1, or who of customer service wrote it down for C2. */
  readonly by: string;
  readonly against: string;
  readonly statement?: number;
  /** Somebody, and with them the department, or a department. */
  readonly person?: string;
  readonly department?: DepartmentCode;
  readonly filed: number;
  readonly acknowledged?: readonly [by: string, at: number];
  readonly investigated?: number;
  readonly found?: readonly [ObjectionResult, at: number, finding: string];
  readonly rectifying?: readonly [by: string, at: number];
  readonly rectified?: readonly [at: number, what: string];
  readonly closed?: readonly [at: number, answer: string];
  readonly reopened?: readonly [at: number, note: string];
  /** By when somebody has to go on with it, unless the rectification says so. */
  readonly due?: number;
  readonly state: ObjectionState;
}

const objections: readonly DemoObjection[] = [
  {
    ...{ by: "cu1", filed: -75, department: "SALES", acknowledged: ["cara", -74.5], investigated: -73 },
    against: "I was offered tea by telephone after I had declined it in writing.",
    found: ["UPHELD", -66, "The wish to be left alone was noted on paper and nowhere else."],
    ...{
      rectifying: ["sue", -65],
      rectified: [-60, "The record says so now; the list of calls is drawn from it."],
    },
    closed: [-59, "You were right. You will not be called for offers any more."],
    state: "SETTLED",
  },
  {
    ...{ by: "cu1", filed: -30, department: "FINANCE", acknowledged: ["spec", -29.5], investigated: -28 },
    ...{ against: "Why do you keep my bank account?", statement: 1 },
    found: ["DISMISSED", -20, "Refunds are paid to it, and the accounts have to be kept for ten years."],
    closed: [-19, "We pay refunds to it, and the law has us keep our accounts for ten years."],
    state: "CLOSED",
  },
  {
    ...{ by: "carl", filed: -26, department: "CUSTOMER_SERVICE", acknowledged: ["cara", -25.5] },
    ...{ against: "She wants to know who has read what she told us about her health.", investigated: -24 },
    found: ["DISMISSED", -18, "All who have read it had a declaration for it."],
    closed: [-17, "Customer service has read it, to answer your complaint; nobody else has."],
    reopened: [-1, "She does not believe that it was for the complaint."],
    ...{ due: 14, state: "ACKNOWLEDGED" },
  },
  {
    ...{ by: "cu1", filed: -16, person: "sam", acknowledged: ["cara", -15.5], investigated: -14 },
    against: "The seller told my neighbour what I buy.",
    found: ["UPHELD", -8, "He did, and meant it as a recommendation."],
    ...{ rectifying: ["sue", -7], rectified: [-1, "He has been instructed, and has apologised in writing."] },
    ...{ due: 1, state: "RECTIFIED" },
  },
  {
    ...{ by: "cu1", filed: -14, department: "TECHNOLOGY", acknowledged: ["carl", -13.5], investigated: -12 },
    ...{ against: "Your letters show my telephone number in the window of the envelope.", statement: 2 },
    found: ["UPHELD", -6, "The template prints the number below the address."],
    ...{ rectifying: ["tess", -4], state: "RECTIFYING" },
  },
  {
    ...{ by: "spec", filed: -11, department: "SALES", acknowledged: ["cara", -10.5], investigated: -9 },
    against: "He is on a list of birthdays that he has never agreed to.",
    ...{ found: ["UPHELD", -2, "The list was made by hand, and has no purpose."], state: "UPHELD" },
  },
  {
    ...{ by: "cara", filed: -9, department: "PRODUCTION", acknowledged: ["carl", -8.5], investigated: -8 },
    against: "Production should not know his name.",
    ...{ found: ["DISMISSED", -0.5, "It sees names masked."], due: 1, state: "DISMISSED" },
  },
  {
    ...{ by: "cu1", filed: -5, person: "carl", acknowledged: ["cara", -4.5], investigated: -3 },
    against: "I was asked for my identity number before anybody would answer.",
    ...{ due: 10.5, state: "INVESTIGATING" },
  },
  {
    ...{ by: "cara", filed: -2, department: "SALES", acknowledged: ["spec", -1.5] },
    against: "She asks that her orders are not shown to trainees.",
    ...{ due: 13.5, state: "ACKNOWLEDGED" },
  },
  {
    ...{ by: "cu1", filed: -0.1, statement: 2 },
    against: "I do not want to be offered anything: where do I say so?",
    ...{ due: 1, state: "FILED" },
  },
];

/** Days from a result to the end of the time to rectify it. */
const toRectify = 14;

/** Days in which it can be opened again. */
const reopenable = 30;

/** Objections in every state, one of them opened again. */
export function objectionRows(at: Calendar) {
  const steps: ReturnType<typeof stepsOf> = [];
  const rows = objections.map((one, position): Prisma.ObjectionCreateManyInput => {
    const id = demoId("obj", position + 1);
    steps.push(...stepsOf("Objection", id, one.by, historyOf(one, at)));
    const { by, statement, person, department, acknowledged, due, reopened } = one;
    return {
      ...{ id, formNo: `OB-${at(0).getUTCFullYear()}-${String(position + 1).padStart(4, "0")}` },
      ...{
        customerId: customerId(by === "cu1" ? "C1" : "C2"),
        loginId: by === "cu1" ? employeeId(by) : null,
      },
      ...{ against: one.against, statementVersion: statement ?? null, filedAt: at(one.filed) },
      againstDepartment: person ? departmentOf(person) : (department ?? null),
      againstEmployeeId: person ? employeeId(person) : null,
      ...(acknowledged && { acknowledgedById: employeeId(acknowledged[0]), ackAt: at(acknowledged[1]) }),
      ...(reopened ? broughtBack(one, at) : courseOf(one, at)),
      ...{ dueAt: due === undefined ? null : at(due), state: one.state },
    };
  });
  return { rows, steps };
}

/** What is left of what was done before it was opened again. */
const broughtBack = ({ reopened, closed, found }: DemoObjection, at: Calendar) => ({
  reopenedAt: at(reopened![0]),
  firstAnswer: closed![1],
  firstFinding: `${found![0]}: ${found![2]}`,
});

const courseOf = (one: DemoObjection, at: Calendar) => {
  const { investigated, found, rectifying, rectified, closed } = one;
  return {
    ...(investigated && {
      investigatorId: employeeId("adam"),
      investigatedAt: at(found?.[1] ?? investigated),
    }),
    ...(found && { result: found[0], finding: found[2] }),
    ...(found?.[0] === "UPHELD" && { rectificationDue: at(found[1] + toRectify) }),
    ...(rectifying && {
      ...{ rectifierId: employeeId(rectifying[0]), rectifiedAt: at(rectified?.[0] ?? rectifying[1]) },
    }),
    ...(rectified && { rectification: rectified[1] }),
    ...(closed && {
      closedById: employeeId("cara"),
      closedAt: at(closed[0]),
      answer: closed[1],
      reopenableUntil: at(closed[0] + reopenable),
    }),
  };
};

function historyOf(one: DemoObjection, at: Calendar): DemoStep[] {
  const { by, filed, acknowledged, investigated, found, rectifying, rectified, closed, reopened } = one;
  const adam = { by: employeeId("adam"), seat: "investigator" };
  const decided = { UPHELD: "uphold", DISMISSED: "dismiss" } as const;
  const steps: DemoStep[] = [{ action: "file", to: "FILED", by: employeeId(by), at: at(filed) }];
  const then = (action: string, to: string, day: number, who: Pick<DemoStep, "by" | "seat" | "note">) =>
    steps.push({ action, to, at: at(day), ...who });
  if (acknowledged) {
    const who = { by: employeeId(acknowledged[0]), seat: "acknowledger" };
    then("acknowledge", "ACKNOWLEDGED", acknowledged[1], who);
  }
  if (investigated) then("investigate", "INVESTIGATING", investigated, adam);
  if (found) then(decided[found[0]], found[0], found[1], adam);
  const rectifier = rectifying && { by: employeeId(rectifying[0]), seat: "rectifier" };
  if (rectifier) then("startRectifying", "RECTIFYING", rectifying[1], rectifier);
  if (rectifier && rectified) then("finishRectifying", "RECTIFIED", rectified[0], rectifier);
  if (closed) then("close", "CLOSED", closed[0], { by: employeeId("cara"), seat: "closer" });
  if (one.state === "SETTLED") then("settle", "SETTLED", closed![0] + reopenable, { by: null });
  if (reopened) then("reopen", "ACKNOWLEDGED", reopened[0], { by: employeeId(by), note: reopened[1] });
  return steps;
}
