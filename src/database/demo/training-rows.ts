import type {
  Prisma,
  TrainingKind,
  TrainingRecordState,
  TrainingSessionState,
  TrainingTopic,
} from "../client.js";
import type { Calendar } from "./calendar.js";
import { type DemoStep, stepsOf } from "./history-rows.js";
import { demoId } from "./id.js";
import { type DemoPerson, demoPeople, employeeId, headOf, isInSecretPost, isNew } from "./people.js";

/** A session; instants in days from the loading. */
interface DemoSession {
  readonly trainer: string;
  readonly kind: TrainingKind;
  readonly topics: readonly TrainingTopic[];
  readonly title: string;
  readonly held: number;
  readonly state: TrainingSessionState;
  readonly note?: string;
  /** Who takes part, and what has come of it. */
  readonly takesPart: readonly { readonly staffNo: string; readonly state: TrainingRecordState }[];
}

const allTopics: TrainingTopic[] = ["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"];
const class4 = { hours: "4.0", place: "Training room" };

const passed = (attends: (person: DemoPerson) => boolean): DemoSession["takesPart"] =>
  demoPeople.filter(attends).map(({ staffNo }) => ({ staffNo, state: "PASSED" }));

const isTrained = ({ kind, staffNo }: DemoPerson): boolean =>
  kind !== "CUSTOMER" && kind !== "VISITOR" && staffNo !== "neo";
const sells = ({ roles }: DemoPerson): boolean => roles.includes("SELLER");

const devices = {
  trainer: "T101",
  kind: "DEVICE",
  topics: allTopics,
  title: "Customer-list devices",
} as const;
const selling = { trainer: "T101", kind: "SELLER", topics: [], title: "Filling in applications" } as const;
const over = { state: "EVALUATED" } as const;

/** Nobody trains themselves: of two trainers each has the other's. */
const sessions: readonly DemoSession[] = [
  { ...devices, ...over, held: -420, takesPart: [{ staffNo: "sven", state: "EXPIRED" }] },
  {
    ...{ ...devices, ...over, held: -60 },
    takesPart: passed((person) => isTrained(person) && !isNew(person.staffNo) && person.staffNo !== "T101"),
  },
  {
    ...{ ...devices, ...over, trainer: "tara", held: -60 },
    takesPart: passed(({ staffNo }) => staffNo === "T101"),
  },
  {
    ...{ ...selling, ...over, held: -60 },
    takesPart: passed((person) => sells(person) && !isNew(person.staffNo)),
  },
  {
    ...{ trainer: "T101", kind: "SECRET_POST", topics: [], title: "Classified records", ...over, held: -60 },
    takesPart: passed(isInSecretPost),
  },
  {
    ...{ trainer: "T101", kind: "VENDOR", topics: allTopics, title: "Vendors' people", ...over, held: -60 },
    takesPart: passed(({ kind }) => kind === "VENDOR_STAFF"),
  },
  { ...devices, ...over, held: -5, takesPart: passed(({ staffNo }) => staffNo === "nina") },
  {
    ...{ ...devices, ...over, topics: ["FUNCTIONS", "QUERY_ENTRY"], title: "Devices, first half", held: -5 },
    takesPart: passed(({ staffNo }) => staffNo === "neo"),
  },
  { ...selling, ...over, held: -5, takesPart: passed(({ staffNo }) => staffNo === "neo") },
  {
    ...{ ...devices, trainer: "tara", topics: ["DATA_PROTECTION"], title: "Devices, second half", held: -3 },
    state: "HELD",
    takesPart: [
      { staffNo: "neo", state: "FAILED" },
      { staffNo: "S102", state: "ATTENDED" },
      { staffNo: "S103", state: "ABSENT" },
    ],
  },
  {
    ...{ ...devices, trainer: "tara", topics: ["DATA_PROTECTION"], title: "Devices, second half", held: 3 },
    state: "SCHEDULED",
    takesPart: [{ staffNo: "neo", state: "ENROLLED" }],
  },
  {
    ...{ trainer: "tara", kind: "SECRET_POST", topics: [], title: "Classified records", held: 1 },
    state: "CANCELLED",
    note: "The room is taken.",
    takesPart: [{ staffNo: "spec", state: "WITHDRAWN" }],
  },
  {
    ...{ trainer: "tara", kind: "SECRET_POST", topics: [], title: "Classified records", ...over, held: -30 },
    takesPart: passed(({ staffNo }) => staffNo === "T101"),
  },
];

