import { Prisma, type TrainingRecord as Row } from "../database/client.js";
import { type FormRules, filled, incomplete, readWholeForm } from "../reading/form.js";
import { type Sql, sql } from "../reading/sql.js";
import type { Facts } from "../workflow/facts.js";
import type { Step, Work } from "../workflow/step.js";
import { expiryOf, isPassed, tenths } from "./trained.js";
import type { GradeTrainingInput, RecordTrainingAttendanceInput } from "./training-record.input.js";

/** What somebody's training knows of its session. */
interface SessionFacts {
  readonly state: string;
  /** Class hours. */
  readonly hours: number;
  readonly heldAt: string;
}

/** As SQL: with its trainer, who is named to the table. */
export const recordFacts = (row: Sql): Sql => sql`json_build_object(
  'trainerId', ${row}."trainerId", 'session', (
    SELECT json_build_object('state', c."state", 'hours', c."hours", 'heldAt', c."heldAt")
    FROM "TrainingSession" c WHERE c."id" = ${row}."sessionId"))`;

export const sessionOf = ({ more }: Pick<Facts<Row>, "more">): SessionFacts => more.session as SessionFacts;

/** Records how long somebody was there: for all of it, unless it says otherwise. */
export async function recordAttendance({ facts, input }: Step<Row, RecordTrainingAttendanceInput>) {
  const { hours } = sessionOf(facts);
  const attendedHours = input.attendedHours ?? String(hours);
  const reading = tenths(0.1, hours)(attendedHours, new Date(0));
  if ("reason" in reading) throw incomplete([{ field: "attendedHours", reason: reading.reason }]);
  return { set: { attendedHours: new Prisma.Decimal(reading.value) } };
}

const rules: FormRules<{ readonly score: string }> = { score: filled(tenths(0, 100)) };

/** Evaluates somebody's training: the score and the hours decide. What is passed opens at once what it is asked for. */
export async function grade({ now, facts, input }: Step<Row, GradeTrainingInput>) {
  const { score } = readWholeForm({ score: input.score }, rules, now);
  const { heldAt, attendedHours } = facts.row;
  const passed = isPassed(score, Number(attendedHours), sessionOf(facts).hours);
  const expiresAt = passed && expiryOf(new Date(heldAt));
  return {
    to: passed ? "PASSED" : "FAILED",
    set: {
      score: new Prisma.Decimal(score),
      ...(expiresAt && { expiresAt }),
    },
    ...(expiresAt && { brings: (work: Work) => renew(work, facts, expiresAt) }),
  };
}

/** Of what this training covers as well, and for as long, nobody is reminded any more. */
const renew = (
  { tx, now }: Work,
  { id, subject, row: { kind, topics } }: Facts<Row>,
  expiresAt: Date,
) => tx.$executeRaw`
  UPDATE "TrainingRecord" SET "renewedAt" = ${now}
  WHERE "employeeId" = ${subject.id} AND "kind" = ${kind}::"TrainingKind" AND "id" <> ${id} AND "state" = 'PASSED'
    AND "renewedAt" IS NULL AND "expiresAt" <= ${expiresAt} AND coalesce("topics", '{}') <@ ${topics}::text[]::"TrainingTopic"[]`;

/** It takes place when its session does. */
export const moveWithSession = async ({ facts }: Step<Row, unknown>) => ({
  set: { heldAt: new Date(sessionOf(facts).heldAt) },
});
