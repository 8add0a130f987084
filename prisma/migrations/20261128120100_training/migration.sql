-- Training sessions; a training is a form that goes from enrolment to its result and its end.

-- CreateEnum
CREATE TYPE "TrainingSessionState" AS ENUM ('SCHEDULED', 'HELD', 'EVALUATED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "TrainingRecordState" AS ENUM ('ENROLLED', 'ATTENDED', 'ABSENT', 'WITHDRAWN', 'PASSED', 'FAILED', 'EXPIRED');

-- CreateTable
CREATE TABLE "TrainingSession" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "trainerId" TEXT NOT NULL,
    "kind" "TrainingKind" NOT NULL,
    "topics" "TrainingTopic"[],
    "title" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "hours" DECIMAL(5,1) NOT NULL,
    "heldAt" TIMESTAMPTZ(3) NOT NULL,
    "places" INTEGER,
    "evaluatedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "TrainingSessionState" NOT NULL,

    CONSTRAINT "TrainingSession_pkey" PRIMARY KEY ("id")
);

-- AlterTable
ALTER TABLE "TrainingRecord" ADD COLUMN "sessionId" TEXT,
ADD COLUMN "evaluatedAt" TIMESTAMPTZ(3),
ADD COLUMN "renewedAt" TIMESTAMPTZ(3),
ADD COLUMN "dueAt" TIMESTAMPTZ(3),
ADD COLUMN "state" "TrainingRecordState",
ALTER COLUMN "attendedHours" DROP NOT NULL,
ALTER COLUMN "expiresAt" DROP NOT NULL;

-- Trainings that are there were evaluated when they were held. What is over by now is not announced any more; by the
-- clock's own step it would be. Nobody has trained themselves.
UPDATE "TrainingRecord" SET
  "state" = (CASE WHEN NOT "passed" THEN 'FAILED' WHEN "expiresAt" <= now() THEN 'EXPIRED' ELSE 'PASSED' END)::"TrainingRecordState",
  "evaluatedAt" = "heldAt",
  "expiresAt" = CASE WHEN "passed" THEN "expiresAt" END,
  "trainerId" = nullif("trainerId", "employeeId");

-- AlterTable
ALTER TABLE "TrainingRecord" ALTER COLUMN "state" SET NOT NULL,
DROP COLUMN "passed";

-- CreateIndex
CREATE UNIQUE INDEX "TrainingSession_formNo_key" ON "TrainingSession"("formNo");

-- CreateIndex
CREATE INDEX "TrainingSession_state_heldAt_idx" ON "TrainingSession"("state", "heldAt");

-- CreateIndex
CREATE INDEX "TrainingSession_trainerId_idx" ON "TrainingSession"("trainerId");

-- CreateIndex
CREATE INDEX "TrainingRecord_sessionId_idx" ON "TrainingRecord"("sessionId");

-- CreateIndex
CREATE INDEX "TrainingRecord_trainerId_idx" ON "TrainingRecord"("trainerId");

-- CreateIndex
CREATE INDEX "TrainingRecord_state_expiresAt_idx" ON "TrainingRecord"("state", "expiresAt");

-- AddForeignKey
ALTER TABLE "TrainingSession" ADD CONSTRAINT "TrainingSession_trainerId_fkey" FOREIGN KEY ("trainerId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRecord" ADD CONSTRAINT "TrainingRecord_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "TrainingSession"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "TrainingSession"
  ADD CONSTRAINT "TrainingSession_title_filled" CHECK ("title" ~ '\S'),
  ADD CONSTRAINT "TrainingSession_place_filled" CHECK ("place" ~ '\S'),
  ADD CONSTRAINT "TrainingSession_hours_range" CHECK ("hours" > 0 AND ("kind" <> 'SELLER' OR "hours" >= 2)),
  ADD CONSTRAINT "TrainingSession_places_range" CHECK ("places" > 0),
  ADD CONSTRAINT "TrainingSession_topics_by_kind" CHECK (("kind" IN ('DEVICE', 'VENDOR')) = (cardinality(coalesce("topics", '{}')) > 0)),
  ADD CONSTRAINT "TrainingSession_evaluated_when" CHECK (("state" = 'EVALUATED') = ("evaluatedAt" IS NOT NULL));
ALTER TABLE "TrainingRecord"
  ADD CONSTRAINT "TrainingRecord_attended_hours" CHECK (("state" IN ('ENROLLED', 'ABSENT', 'WITHDRAWN')) = ("attendedHours" IS NULL)),
  ADD CONSTRAINT "TrainingRecord_passed_until" CHECK (("state" IN ('PASSED', 'EXPIRED')) = ("expiresAt" IS NOT NULL)),
  ADD CONSTRAINT "TrainingRecord_passed_score" CHECK ("sessionId" IS NULL OR "state" NOT IN ('PASSED', 'EXPIRED') OR coalesce("score", 0) >= 60);
-- Nobody takes part in one session twice.
CREATE UNIQUE INDEX "TrainingRecord_enrolled_key" ON "TrainingRecord" ("sessionId", "employeeId") WHERE "state" <> 'WITHDRAWN';

-- What the tables say; `schema/workflows.sql` is the same, printed.
ALTER TABLE "TrainingRecord" ADD CONSTRAINT "TrainingRecord_seats_apart" CHECK ("employeeId" <> "trainerId");
ALTER TABLE "TrainingRecord" ADD CONSTRAINT "TrainingRecord_seats_filled" CHECK (("state" <> 'PASSED' OR "evaluatedAt" IS NOT NULL) AND ("state" <> 'FAILED' OR "evaluatedAt" IS NOT NULL) AND ("state" <> 'EXPIRED' OR "evaluatedAt" IS NOT NULL));
CREATE TRIGGER "TrainingRecord_moves" BEFORE UPDATE OF "state" ON "TrainingRecord"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ENROLLED>WITHDRAWN', 'ENROLLED>ATTENDED', 'ENROLLED>ABSENT', 'ATTENDED>PASSED', 'ATTENDED>FAILED', 'PASSED>EXPIRED');

CREATE TRIGGER "TrainingSession_moves" BEFORE UPDATE OF "state" ON "TrainingSession"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('SCHEDULED>HELD', 'HELD>EVALUATED', 'SCHEDULED>CANCELLED');
