import type { Prisma } from "../database/client.js";
import { refusal } from "../errors.js";
import { type FormRules, filled, readWholeForm } from "../reading/form.js";
import { anyValue } from "../reading/form-readers.js";
import { requireReachable } from "../reading/writable-rows.js";
import type { Opener, Opening } from "../workflow/step.js";
import type { EnrolInTrainingInput } from "./training-record.input.js";
import { TrainingSession } from "./training-session.type.js";

interface EnrolmentForm {
  readonly sessionId: string;
  readonly employeeId: string;
}

const rules: FormRules<EnrolmentForm> = { sessionId: filled(anyValue), employeeId: filled(anyValue) };

const inputPath = "input.sessionId";

/** Enrols oneself, or somebody of one's department, in a session that is still to come (S000-5.1a). */
export const enrol: Opener<EnrolInTrainingInput, EnrolmentForm> = {
  read: (input, { caller: { id, now } }) =>
    readWholeForm<EnrolmentForm>({ ...input, employeeId: input.employeeId ?? id }, rules, now),
  subject: ({ employeeId }) => employeeId,
  async write(opening) {
    const { tx, form, subject, entry } = opening;
    const session = await lockSession(opening);
    if (session.trainerId === subject.id)
      throw refusal("SELF_DECISION", { inputPath, needs: "a session that somebody else holds" });
    if (session.state !== "SCHEDULED")
      throw refusal("WRONG_STATE", { inputPath, needs: "a session that is still to come" });
    const taken = { sessionId: session.id, state: { not: "WITHDRAWN" } } as const;
    if ((await tx.trainingRecord.count({ where: { ...taken, employeeId: subject.id } })) > 0)
      throw refusal("DUPLICATE", { inputPath });
    if (session.places !== null && (await tx.trainingRecord.count({ where: taken })) >= session.places)
      throw refusal("WRONG_STATE", { inputPath, needs: "a session with a free place" });
    const { kind, topics, heldAt, trainerId } = session;
    await tx.trainingRecord.create({
      data: { ...entry, ...form, kind, topics, heldAt, trainerId, state: "ENROLLED" },
      select: { id: true },
    });
  },
};

/** Whoever enrols, calls it off or hands it over at the same time waits. Throws NOT_FOUND for one out of reach. */
async function lockSession({ tx, by, form: { sessionId } }: Opening<EnrolmentForm>) {
  await requireReachable(
    { db: tx, decisions: by.decisions },
    { type: TrainingSession, id: sessionId, inputPath },
  );
  await tx.$queryRaw`SELECT 1 AS "locked" FROM "TrainingSession" WHERE "id" = ${sessionId} FOR UPDATE`;
  return tx.trainingSession.findUniqueOrThrow({ where: { id: sessionId }, select });
}

const select = {
  ...{ id: true, state: true, trainerId: true, places: true },
  ...{ kind: true, topics: true, heldAt: true },
} satisfies Prisma.TrainingSessionSelect;
