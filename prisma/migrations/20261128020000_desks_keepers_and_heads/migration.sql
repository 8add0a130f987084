-- AlterTable
ALTER TABLE "ServiceCase" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- Two people settle an appeal: what PostgreSQL would not let one transaction add to a type and use is swapped in.
DROP TRIGGER "Appeal_moves" ON "Appeal";
ALTER TABLE "Appeal"
  DROP CONSTRAINT "Appeal_answered_when",
  DROP CONSTRAINT "Appeal_decided_with",
  DROP CONSTRAINT "Appeal_opened_when",
  DROP CONSTRAINT "Appeal_seats_apart",
  DROP CONSTRAINT "Appeal_seats_filled";

-- AlterEnum
CREATE TYPE "AppealState_new" AS ENUM ('FILED', 'ANSWERED', 'FORWARDED', 'REVIEWED', 'RESOLVED', 'ESCALATED', 'DECIDED', 'CLOSED');
ALTER TABLE "Appeal" ALTER COLUMN "state" TYPE "AppealState_new" USING ("state"::text::"AppealState_new");
ALTER TYPE "AppealState" RENAME TO "AppealState_old";
ALTER TYPE "AppealState_new" RENAME TO "AppealState";
DROP TYPE "AppealState_old";

-- AlterTable
ALTER TABLE "Appeal" ADD COLUMN     "agreedById" TEXT,
ADD COLUMN     "agreedAt" TIMESTAMPTZ(3);

-- AddForeignKey
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_agreedById_fkey" FOREIGN KEY ("agreedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What has been settled so far was settled with the head who had forwarded it.
UPDATE "Appeal" SET "agreedById" = "headId", "agreedAt" = "reviewedAt" WHERE "reviewedById" IS NOT NULL;

-- What the Prisma schema cannot say.
ALTER TABLE "Appeal"
  ADD CONSTRAINT "Appeal_answered_when" CHECK (("state" IN ('FILED', 'FORWARDED')) = ("answer" IS NULL)),
  ADD CONSTRAINT "Appeal_decided_with"
    CHECK (num_nonnulls("decidedById", "groupResult", "groupAnswer") = CASE "state" WHEN 'DECIDED' THEN 3 ELSE 0 END),
  ADD CONSTRAINT "Appeal_agreed_with" CHECK ("agreedById" IS NULL OR "result" IS NOT NULL),
  -- A change is opened by the agreement, not by the answer.
  ADD CONSTRAINT "Appeal_opened_when" CHECK (("openedId" IS NOT NULL) =
    (("agreedById" IS NOT NULL AND coalesce("result" = 'CHANGE_OPENED', false))
      OR coalesce("groupResult" = 'CHANGE_OPENED', false)));

