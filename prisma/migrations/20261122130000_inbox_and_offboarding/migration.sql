-- What people are told, and leaving a post.

-- CreateEnum
CREATE TYPE "OffboardingKind" AS ENUM ('LEAVE', 'TRANSFER');

-- CreateEnum
CREATE TYPE "OffboardingState" AS ENUM ('CONFIRMED', 'ITEMS_OPEN', 'ITEMS_CLEARED', 'CLOSED');

-- CreateTable
CREATE TABLE "Offboarding" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "employeeId" TEXT NOT NULL,
    "kind" "OffboardingKind" NOT NULL,
    "reason" TEXT NOT NULL,
    "toDepartment" "DepartmentCode",
    "toPost" TEXT,
    "effectiveAt" TIMESTAMPTZ(3) NOT NULL,
    "permissionFormDueAt" TIMESTAMPTZ(3) NOT NULL,
    "permissionFormAt" TIMESTAMPTZ(3),
    "successorId" TEXT,
    "commitmentUntil" DATE,
    "confirmedById" TEXT,
    "confirmedAt" TIMESTAMPTZ(3),
    "headClearedById" TEXT,
    "headClearedAt" TIMESTAMPTZ(3),
    "technologyClearedById" TEXT,
    "technologyClearedAt" TIMESTAMPTZ(3),
    "specialistClearedById" TEXT,
    "specialistClearedAt" TIMESTAMPTZ(3),
    "closedById" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "OffboardingState" NOT NULL,

    CONSTRAINT "Offboarding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "HandoverLine" (
    "id" TEXT NOT NULL,
    "offboardingId" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "HandoverLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Notification" (
    "id" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "occasion" TEXT NOT NULL,
    "says" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "Notification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Offboarding_formNo_key" ON "Offboarding"("formNo");

-- CreateIndex
CREATE INDEX "Offboarding_employeeId_idx" ON "Offboarding"("employeeId");

-- CreateIndex
CREATE INDEX "Offboarding_state_effectiveAt_idx" ON "Offboarding"("state", "effectiveAt");

-- CreateIndex
CREATE INDEX "HandoverLine_offboardingId_idx" ON "HandoverLine"("offboardingId");

-- CreateIndex
CREATE INDEX "Notification_recordId_idx" ON "Notification"("recordId");

-- CreateIndex
CREATE UNIQUE INDEX "Notification_personId_recordId_occasion_key" ON "Notification"("personId", "recordId", "occasion");

-- CreateIndex
CREATE INDEX "Grant_state_validTo_idx" ON "Grant"("state", "validTo");

-- CreateIndex
CREATE INDEX "SensitiveUse_state_plannedUntil_idx" ON "SensitiveUse"("state", "plannedUntil");

-- AddForeignKey
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_successorId_fkey" FOREIGN KEY ("successorId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_confirmedById_fkey" FOREIGN KEY ("confirmedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_headClearedById_fkey" FOREIGN KEY ("headClearedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_technologyClearedById_fkey" FOREIGN KEY ("technologyClearedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_specialistClearedById_fkey" FOREIGN KEY ("specialistClearedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "HandoverLine" ADD CONSTRAINT "HandoverLine_offboardingId_fkey" FOREIGN KEY ("offboardingId") REFERENCES "Offboarding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "Offboarding"
  ADD CONSTRAINT "Offboarding_transfer_target" CHECK (
    ("kind" = 'TRANSFER') = ("toDepartment" IS NOT NULL AND "toPost" IS NOT NULL)
    AND ("kind" = 'TRANSFER' OR num_nonnulls("toDepartment", "toPost") = 0)),
  ADD CONSTRAINT "Offboarding_successor_other" CHECK ("successorId" <> "employeeId"),
  -- Three clear, each their own: the table says which seat a step fills, and here is that none is left empty.
  ADD CONSTRAINT "Offboarding_cleared_by_all" CHECK ("state" IN ('CONFIRMED', 'ITEMS_OPEN')
    OR num_nonnulls("headClearedById", "technologyClearedById", "specialistClearedById") = 3),
  ADD CONSTRAINT "Offboarding_promise_of_leavers" CHECK ("state" <> 'CLOSED' OR "kind" = 'TRANSFER' OR "commitmentUntil" IS NOT NULL);
-- Nobody goes twice at once.
CREATE UNIQUE INDEX "Offboarding_open_key" ON "Offboarding" ("employeeId") WHERE "state" <> 'CLOSED';
ALTER TABLE "HandoverLine" ADD CONSTRAINT "HandoverLine_item_filled" CHECK ("item" ~ '\S');
ALTER TABLE "Notification" ADD CONSTRAINT "Notification_says_filled" CHECK ("says" ~ '\S');

-- What the table of leaving says.
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_seats_apart" CHECK ("employeeId" <> "confirmedById" AND "employeeId" <> "headClearedById" AND "employeeId" <> "technologyClearedById" AND "employeeId" <> "specialistClearedById" AND "employeeId" <> "closedById" AND "confirmedById" <> "technologyClearedById" AND "confirmedById" <> "specialistClearedById" AND "confirmedById" <> "closedById" AND "headClearedById" <> "technologyClearedById" AND "headClearedById" <> "specialistClearedById" AND "headClearedById" <> "closedById" AND "technologyClearedById" <> "specialistClearedById" AND "technologyClearedById" <> "closedById" AND "specialistClearedById" <> "closedById");
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_seats_filled" CHECK (("confirmedById" IS NULL) = ("confirmedAt" IS NULL) AND ("headClearedById" IS NULL) = ("headClearedAt" IS NULL) AND ("technologyClearedById" IS NULL) = ("technologyClearedAt" IS NULL) AND ("specialistClearedById" IS NULL) = ("specialistClearedAt" IS NULL) AND ("closedById" IS NULL) = ("closedAt" IS NULL) AND ("state" <> 'CONFIRMED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'ITEMS_OPEN' OR "confirmedById" IS NOT NULL) AND ("state" <> 'ITEMS_CLEARED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "closedById" IS NOT NULL));
CREATE TRIGGER "Offboarding_moves" BEFORE UPDATE OF "state" ON "Offboarding"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('CONFIRMED>ITEMS_OPEN', 'ITEMS_OPEN>ITEMS_CLEARED', 'ITEMS_CLEARED>CLOSED');
