import type { Prisma, TrainingSession as Row, TrainingKind, TrainingTopic } from "../database/client.js";
import { refusal } from "../errors.js";
import {
  clearable,
  type FormRules,
  filled,
  incomplete,
  type Problem,
  readWholeForm,
} from "../reading/form.js";
import { anyValue, futureInstant, line, wholeNumber } from "../reading/form-readers.js";
import { nextFormNumber } from "../workflow/form-number.js";
import type { Opener, Step, Work } from "../workflow/step.js";
import { letFollow } from "../workflow/take-step.js";
import { sellerHours, tenths } from "./trained.js";
import { trainingRecordWorkflow } from "./training-record.workflow.js";
import type {
  HandOverTrainingSessionInput,
  RescheduleTrainingSessionInput,
  ScheduleTrainingSessionInput,
} from "./training-session.input.js";

/** A session, as it is stored. */
interface SessionForm {
  readonly kind: TrainingKind;
  readonly topics: TrainingTopic[];
  readonly title: string;
  readonly place: string;
  readonly hours: string;
  readonly heldAt: string;
  readonly places: number | null;
}

const rules: FormRules<SessionForm> = {
  kind: filled(anyValue),
  topics: filled((written) => ({ value: [...new Set(written)] })),
  title: filled(line(200)),
  place: filled(line(200)),
  hours: filled(tenths(0.5, 80)),
  heldAt: filled(futureInstant),
  places: clearable(wholeNumber(1, 1_000)),
};

/** What is taught of devices; the others qualify for something else. */
const aboutDevices: readonly TrainingKind[] = ["DEVICE", "VENDOR"];

function kindProblems({ kind, topics, hours }: Partial<SessionForm>): Omit<Problem, "code">[] {
  if (!kind) return [];
  const problems: Omit<Problem, "code">[] = [];
  if (topics && aboutDevices.includes(kind) !== topics.length > 0)
    problems.push({
      field: "topics",
      reason:
        topics.length > 0 ? "Only trainings about devices have topics." : "There has to be one at least.",
    });
  if (hours && kind === "SELLER" && Number(hours) < sellerHours)
    problems.push({
      field: "hours",
      reason: `The course of sellers takes ${sellerHours} class hours at least.`,
    });
  return problems;
}

/** Announces a training that the caller will hold. */
export const scheduleSession: Opener<ScheduleTrainingSessionInput, SessionForm> = {
  read: (input, { caller: { now } }) =>
    readWholeForm<SessionForm>({ ...input, topics: input.topics ?? [] }, rules, now, kindProblems),
  subject: (_form, { id }) => id,
  async write({ tx, now, form, subject, entry }) {
    await tx.trainingSession.create({
      data: {
        ...entry,
        ...form,
        state: "SCHEDULED",
        formNo: await nextFormNumber(tx, "TR", now),
        heldAt: new Date(form.heldAt),
        trainerId: subject.id,
      },
      select: { id: true },
    });
  },
};

/** Everybody who is enrolled follows: by a step of their own record, in the order of its ids. */
const letEnrolled = async (work: Work, sessionId: string, action: "move" | "callOff"): Promise<void> => {
  const enrolled = await work.tx.trainingRecord.findMany({
    where: { sessionId, state: "ENROLLED" },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  for (const { id } of enrolled) await letFollow(work, trainingRecordWorkflow, action, id);
};

/** Moves it to another time: who is enrolled stays so, and hears of it. */
export async function reschedule({ now, facts, input }: Step<Row, RescheduleTrainingSessionInput>) {
  const { heldAt } = readWholeForm<Pick<SessionForm, "heldAt">>(
    { heldAt: input.heldAt },
    { heldAt: rules.heldAt },
    now,
  );
  return {
    set: { heldAt: new Date(heldAt) },
    brings: (work: Work) => letEnrolled(work, facts.id, "move"),
  };
}

/** Calls it off, with everybody who is enrolled. */
export const callOff = async ({ facts }: Step<Row, unknown>) => ({
  brings: (work: Work) => letEnrolled(work, facts.id, "callOff"),
});

/** States of a record that nobody evaluates any more. */
const unsettled = { in: ["ENROLLED", "ATTENDED"] } satisfies Prisma.EnumTrainingRecordStateFilter;

/** Hands it over to another trainer, with all that is still to be evaluated. */
export async function handOver({ tx, facts, input }: Step<Row, HandOverTrainingSessionInput>) {
  const { trainerId } = input;
  if (!trainerId) throw incomplete([{ field: "trainerId", reason: "It is missing." }]);
  const trainer = await tx.employee.findFirst({
    where: { id: trainerId, status: "ACTIVE", roles: { some: { role: "TRAINER" } } },
    select: { id: true },
  });
  if (!trainer) throw refusal("NOT_FOUND", { inputPath: "input.trainerId", needs: "a trainer at work" });
  if (trainerId === facts.subject.id)
    throw refusal("WRONG_STATE", {
      inputPath: "input.trainerId",
      needs: "somebody who does not hold it already",
    });
  const ofSession = { sessionId: facts.id };
  if (
    (await tx.trainingRecord.count({ where: { ...ofSession, employeeId: trainerId, state: unsettled } })) > 0
  )
    throw refusal("SELF_DECISION", {
      inputPath: "input.trainerId",
      needs: "a trainer who does not take part: nobody evaluates their own training",
    });
  await tx.trainingRecord.updateMany({ where: { ...ofSession, state: unsettled }, data: { trainerId } });
  return { set: { trainerId } };
}
