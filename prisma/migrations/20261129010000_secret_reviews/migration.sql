CREATE TYPE "SecretReviewState" AS ENUM ('OPEN', 'REVIEWED', 'REJECTED', 'VOID');
CREATE TABLE "SecretReview" (
  "id" TEXT NOT NULL,
  "formNo" TEXT NOT NULL,
  "deviceId" TEXT NOT NULL,
  "deviceNo" TEXT NOT NULL,
  "custodianId" TEXT NOT NULL,
  "departmentCode" "DepartmentCode" NOT NULL,
  "findings" TEXT NOT NULL,
  "openedById" TEXT NOT NULL,
  "openedAt" TIMESTAMPTZ(3) NOT NULL,
  "decidedById" TEXT,
  "decidedAt" TIMESTAMPTZ(3),
  "dueAt" TIMESTAMPTZ(3),
  "state" "SecretReviewState" NOT NULL,
  CONSTRAINT "SecretReview_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "SecretReview_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "SecretReview_custodianId_fkey" FOREIGN KEY ("custodianId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "SecretReview_openedById_fkey" FOREIGN KEY ("openedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "SecretReview_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "SecretReview_findings_filled" CHECK ("findings" ~ '\S'),
  CONSTRAINT "SecretReview_decision_order" CHECK ("openedAt" <= "decidedAt")
);
CREATE UNIQUE INDEX "SecretReview_formNo_key" ON "SecretReview"("formNo");
CREATE INDEX "SecretReview_deviceId_idx" ON "SecretReview"("deviceId");
CREATE INDEX "SecretReview_custodianId_idx" ON "SecretReview"("custodianId");
CREATE INDEX "SecretReview_state_idx" ON "SecretReview"("state");
-- One of a device stands at a time.
CREATE UNIQUE INDEX "SecretReview_standing" ON "SecretReview"("deviceId") WHERE "state" IN ('OPEN', 'REVIEWED');

-- What the table of this form says (schema/workflows.sql).
ALTER TABLE "SecretReview" ADD CONSTRAINT "SecretReview_seats_apart" CHECK ("custodianId" <> "openedById" AND "custodianId" <> "decidedById" AND "openedById" <> "decidedById");
ALTER TABLE "SecretReview" ADD CONSTRAINT "SecretReview_seats_filled" CHECK (("openedById" IS NULL) = ("openedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'OPEN' OR "openedById" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "openedById" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "openedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'VOID' OR "openedById" IS NOT NULL));
CREATE TRIGGER "SecretReview_moves" BEFORE UPDATE OF "state" ON "SecretReview"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>REVIEWED', 'OPEN>REJECTED', 'OPEN>VOID', 'REVIEWED>VOID');
