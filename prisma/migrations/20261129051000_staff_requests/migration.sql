CREATE TYPE "StaffRequestKind" AS ENUM ('TRAINING', 'IMPROVEMENT', 'SUPPORT');
CREATE TYPE "StaffRequestState" AS ENUM ('TRAINING_DEMANDED', 'IMPROVEMENT_PROPOSED', 'SUPPORT_ASKED', 'ANSWERED', 'WITHDRAWN', 'DROPPED');

CREATE TABLE "StaffRequest" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "kind" "StaffRequestKind" NOT NULL,
    "askerId" TEXT NOT NULL,
    "deviceId" TEXT,
    "text" TEXT NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "sessionId" TEXT,
    "answeredById" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "StaffRequestState" NOT NULL,

    CONSTRAINT "StaffRequest_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "StaffRequest_formNo_key" ON "StaffRequest"("formNo");
CREATE INDEX "StaffRequest_askerId_idx" ON "StaffRequest"("askerId");
CREATE INDEX "StaffRequest_deviceId_formNo_idx" ON "StaffRequest"("deviceId", "formNo");
CREATE INDEX "StaffRequest_sessionId_idx" ON "StaffRequest"("sessionId");
CREATE INDEX "StaffRequest_state_idx" ON "StaffRequest"("state");

ALTER TABLE "StaffRequest" ADD CONSTRAINT "StaffRequest_askerId_fkey" FOREIGN KEY ("askerId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "StaffRequest" ADD CONSTRAINT "StaffRequest_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "StaffRequest" ADD CONSTRAINT "StaffRequest_sessionId_fkey" FOREIGN KEY ("sessionId") REFERENCES "TrainingSession"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "StaffRequest" ADD CONSTRAINT "StaffRequest_answeredById_fkey" FOREIGN KEY ("answeredById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "StaffRequest"
  ADD CONSTRAINT "StaffRequest_text_filled" CHECK (btrim("text") <> ''),
  -- Who is to answer is who answers this kind.
  ADD CONSTRAINT "StaffRequest_state_by_kind" CHECK (CASE "state"
    WHEN 'TRAINING_DEMANDED' THEN "kind" = 'TRAINING'
    WHEN 'IMPROVEMENT_PROPOSED' THEN "kind" = 'IMPROVEMENT'
    WHEN 'SUPPORT_ASKED' THEN "kind" = 'SUPPORT'
    ELSE TRUE END),
  -- A demand is for a training, and nothing else is answered with one.
  ADD CONSTRAINT "StaffRequest_about_by_kind"
    CHECK (CASE "kind" WHEN 'TRAINING' THEN "deviceId" IS NULL ELSE "sessionId" IS NULL END),
  ADD CONSTRAINT "StaffRequest_answer_when"
    CHECK (("state" = 'ANSWERED') = ("answer" IS NOT NULL) AND btrim("answer") <> '' AND ("sessionId" IS NULL OR "state" = 'ANSWERED'));

-- What the table of this form says (schema/workflows.sql).
ALTER TABLE "StaffRequest" ADD CONSTRAINT "StaffRequest_seats_apart" CHECK ("askerId" <> "answeredById");
ALTER TABLE "StaffRequest" ADD CONSTRAINT "StaffRequest_seats_filled" CHECK (("answeredById" IS NULL) = ("answeredAt" IS NULL) AND ("state" <> 'ANSWERED' OR "answeredById" IS NOT NULL));
CREATE TRIGGER "StaffRequest_moves" BEFORE UPDATE OF "state" ON "StaffRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('TRAINING_DEMANDED>ANSWERED', 'IMPROVEMENT_PROPOSED>ANSWERED', 'SUPPORT_ASKED>ANSWERED', 'TRAINING_DEMANDED>WITHDRAWN', 'IMPROVEMENT_PROPOSED>WITHDRAWN', 'SUPPORT_ASKED>WITHDRAWN', 'TRAINING_DEMANDED>DROPPED', 'IMPROVEMENT_PROPOSED>DROPPED', 'SUPPORT_ASKED>DROPPED');
