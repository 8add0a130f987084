-- Grants that are asked about every so often, and access in an emergency.

-- CreateEnum
CREATE TYPE "RecertificationState" AS ENUM ('OPEN', 'CONFIRMED', 'DROPPED', 'LAPSED');

-- CreateEnum
CREATE TYPE "EmergencyAccessState" AS ENUM ('OPEN', 'ENDED', 'JUSTIFIED', 'UNJUSTIFIED');

-- CreateTable
CREATE TABLE "Recertification" (
    "id" TEXT NOT NULL,
    "granteeId" TEXT NOT NULL,
    "grantId" TEXT NOT NULL,
    "round" TEXT NOT NULL,
    "confirmedById" TEXT,
    "confirmedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "RecertificationState" NOT NULL,

    CONSTRAINT "Recertification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EmergencyAccess" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "employeeId" TEXT NOT NULL,
    "grantId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "openUntil" TIMESTAMPTZ(3) NOT NULL,
    "reviewedById" TEXT,
    "reviewedAt" TIMESTAMPTZ(3),
    "reviewerNotes" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "state" "EmergencyAccessState" NOT NULL,

    CONSTRAINT "EmergencyAccess_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Recertification_granteeId_idx" ON "Recertification"("granteeId");

-- CreateIndex
CREATE INDEX "Recertification_state_dueAt_idx" ON "Recertification"("state", "dueAt");

-- CreateIndex
CREATE UNIQUE INDEX "Recertification_grantId_round_key" ON "Recertification"("grantId", "round");

-- CreateIndex
CREATE UNIQUE INDEX "EmergencyAccess_formNo_key" ON "EmergencyAccess"("formNo");

-- CreateIndex
CREATE UNIQUE INDEX "EmergencyAccess_grantId_key" ON "EmergencyAccess"("grantId");

-- CreateIndex
CREATE INDEX "EmergencyAccess_employeeId_idx" ON "EmergencyAccess"("employeeId");

-- CreateIndex
CREATE INDEX "EmergencyAccess_state_openUntil_idx" ON "EmergencyAccess"("state", "openUntil");

-- AddForeignKey
ALTER TABLE "Recertification" ADD CONSTRAINT "Recertification_granteeId_fkey" FOREIGN KEY ("granteeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recertification" ADD CONSTRAINT "Recertification_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Recertification" ADD CONSTRAINT "Recertification_confirmedById_fkey" FOREIGN KEY ("confirmedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EmergencyAccess" ADD CONSTRAINT "EmergencyAccess_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EmergencyAccess" ADD CONSTRAINT "EmergencyAccess_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EmergencyAccess" ADD CONSTRAINT "EmergencyAccess_reviewedById_fkey" FOREIGN KEY ("reviewedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "Recertification" ADD CONSTRAINT "Recertification_round_form" CHECK ("round" ~ '^\d{4}-(0[1-9]|1[0-2])$');
ALTER TABLE "EmergencyAccess" ADD CONSTRAINT "EmergencyAccess_reviewed_when" CHECK ("state" IN ('OPEN', 'ENDED')
  OR "reviewerNotes" IS NOT NULL);

-- What the tables say.
ALTER TABLE "Grant" DROP CONSTRAINT "Grant_seats_filled";
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_seats_filled" CHECK (("suspendedById" IS NULL) = ("suspendedAt" IS NULL) AND ("settledById" IS NULL) = ("settledAt" IS NULL));

ALTER TABLE "Recertification" ADD CONSTRAINT "Recertification_seats_apart" CHECK ("granteeId" <> "confirmedById");
ALTER TABLE "Recertification" ADD CONSTRAINT "Recertification_seats_filled" CHECK (("confirmedById" IS NULL) = ("confirmedAt" IS NULL) AND ("state" <> 'CONFIRMED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'DROPPED' OR "confirmedById" IS NOT NULL));
CREATE TRIGGER "Recertification_moves" BEFORE UPDATE OF "state" ON "Recertification"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>CONFIRMED', 'OPEN>DROPPED', 'OPEN>LAPSED');

ALTER TABLE "EmergencyAccess" ADD CONSTRAINT "EmergencyAccess_seats_apart" CHECK ("employeeId" <> "reviewedById");
ALTER TABLE "EmergencyAccess" ADD CONSTRAINT "EmergencyAccess_seats_filled" CHECK (("reviewedById" IS NULL) = ("reviewedAt" IS NULL) AND ("state" <> 'JUSTIFIED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'UNJUSTIFIED' OR "reviewedById" IS NOT NULL));
CREATE TRIGGER "EmergencyAccess_moves" BEFORE UPDATE OF "state" ON "EmergencyAccess"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>ENDED', 'ENDED>JUSTIFIED', 'ENDED>UNJUSTIFIED');