/** Who was there. */
const attended: readonly TrainingRecordState[] = ["ATTENDED", "PASSED", "FAILED", "EXPIRED"];

/** Training sessions, and what people take of them, in every state. */
export function trainingRows(at: Calendar) {
  const rows: Prisma.TrainingSessionCreateManyInput[] = [];
  const records: Prisma.TrainingRecordCreateManyInput[] = [];
  const steps: ReturnType<typeof stepsOf> = [];
  const year = at(0).getUTCFullYear();
  for (const [position, session] of sessions.entries()) {
    const { trainer, kind, title, held, state, takesPart } = session;
    const id = demoId("trs", position + 1);
    const topics = [...session.topics];
    rows.push({
      ...{ id, kind, topics, title, state, ...class4 },
      formNo: `TR-${year}-${(position + 1).toString().padStart(4, "0")}`,
      trainerId: employeeId(trainer),
      heldAt: at(held),
      evaluatedAt: state === "EVALUATED" ? at(held + 1.5) : null,
      dueAt: state === "HELD" ? at(held + 6) : null,
    });
    steps.push(...stepsOf("TrainingSession", id, trainer, sessionSteps(session, at)));
    for (const { staffNo, state: reached } of takesPart) {
      const recordId = demoId("trn", records.length + 1);
      const graded = ["PASSED", "FAILED", "EXPIRED"].includes(reached);
      const counts = reached === "PASSED" || reached === "EXPIRED";
      records.push({
        ...{ id: recordId, kind, topics, sessionId: id, state: reached },
        employeeId: employeeId(staffNo),
        trainerId: employeeId(trainer),
        heldAt: at(held),
        attendedHours: attended.includes(reached) ? class4.hours : null,
        score: graded ? scoreOf(records.length, counts) : null,
        evaluatedAt: graded ? at(held + 1) : null,
        expiresAt: counts ? at(held + 365) : null,
        renewedAt: reached === "EXPIRED" ? at(-59) : null,
      });
      steps.push(
        ...stepsOf(
          "TrainingRecord",
          recordId,
          staffNo,
          recordSteps(session, { staffNo, state: reached }, at),
        ),
      );
    }
  }
  return { rows, records, steps };
}

const scoreOf = (position: number, counts: boolean): string => `${counts ? 80 + (position % 20) : 48}.0`;

function sessionSteps({ trainer, held, state, note }: DemoSession, at: Calendar): DemoStep[] {
  const by = employeeId(trainer);
  const scheduled: DemoStep = { action: "schedule", to: "SCHEDULED", by, at: at(Math.min(held, 0) - 10) };
  if (state === "SCHEDULED") return [scheduled];
  if (state === "CANCELLED") return [scheduled, { action: "cancel", to: state, by, at: at(-1), note: note! }];
  const wasHeld: DemoStep = { action: "hold", to: "HELD", by, at: at(held + 0.2) };
  return state === "HELD"
    ? [scheduled, wasHeld]
    : [scheduled, wasHeld, { action: "evaluate", to: state, by, at: at(held + 1.5) }];
}

function recordSteps(
  { trainer, held }: DemoSession,
  { staffNo, state }: DemoSession["takesPart"][number],
  at: Calendar,
): DemoStep[] {
  const by = employeeId(trainer);
  // Who is new has asked for it.
  const enroller = isNew(staffNo) ? staffNo : headOf(demoPeople.find((one) => one.staffNo === staffNo)!);
  const enrolled: DemoStep = {
    ...{ action: "enrol", to: "ENROLLED", by: employeeId(enroller) },
    at: at(Math.min(held, 0) - 2),
  };
  const attends: DemoStep = { action: "attend", to: "ATTENDED", by, at: at(held + 0.3) };
  const grade = (to: string): DemoStep => ({
    ...{ action: "grade", to, by, seat: "evaluator", at: at(held + 1) },
  });
  switch (state) {
    case "ENROLLED":
      return [enrolled];
    case "WITHDRAWN":
      return [enrolled, { action: "callOff", to: state, by: null, at: at(-1) }];
    case "ABSENT":
      return [enrolled, { action: "miss", to: state, by, at: at(held + 0.3) }];
    case "ATTENDED":
      return [enrolled, attends];
    case "EXPIRED":
      return [
        enrolled,
        attends,
        grade("PASSED"),
        { action: "expire", to: state, by: null, at: at(held + 365) },
      ];
    default:
      return [enrolled, attends, grade(state)];
  }
}
