import type { Prisma, StaffRequestKind, StaffRequestState } from "../client.js";
import type { Calendar } from "./calendar.js";
import { deviceIdOf } from "./device-rows.js";
import { demoDevices } from "./devices.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { employeeId } from "./people.js";

// What staff demand, propose and ask, in every state: tara answers demands, the clerk proposals, tim questions.

interface Told {
  readonly asker: string;
  readonly kind: StaffRequestKind;
  readonly text: string;
  readonly asked: number;
  readonly end?: "ANSWERED" | "WITHDRAWN" | "DROPPED";
  readonly answer?: string;
}

const requests: readonly Told[] = [
  { asker: "sam", kind: "TRAINING", text: "Refresher on querying: the screens have changed", asked: -1 },
  { asker: "mona", kind: "IMPROVEMENT", text: "Privacy filters for the desks at the entrance", asked: -3 },
  { asker: "fin", kind: "SUPPORT", text: "The table of orders prints without its last column", asked: -0.5 },
  {
    ...{ asker: "cara", kind: "TRAINING", text: "Protecting customer data, for new colleagues", asked: -30 },
    ...{ end: "ANSWERED", answer: "It is part of the next session; enrol there" },
  },
  {
    ...{ asker: "pat", kind: "IMPROVEMENT", text: "Larger screens for planning", asked: -25 },
    ...{ end: "ANSWERED", answer: "With the next renewal of these devices" },
  },
  {
    ...{ asker: "spec", kind: "SUPPORT", text: "The reader of cards is not found", asked: -20 },
    ...{ end: "ANSWERED", answer: "Its driver has been installed" },
  },
  { asker: "sven", kind: "SUPPORT", text: "Cannot print", asked: -12, end: "WITHDRAWN" },
  { asker: "dora", kind: "IMPROVEMENT", text: "Scanners at the counter", asked: -45, end: "DROPPED" },
];

/** How each kind begins, whose it is to answer, and by which step. */
const courses = {
  TRAINING: { open: "demand", first: "TRAINING_DEMANDED", by: "tara", answer: "answerDemand" },
  IMPROVEMENT: { open: "propose", first: "IMPROVEMENT_PROPOSED", by: "clerk", answer: "answerProposal" },
  SUPPORT: { open: "askForSupport", first: "SUPPORT_ASKED", by: "tim", answer: "answerQuestion" },
} as const satisfies Record<StaffRequestKind, { first: StaffRequestState } & Record<string, string>>;

export function staffRequestRows(at: Calendar) {
  const year = at(0).getUTCFullYear();
  const steps: ReturnType<typeof stepsOf> = [];
  const rows = requests.map(
    ({ asker, kind, text, asked, end, answer }, position): Prisma.StaffRequestCreateManyInput => {
      const id = demoId("req", position + 1);
      const { open, first, by, answer: answering } = courses[kind];
      const [asking, answerer] = [employeeId(asker), employeeId(by)];
      const ends: Readonly<Record<NonNullable<Told["end"]>, Omit<DemoStep, "to" | "at">>> = {
        ANSWERED: { action: answering, by: answerer, seat: "answerer" },
        WITHDRAWN: { action: "withdraw", by: asking },
        DROPPED: { action: "drop", by: null },
      };
      const course: DemoStep[] = [{ action: open, to: first, by: asking, at: at(asked) }];
      if (end) course.push({ ...ends[end], to: end, at: at(asked + 1) });
      steps.push(...stepsOf("StaffRequest", id, asker, course));
      const device = kind === "SUPPORT" && demoDevices.find(({ custodian }) => custodian === asker);
      return {
        ...{ id, kind, text, formNo: `SQ-${year}-${String(position + 1).padStart(4, "0")}` },
        ...{ askerId: asking, askedAt: at(asked), deviceId: device ? deviceIdOf(device) : null },
        ...(end === "ANSWERED" && { answer, answeredById: answerer, answeredAt: at(asked + 1) }),
        ...{ dueAt: end ? null : at(1), state: end ?? first },
      };
    },
  );
  return { rows, steps };
}
