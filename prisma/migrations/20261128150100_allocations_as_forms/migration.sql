-- An allocation is a form from the request to the return (S000-4.1c, S001-P1-3.1.2), and so is the shared use of a device
-- (S001-P1-3.1.4.3).

-- CreateEnum
CREATE TYPE "DeviceShareState" AS ENUM ('ASKED', 'CONSENTED', 'REFUSED', 'ENDED');

-- AlterTable
ALTER TABLE "Allocation" ALTER COLUMN "deviceId" DROP NOT NULL,
ADD COLUMN     "requestedById" TEXT,
ADD COLUMN     "requestedAt" TIMESTAMPTZ(3),
ADD COLUMN     "allocatedAt" TIMESTAMPTZ(3),
ADD COLUMN     "issuedAt" TIMESTAMPTZ(3),
ADD COLUMN     "termsVersion" TEXT,
ADD COLUMN     "unusedAt" TIMESTAMPTZ(3),
ADD COLUMN     "checkedDeptById" TEXT,
ADD COLUMN     "checkedDeptAt" TIMESTAMPTZ(3),
ADD COLUMN     "checkedItById" TEXT,
ADD COLUMN     "checkedItAt" TIMESTAMPTZ(3),
ADD COLUMN     "sealIntact" BOOLEAN,
ADD COLUMN     "complete" BOOLEAN,
ADD COLUMN     "findings" TEXT,
ADD COLUMN     "dueAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "DeviceShare" (
    "id" TEXT NOT NULL,
    "allocationId" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "custodianId" TEXT NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "askerId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "DeviceShareState" NOT NULL,

    CONSTRAINT "DeviceShare_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Allocation_state_unusedAt_idx" ON "Allocation"("state", "unusedAt");
CREATE INDEX "DeviceShare_allocationId_idx" ON "DeviceShare"("allocationId");
CREATE INDEX "DeviceShare_deviceId_idx" ON "DeviceShare"("deviceId");
CREATE INDEX "DeviceShare_askerId_idx" ON "DeviceShare"("askerId");
CREATE INDEX "DeviceShare_custodianId_idx" ON "DeviceShare"("custodianId");
CREATE INDEX "DeviceShare_state_until_idx" ON "DeviceShare"("state", "until");

