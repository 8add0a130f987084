-- Copies, external disclosures and appeals; the group votes on appeals as it does on applications.

-- CreateEnum
CREATE TYPE "AppealState" AS ENUM ('FILED', 'ANSWERED', 'FORWARDED', 'RESOLVED', 'ESCALATED', 'DECIDED', 'CLOSED');

-- CreateEnum
CREATE TYPE "AppealResult" AS ENUM ('EXPLAINED', 'CHANGE_OPENED', 'REJECTED');

-- CreateEnum
CREATE TYPE "CopyMedium" AS ENUM ('PAPER', 'ELECTRONIC');

-- CreateEnum
CREATE TYPE "CopyState" AS ENUM ('REQUESTED', 'APPROVED', 'REFUSED', 'HANDED_OVER', 'LAPSED');

-- CreateEnum
CREATE TYPE "DisclosureState" AS ENUM ('REQUESTED', 'APPROVED', 'REFUSED', 'SENT', 'WITHDRAWN', 'LAPSED');

-- AlterTable
ALTER TABLE "GroupVote" ADD COLUMN     "appealId" TEXT,
ALTER COLUMN "applicationId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Appeal" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "employeeId" TEXT NOT NULL,
    "grantId" TEXT,
    "text" TEXT NOT NULL,
    "wanted" TEXT,
    "filedAt" TIMESTAMPTZ(3) NOT NULL,
    "headId" TEXT,
    "headAt" TIMESTAMPTZ(3),
    "reviewedById" TEXT,
    "reviewedAt" TIMESTAMPTZ(3),
    "result" "AppealResult",
    "answer" TEXT,
    "escalableUntil" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "groupResult" "AppealResult",
    "groupAnswer" TEXT,
    "openedId" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "state" "AppealState" NOT NULL,

    CONSTRAINT "Appeal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CopyRequest" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "requestedById" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "fields" TEXT[],
    "recipient" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "medium" "CopyMedium" NOT NULL,
    "reason" TEXT NOT NULL,
    "forOutside" BOOLEAN NOT NULL,
    "disclosureId" TEXT,
    "carrierId" TEXT NOT NULL,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decisionNote" TEXT,
    "approvalEndsAt" TIMESTAMPTZ(3),
    "handedOverAt" TIMESTAMPTZ(3),
    "measures" TEXT,
    "receipt" TEXT,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "state" "CopyState" NOT NULL,

    CONSTRAINT "CopyRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExternalDisclosure" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "requestedById" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "fields" TEXT[],
    "recipient" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "channel" "Channel" NOT NULL,
    "consentGivenBy" TEXT,
    "consentAt" TIMESTAMPTZ(3),
    "legalBasis" TEXT,
    "carrierId" TEXT NOT NULL,
    "supervisorId" TEXT,
    "supervisorAt" TIMESTAMPTZ(3),
    "managerId" TEXT,
    "managerAt" TIMESTAMPTZ(3),
    "refusedById" TEXT,
    "refusedAt" TIMESTAMPTZ(3),
    "refusalNote" TEXT,
    "approvalEndsAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "measures" TEXT,
    "requestedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "state" "DisclosureState" NOT NULL,

    CONSTRAINT "ExternalDisclosure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Appeal_formNo_key" ON "Appeal"("formNo");

-- CreateIndex
CREATE UNIQUE INDEX "Appeal_openedId_key" ON "Appeal"("openedId");

-- CreateIndex
CREATE INDEX "Appeal_employeeId_idx" ON "Appeal"("employeeId");

-- CreateIndex
CREATE INDEX "Appeal_grantId_idx" ON "Appeal"("grantId");

-- CreateIndex
CREATE INDEX "Appeal_state_idx" ON "Appeal"("state");

-- CreateIndex
CREATE UNIQUE INDEX "CopyRequest_formNo_key" ON "CopyRequest"("formNo");

-- CreateIndex
CREATE INDEX "CopyRequest_requestedById_idx" ON "CopyRequest"("requestedById");