-- What the tables say; `schema/workflows.sql` is the same, printed.
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_seats_apart" CHECK ("employeeId" <> "headId" AND "employeeId" <> "reviewedById" AND "employeeId" <> "agreedById" AND "employeeId" <> "decidedById" AND "headId" <> "reviewedById" AND "headId" <> "decidedById" AND "reviewedById" <> "agreedById" AND "reviewedById" <> "decidedById" AND "agreedById" <> "decidedById");
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_seats_filled" CHECK (("headId" IS NULL) = ("headAt" IS NULL) AND ("reviewedById" IS NULL) = ("reviewedAt" IS NULL) AND ("agreedById" IS NULL) = ("agreedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'ANSWERED' OR "headId" IS NOT NULL) AND ("state" <> 'FORWARDED' OR "headId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "headId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "headId" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "agreedById" IS NOT NULL) AND ("state" <> 'ESCALATED' OR "headId" IS NOT NULL) AND ("state" <> 'DECIDED' OR "headId" IS NOT NULL) AND ("state" <> 'DECIDED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "headId" IS NOT NULL));
CREATE TRIGGER "Appeal_moves" BEFORE UPDATE OF "state" ON "Appeal"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FILED>ANSWERED', 'FILED>FORWARDED', 'FORWARDED>REVIEWED', 'REVIEWED>RESOLVED', 'REVIEWED>FORWARDED', 'ANSWERED>ESCALATED', 'RESOLVED>ESCALATED', 'ESCALATED>DECIDED', 'ANSWERED>CLOSED', 'RESOLVED>CLOSED');

-- Classified customers: their keepers consent to corrections, and the general manager permits what is TOP_SECRET.
-- AlterTable
ALTER TABLE "CorrectionRequest" ADD COLUMN     "consentedById" TEXT,
ADD COLUMN     "consentedAt" TIMESTAMPTZ(3),
ADD COLUMN     "permittedById" TEXT,
ADD COLUMN     "permittedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "ExternalDisclosure" ADD COLUMN     "permittedById" TEXT,
ADD COLUMN     "permittedAt" TIMESTAMPTZ(3);

-- AddForeignKey
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_consentedById_fkey" FOREIGN KEY ("consentedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_permittedById_fkey" FOREIGN KEY ("permittedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_permittedById_fkey" FOREIGN KEY ("permittedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the tables say.
ALTER TABLE "CorrectionRequest" DROP CONSTRAINT "CorrectionRequest_seats_apart", DROP CONSTRAINT "CorrectionRequest_seats_filled";
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_seats_apart" CHECK ("proposedById" <> "consentedById" AND "proposedById" <> "permittedById" AND "proposedById" <> "decidedById" AND "consentedById" <> "decidedById" AND "permittedById" <> "decidedById");
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_seats_filled" CHECK (("consentedById" IS NULL) = ("consentedAt" IS NULL) AND ("permittedById" IS NULL) = ("permittedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'APPLIED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "decidedById" IS NOT NULL));
ALTER TABLE "ExternalDisclosure" DROP CONSTRAINT "ExternalDisclosure_seats_apart", DROP CONSTRAINT "ExternalDisclosure_seats_filled";
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_seats_apart" CHECK ("requestedById" <> "permittedById" AND "requestedById" <> "supervisorId" AND "requestedById" <> "managerId" AND "requestedById" <> "refusedById" AND "requestedById" <> "carrierId" AND "permittedById" <> "supervisorId" AND "permittedById" <> "managerId" AND "permittedById" <> "refusedById" AND "permittedById" <> "carrierId" AND "supervisorId" <> "managerId" AND "supervisorId" <> "carrierId" AND "managerId" <> "carrierId" AND "refusedById" <> "carrierId");
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_seats_filled" CHECK (("permittedById" IS NULL) = ("permittedAt" IS NULL) AND ("supervisorId" IS NULL) = ("supervisorAt" IS NULL) AND ("managerId" IS NULL) = ("managerAt" IS NULL) AND ("refusedById" IS NULL) = ("refusedAt" IS NULL) AND ("state" <> 'REFUSED' OR "refusedById" IS NOT NULL) AND ("state" <> 'SENT' OR "sentAt" IS NOT NULL));

-- Visitors: customer service fills in their consultations at the desk.
-- AlterTable
ALTER TABLE "Consultation" ADD COLUMN     "filledInById" TEXT,
ADD COLUMN     "filledInAt" TIMESTAMPTZ(3);

-- AddForeignKey
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_filledInById_fkey" FOREIGN KEY ("filledInById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the table says.
ALTER TABLE "Consultation" DROP CONSTRAINT "Consultation_seats_apart", DROP CONSTRAINT "Consultation_seats_filled";
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_seats_apart" CHECK ("readerId" <> "filledInById" AND "readerId" <> "signedById" AND "readerId" <> "permittedById" AND "readerId" <> "decidedById" AND "filledInById" <> "signedById" AND "filledInById" <> "permittedById" AND "filledInById" <> "decidedById" AND "signedById" <> "decidedById");
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_seats_filled" CHECK (("filledInById" IS NULL) = ("filledInAt" IS NULL) AND ("signedById" IS NULL) = ("signedAt" IS NULL) AND ("permittedById" IS NULL) = ("permittedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'SUBMITTED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "signedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "signedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "decidedById" IS NOT NULL));
