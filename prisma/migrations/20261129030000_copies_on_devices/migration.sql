-- What of customer data lies on which device, until when, and that it is wiped (S000-4.2c, S004-P5-19.1, 20, 23).
CREATE TYPE "DeviceCopyKind" AS ENUM ('COPY', 'LOAN');
CREATE TYPE "DeviceCopyState" AS ENUM ('KEPT', 'RECALLED', 'WIPED', 'LOST_WITH_DEVICE', 'GONE');
CREATE TYPE "RecallCause" AS ENUM ('DEVICE_RETURNED', 'DEVICE_SCRAPPED', 'DEVICE_FOUND', 'GRANT_ENDED', 'LOAN_OVER', 'TERM_OVER', 'HOLDER_GONE');

ALTER TABLE "CopyRequest" ADD COLUMN "deviceId" TEXT, ADD COLUMN "keptUntil" TIMESTAMPTZ(3);
ALTER TABLE "Loan" ADD COLUMN "deviceId" TEXT;

CREATE TABLE "DeviceCopy" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "kind" "DeviceCopyKind" NOT NULL,
    "deviceId" TEXT NOT NULL,
    "allocationId" TEXT,
    "holderId" TEXT NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "customerId" TEXT NOT NULL,
    "copyRequestId" TEXT,
    "loanId" TEXT,
    "grantId" TEXT,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "recalledAt" TIMESTAMPTZ(3),
    "recallCause" "RecallCause",
    "wipedById" TEXT,
    "wipedAt" TIMESTAMPTZ(3),
    "wipeMethod" "WipeMethod",
    "wipeProof" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "state" "DeviceCopyState" NOT NULL,

    CONSTRAINT "DeviceCopy_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "DeviceCopy_formNo_key" ON "DeviceCopy"("formNo");
CREATE INDEX "DeviceCopy_deviceId_idx" ON "DeviceCopy"("deviceId");
CREATE INDEX "DeviceCopy_allocationId_idx" ON "DeviceCopy"("allocationId");
CREATE INDEX "DeviceCopy_holderId_idx" ON "DeviceCopy"("holderId");
CREATE INDEX "DeviceCopy_customerId_idx" ON "DeviceCopy"("customerId");
CREATE INDEX "DeviceCopy_copyRequestId_idx" ON "DeviceCopy"("copyRequestId");
CREATE INDEX "DeviceCopy_loanId_idx" ON "DeviceCopy"("loanId");
CREATE INDEX "DeviceCopy_grantId_idx" ON "DeviceCopy"("grantId");
CREATE INDEX "DeviceCopy_state_until_idx" ON "DeviceCopy"("state", "until");
CREATE INDEX "CopyRequest_deviceId_idx" ON "CopyRequest"("deviceId");
CREATE INDEX "Loan_deviceId_idx" ON "Loan"("deviceId");

ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_allocationId_fkey" FOREIGN KEY ("allocationId") REFERENCES "Allocation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_holderId_fkey" FOREIGN KEY ("holderId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_copyRequestId_fkey" FOREIGN KEY ("copyRequestId") REFERENCES "CopyRequest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_loanId_fkey" FOREIGN KEY ("loanId") REFERENCES "Loan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_wipedById_fkey" FOREIGN KEY ("wipedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "DeviceCopy"
  ADD CONSTRAINT "DeviceCopy_term" CHECK ("since" < "until"),
  ADD CONSTRAINT "DeviceCopy_of_its_kind" CHECK (("kind" = 'COPY') = ("copyRequestId" IS NOT NULL) AND ("kind" = 'LOAN') = ("loanId" IS NOT NULL)),
  ADD CONSTRAINT "DeviceCopy_recalled" CHECK (("recalledAt" IS NULL) = ("recallCause" IS NULL) AND ("state" <> 'RECALLED' OR "recalledAt" IS NOT NULL)),
  -- Of what is wiped it is known how, and what shows it.
  ADD CONSTRAINT "DeviceCopy_wiped" CHECK (("wipedAt" IS NULL) = ("wipeMethod" IS NULL) AND ("wipedAt" IS NULL) = ("wipeProof" IS NULL) AND ("wipedAt" IS NULL) = ("state" <> 'WIPED'));
ALTER TABLE "CopyRequest"
  ADD CONSTRAINT "CopyRequest_kept_until" CHECK (("deviceId" IS NULL) = ("keptUntil" IS NULL)),
  ADD CONSTRAINT "CopyRequest_kept_electronic" CHECK ("deviceId" IS NULL OR ("medium" = 'ELECTRONIC' AND "state" = 'HANDED_OVER'));
ALTER TABLE "Loan"
  ADD CONSTRAINT "Loan_kept_when" CHECK ("deviceId" IS NULL OR "lentAt" IS NOT NULL);

-- What the tables of the forms say (schema/workflows.sql).
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_seats_apart" CHECK ("holderId" <> "wipedById");
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_seats_filled" CHECK (("wipedById" IS NULL) = ("wipedAt" IS NULL) AND ("state" <> 'WIPED' OR "wipedById" IS NOT NULL));
CREATE TRIGGER "DeviceCopy_moves" BEFORE UPDATE OF "state" ON "DeviceCopy"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('KEPT>WIPED', 'RECALLED>WIPED', 'LOST_WITH_DEVICE>WIPED', 'KEPT>RECALLED', 'KEPT>LOST_WITH_DEVICE', 'RECALLED>LOST_WITH_DEVICE', 'LOST_WITH_DEVICE>RECALLED', 'LOST_WITH_DEVICE>GONE');