-- CreateIndex
CREATE INDEX "CopyRequest_carrierId_idx" ON "CopyRequest"("carrierId");

-- CreateIndex
CREATE INDEX "CopyRequest_customerId_idx" ON "CopyRequest"("customerId");

-- CreateIndex
CREATE INDEX "CopyRequest_disclosureId_idx" ON "CopyRequest"("disclosureId");

-- CreateIndex
CREATE UNIQUE INDEX "ExternalDisclosure_formNo_key" ON "ExternalDisclosure"("formNo");

-- CreateIndex
CREATE INDEX "ExternalDisclosure_requestedById_idx" ON "ExternalDisclosure"("requestedById");

-- CreateIndex
CREATE INDEX "ExternalDisclosure_carrierId_idx" ON "ExternalDisclosure"("carrierId");

-- CreateIndex
CREATE INDEX "ExternalDisclosure_customerId_idx" ON "ExternalDisclosure"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "GroupVote_appealId_memberId_key" ON "GroupVote"("appealId", "memberId");

-- AddForeignKey
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_headId_fkey" FOREIGN KEY ("headId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_reviewedById_fkey" FOREIGN KEY ("reviewedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_openedId_fkey" FOREIGN KEY ("openedId") REFERENCES "GrantApplication"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_carrierId_fkey" FOREIGN KEY ("carrierId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_disclosureId_fkey" FOREIGN KEY ("disclosureId") REFERENCES "ExternalDisclosure"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_carrierId_fkey" FOREIGN KEY ("carrierId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_supervisorId_fkey" FOREIGN KEY ("supervisorId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_refusedById_fkey" FOREIGN KEY ("refusedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupVote" ADD CONSTRAINT "GroupVote_appealId_fkey" FOREIGN KEY ("appealId") REFERENCES "Appeal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "GroupVote" ADD CONSTRAINT "GroupVote_one_parent" CHECK (num_nonnulls("applicationId", "appealId") = 1);
ALTER TABLE "CopyRequest"
  ADD CONSTRAINT "CopyRequest_fields_given" CHECK (coalesce(cardinality("fields"), 0) > 0),
  ADD CONSTRAINT "CopyRequest_approved_until"
    CHECK (("state" IN ('APPROVED', 'HANDED_OVER', 'LAPSED')) = ("approvalEndsAt" IS NOT NULL)),
  ADD CONSTRAINT "CopyRequest_handed_over_with"
    CHECK (num_nonnulls("handedOverAt", "measures", "receipt") = CASE "state" WHEN 'HANDED_OVER' THEN 3 ELSE 0 END),
  ADD CONSTRAINT "CopyRequest_disclosure_outside" CHECK ("disclosureId" IS NULL OR "forOutside"),
  ADD CONSTRAINT "CopyRequest_outside_disclosed"
    CHECK ("state" <> 'HANDED_OVER' OR NOT "forOutside" OR "disclosureId" IS NOT NULL);
-- A disclosure approves one copy.
CREATE UNIQUE INDEX "CopyRequest_disclosure_key" ON "CopyRequest" ("disclosureId")
  WHERE "state" IN ('REQUESTED', 'APPROVED', 'HANDED_OVER');
ALTER TABLE "ExternalDisclosure"
  ADD CONSTRAINT "ExternalDisclosure_fields_given" CHECK (coalesce(cardinality("fields"), 0) > 0),
  ADD CONSTRAINT "ExternalDisclosure_channel_safe" CHECK ("channel" NOT IN ('PHONE', 'PRIVATE_MAIL', 'TELEGRAM')),
  ADD CONSTRAINT "ExternalDisclosure_consent_when" CHECK (("consentGivenBy" IS NULL) = ("consentAt" IS NULL)),
  -- Each of the two is enough to move on from, so that the table cannot say that both are needed.
  ADD CONSTRAINT "ExternalDisclosure_both_approved"
    CHECK ("state" NOT IN ('APPROVED', 'SENT', 'LAPSED') OR num_nulls("supervisorId", "managerId", "approvalEndsAt") = 0),
  ADD CONSTRAINT "ExternalDisclosure_sent_with"
    CHECK (num_nonnulls("sentAt", "measures") = CASE "state" WHEN 'SENT' THEN 2 ELSE 0 END);
ALTER TABLE "Appeal"
  ADD CONSTRAINT "Appeal_text_filled" CHECK ("text" ~ '\S'),
  ADD CONSTRAINT "Appeal_answered_when" CHECK (("state" IN ('FILED', 'FORWARDED')) = ("answer" IS NULL)),
  ADD CONSTRAINT "Appeal_resolved_with" CHECK (("reviewedById" IS NULL) = ("result" IS NULL)),
  ADD CONSTRAINT "Appeal_decided_with"
    CHECK (num_nonnulls("decidedById", "groupResult", "groupAnswer") = CASE "state" WHEN 'DECIDED' THEN 3 ELSE 0 END),
  ADD CONSTRAINT "Appeal_opened_when" CHECK (("openedId" IS NOT NULL) =
    (coalesce("result" = 'CHANGE_OPENED', false) OR coalesce("groupResult" = 'CHANGE_OPENED', false)));

-- What the tables of the forms say; `schema/workflows.sql` is the same, printed.
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_seats_apart" CHECK ("requestedById" <> "supervisorId" AND "requestedById" <> "managerId" AND "requestedById" <> "refusedById" AND "requestedById" <> "carrierId" AND "supervisorId" <> "managerId" AND "supervisorId" <> "carrierId" AND "managerId" <> "carrierId" AND "refusedById" <> "carrierId");
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_seats_filled" CHECK (("supervisorId" IS NULL) = ("supervisorAt" IS NULL) AND ("managerId" IS NULL) = ("managerAt" IS NULL) AND ("refusedById" IS NULL) = ("refusedAt" IS NULL) AND ("state" <> 'REFUSED' OR "refusedById" IS NOT NULL) AND ("state" <> 'SENT' OR "sentAt" IS NOT NULL));
CREATE TRIGGER "ExternalDisclosure_moves" BEFORE UPDATE OF "state" ON "ExternalDisclosure"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>APPROVED', 'REQUESTED>REFUSED', 'APPROVED>SENT', 'REQUESTED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'APPROVED>LAPSED');

ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_seats_apart" CHECK ("requestedById" <> "decidedById" AND "requestedById" <> "carrierId" AND "decidedById" <> "carrierId");
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'HANDED_OVER' OR "decidedById" IS NOT NULL) AND ("state" <> 'HANDED_OVER' OR "handedOverAt" IS NOT NULL) AND ("state" <> 'LAPSED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "CopyRequest_moves" BEFORE UPDATE OF "state" ON "CopyRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>APPROVED', 'REQUESTED>REFUSED', 'APPROVED>HANDED_OVER', 'APPROVED>LAPSED');

ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_seats_apart" CHECK ("employeeId" <> "headId" AND "employeeId" <> "reviewedById" AND "employeeId" <> "decidedById" AND "headId" <> "reviewedById" AND "headId" <> "decidedById" AND "reviewedById" <> "decidedById");
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_seats_filled" CHECK (("headId" IS NULL) = ("headAt" IS NULL) AND ("reviewedById" IS NULL) = ("reviewedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'ANSWERED' OR "headId" IS NOT NULL) AND ("state" <> 'FORWARDED' OR "headId" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "headId" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'ESCALATED' OR "headId" IS NOT NULL) AND ("state" <> 'DECIDED' OR "headId" IS NOT NULL) AND ("state" <> 'DECIDED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "headId" IS NOT NULL));
CREATE TRIGGER "Appeal_moves" BEFORE UPDATE OF "state" ON "Appeal"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FILED>ANSWERED', 'FILED>FORWARDED', 'FORWARDED>RESOLVED', 'ANSWERED>ESCALATED', 'RESOLVED>ESCALATED', 'ESCALATED>DECIDED', 'ANSWERED>CLOSED', 'RESOLVED>CLOSED');