-- AddForeignKey
ALTER TABLE "Allocation" DROP CONSTRAINT "Allocation_deviceId_fkey";
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_checkedDeptById_fkey" FOREIGN KEY ("checkedDeptById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_checkedItById_fkey" FOREIGN KEY ("checkedItById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_allocationId_fkey" FOREIGN KEY ("allocationId") REFERENCES "Allocation"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_custodianId_fkey" FOREIGN KEY ("custodianId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_askerId_fkey" FOREIGN KEY ("askerId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Allocations that were accepted before they were forms: who asked for them is whoever answers for their user, and had no
-- other part in it. That they are used is observed from now on.
UPDATE "Allocation" a SET
  "requestedById" = (
    SELECT r."employeeId" FROM "EmployeeRole" r JOIN "Employee" h ON h."id" = r."employeeId"
    WHERE r."employeeId" <> a."userId" AND r."employeeId" IS DISTINCT FROM a."allocatedById"
      AND (r."role" = 'DEPT_HEAD' AND h."departmentCode" = a."departmentCode" OR r."role" IN ('GENERAL_MANAGER', 'ADMIN_HEAD'))
    ORDER BY r."role" <> 'DEPT_HEAD', r."role" <> 'GENERAL_MANAGER', r."employeeId" LIMIT 1),
  "requestedAt" = "acceptedAt", "allocatedAt" = "acceptedAt", "issuedAt" = "acceptedAt",
  "unusedAt" = CURRENT_TIMESTAMP + INTERVAL '30 days';

-- What the Prisma schema cannot say.

ALTER TABLE "Allocation"
  ADD CONSTRAINT "Allocation_ended_when"
    CHECK (("state" IN ('RETURNED', 'REASSIGNED', 'REFUSED', 'DECLINED', 'WITHDRAWN', 'ENDED')) = ("endedAt" IS NOT NULL)),
  ADD CONSTRAINT "Allocation_device_when"
    CHECK ("deviceId" IS NOT NULL OR "state" IN ('REQUESTED', 'REFUSED', 'WITHDRAWN')),
  -- Whoever has the device has signed for it, and it is looked at whether it is used.
  ADD CONSTRAINT "Allocation_accepted_when"
    CHECK ("state" IN ('REQUESTED', 'ALLOCATED', 'ISSUED', 'REFUSED', 'DECLINED', 'WITHDRAWN', 'ENDED') OR ("acceptedAt" IS NOT NULL AND "unusedAt" IS NOT NULL)),
  ADD CONSTRAINT "Allocation_need_filled" CHECK ("need" ~ '\S');

ALTER TABLE "DeviceShare"
  ADD CONSTRAINT "DeviceShare_ended_when" CHECK (("state" IN ('REFUSED', 'ENDED')) = ("endedAt" IS NOT NULL)),
  ADD CONSTRAINT "DeviceShare_others_device" CHECK ("askerId" <> "custodianId"),
  ADD CONSTRAINT "DeviceShare_purpose_filled" CHECK ("purpose" ~ '\S');

-- Nobody asks twice for the same.
CREATE UNIQUE INDEX "DeviceShare_open_key" ON "DeviceShare" ("allocationId", "askerId") WHERE "endedAt" IS NULL;

-- What the tables of the forms say (schema/workflows.sql).
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_seats_apart" CHECK ("userId" <> "requestedById" AND "userId" <> "allocatedById" AND "userId" <> "issuedById" AND "userId" <> "checkedDeptById" AND "userId" <> "checkedItById" AND "requestedById" <> "allocatedById" AND "allocatedById" <> "issuedById" AND "allocatedById" <> "checkedItById" AND "checkedDeptById" <> "checkedItById");
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_seats_filled" CHECK (("requestedById" IS NULL) = ("requestedAt" IS NULL) AND ("allocatedById" IS NULL) = ("allocatedAt" IS NULL) AND ("issuedById" IS NULL) = ("issuedAt" IS NULL) AND ("checkedDeptById" IS NULL) = ("checkedDeptAt" IS NULL) AND ("checkedItById" IS NULL) = ("checkedItAt" IS NULL) AND ("state" <> 'REQUESTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ALLOCATED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ALLOCATED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ISSUED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ISSUED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'ISSUED' OR "issuedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "issuedById" IS NOT NULL) AND ("state" <> 'DECLINED' OR "requestedById" IS NOT NULL) AND ("state" <> 'DECLINED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'DECLINED' OR "issuedById" IS NOT NULL) AND ("state" <> 'WITHDRAWN' OR "requestedById" IS NOT NULL) AND ("state" <> 'IDLE_REPORTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'IDLE_REPORTED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'IDLE_REPORTED' OR "issuedById" IS NOT NULL) AND ("state" <> 'FILE_UPDATED' OR "requestedById" IS NOT NULL) AND ("state" <> 'FILE_UPDATED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'FILE_UPDATED' OR "issuedById" IS NOT NULL) AND ("state" <> 'TRANSFER_REQUESTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'TRANSFER_REQUESTED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'TRANSFER_REQUESTED' OR "issuedById" IS NOT NULL) AND ("state" <> 'CHECKED_DEPT' OR "requestedById" IS NOT NULL) AND ("state" <> 'CHECKED_DEPT' OR "allocatedById" IS NOT NULL) AND ("state" <> 'CHECKED_DEPT' OR "issuedById" IS NOT NULL) AND ("state" <> 'CHECKED_DEPT' OR "checkedDeptById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "requestedById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "allocatedById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "issuedById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "checkedDeptById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "checkedItById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "requestedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "issuedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "checkedDeptById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "checkedItById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "requestedById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "issuedById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "checkedDeptById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "checkedItById" IS NOT NULL) AND ("state" <> 'ENDED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ENDED' OR "allocatedById" IS NOT NULL));
CREATE TRIGGER "Allocation_moves" BEFORE UPDATE OF "state" ON "Allocation"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>ALLOCATED', 'REQUESTED>REFUSED', 'ALLOCATED>ISSUED', 'ISSUED>ACCEPTED', 'ISSUED>DECLINED', 'REQUESTED>WITHDRAWN', 'ALLOCATED>WITHDRAWN', 'ISSUED>WITHDRAWN', 'ACCEPTED>IDLE_REPORTED', 'IDLE_REPORTED>FILE_UPDATED', 'IDLE_REPORTED>ACCEPTED', 'FILE_UPDATED>ACCEPTED', 'ACCEPTED>TRANSFER_REQUESTED', 'IDLE_REPORTED>TRANSFER_REQUESTED', 'FILE_UPDATED>TRANSFER_REQUESTED', 'TRANSFER_REQUESTED>IDLE_REPORTED', 'CHECKED_DEPT>IDLE_REPORTED', 'TRANSFER_REQUESTED>CHECKED_DEPT', 'CHECKED_DEPT>CHECKED_IT', 'CHECKED_IT>RETURNED', 'CHECKED_IT>REASSIGNED', 'ALLOCATED>ENDED', 'ISSUED>ENDED', 'ACCEPTED>ENDED', 'IDLE_REPORTED>ENDED', 'FILE_UPDATED>ENDED', 'TRANSFER_REQUESTED>ENDED', 'CHECKED_DEPT>ENDED', 'CHECKED_IT>ENDED');
ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_seats_apart" CHECK ("askerId" <> "decidedById");
ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'CONSENTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "DeviceShare_moves" BEFORE UPDATE OF "state" ON "DeviceShare"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ASKED>CONSENTED', 'ASKED>REFUSED', 'ASKED>ENDED', 'CONSENTED>ENDED');
