-- The buying of devices, up to their acceptance: from there on each has a life of its own.

-- CreateEnum
CREATE TYPE "ProcurementState" AS ENUM ('WISHED', 'NEED_ASSESSED', 'REQUESTED', 'APPROVED', 'REJECTED', 'ORDERED', 'DELIVERED', 'ACCEPTED', 'RETURNED_TO_SUPPLIER', 'WITHDRAWN', 'CANCELLED');

-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "procurementId" TEXT;

-- CreateTable
CREATE TABLE "Procurement" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "wishedById" TEXT NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "need" TEXT NOT NULL,
    "assessment" TEXT,
    "specification" TEXT,
    "assessedById" TEXT,
    "assessedAt" TIMESTAMPTZ(3),
    "requestedById" TEXT,
    "requestedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "orderedById" TEXT,
    "orderedAt" TIMESTAMPTZ(3),
    "contractNo" TEXT,
    "fewQuotesReason" TEXT,
    "deliveredAt" TIMESTAMPTZ(3),
    "inspectedById" TEXT,
    "inspectedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "ProcurementState" NOT NULL,

    CONSTRAINT "Procurement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Quote" (
    "id" TEXT NOT NULL,
    "procurementId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "supplier" TEXT NOT NULL,
    "price" DECIMAL(14,2) NOT NULL,
    "quality" INTEGER NOT NULL,
    "performance" INTEGER NOT NULL,
    "security" INTEGER NOT NULL,
    "chosen" BOOLEAN NOT NULL,

    CONSTRAINT "Quote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConfigLine" (
    "id" TEXT NOT NULL,
    "procurementId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "line" TEXT NOT NULL,
    "kind" "DeviceKind",
    "model" TEXT,
    "qty" INTEGER NOT NULL,
    "unitPrice" DECIMAL(14,2) NOT NULL,

    CONSTRAINT "ConfigLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Acceptance" (
    "id" TEXT NOT NULL,
    "procurementId" TEXT NOT NULL,
    "acceptedById" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "returnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Acceptance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AcceptanceLine" (
    "id" TEXT NOT NULL,
    "acceptanceId" TEXT NOT NULL,
    "configLineId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "qty" INTEGER NOT NULL,
    "conforms" BOOLEAN NOT NULL,
    "deviation" TEXT,

    CONSTRAINT "AcceptanceLine_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Device_procurementId_id_idx" ON "Device"("procurementId", "id");
CREATE UNIQUE INDEX "Procurement_formNo_key" ON "Procurement"("formNo");
CREATE INDEX "Procurement_wishedById_idx" ON "Procurement"("wishedById");
CREATE INDEX "Procurement_departmentCode_idx" ON "Procurement"("departmentCode");
CREATE INDEX "Procurement_state_idx" ON "Procurement"("state");
CREATE UNIQUE INDEX "Quote_procurementId_position_key" ON "Quote"("procurementId", "position");
CREATE UNIQUE INDEX "ConfigLine_procurementId_position_key" ON "ConfigLine"("procurementId", "position");
CREATE INDEX "Acceptance_procurementId_idx" ON "Acceptance"("procurementId");
CREATE INDEX "AcceptanceLine_configLineId_idx" ON "AcceptanceLine"("configLineId");
CREATE UNIQUE INDEX "AcceptanceLine_acceptanceId_position_key" ON "AcceptanceLine"("acceptanceId", "position");

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_procurementId_fkey" FOREIGN KEY ("procurementId") REFERENCES "Procurement"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_wishedById_fkey" FOREIGN KEY ("wishedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_assessedById_fkey" FOREIGN KEY ("assessedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_orderedById_fkey" FOREIGN KEY ("orderedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_inspectedById_fkey" FOREIGN KEY ("inspectedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Quote" ADD CONSTRAINT "Quote_procurementId_fkey" FOREIGN KEY ("procurementId") REFERENCES "Procurement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ConfigLine" ADD CONSTRAINT "ConfigLine_procurementId_fkey" FOREIGN KEY ("procurementId") REFERENCES "Procurement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Acceptance" ADD CONSTRAINT "Acceptance_procurementId_fkey" FOREIGN KEY ("procurementId") REFERENCES "Procurement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Acceptance" ADD CONSTRAINT "Acceptance_acceptedById_fkey" FOREIGN KEY ("acceptedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "AcceptanceLine" ADD CONSTRAINT "AcceptanceLine_acceptanceId_fkey" FOREIGN KEY ("acceptanceId") REFERENCES "Acceptance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "AcceptanceLine" ADD CONSTRAINT "AcceptanceLine_configLineId_fkey" FOREIGN KEY ("configLineId") REFERENCES "ConfigLine"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "Procurement"
  ADD CONSTRAINT "Procurement_need_filled" CHECK ("need" ~ '\S'),
  -- Nothing is bought whose need nobody has assessed (S000-4.1a).
  ADD CONSTRAINT "Procurement_assessed_before" CHECK ("state" IN ('WISHED', 'REJECTED', 'WITHDRAWN') OR coalesce("assessment", '') ~ '\S'),
  ADD CONSTRAINT "Procurement_ordered_with" CHECK ("orderedById" IS NULL OR (coalesce("specification", '') ~ '\S' AND coalesce("contractNo", '') ~ '\S'));
ALTER TABLE "Quote"
  ADD CONSTRAINT "Quote_price_range" CHECK ("price" >= 0),
  ADD CONSTRAINT "Quote_marks_range" CHECK ("quality" BETWEEN 1 AND 5 AND "performance" BETWEEN 1 AND 5 AND "security" BETWEEN 1 AND 5);
CREATE UNIQUE INDEX "Quote_one_chosen" ON "Quote" ("procurementId") WHERE "chosen";
ALTER TABLE "ConfigLine"
  ADD CONSTRAINT "ConfigLine_qty_range" CHECK ("qty" > 0 AND "unitPrice" >= 0),
  ADD CONSTRAINT "ConfigLine_device_whole" CHECK (("kind" IS NULL) = ("model" IS NULL));
ALTER TABLE "AcceptanceLine" ADD CONSTRAINT "AcceptanceLine_qty_range" CHECK ("qty" >= 0);

-- What the table says; `schema/workflows.sql` is the same, printed.
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_seats_apart" CHECK ("wishedById" <> "assessedById" AND "wishedById" <> "requestedById" AND "wishedById" <> "decidedById" AND "wishedById" <> "orderedById" AND "wishedById" <> "inspectedById" AND "assessedById" <> "decidedById" AND "assessedById" <> "orderedById" AND "assessedById" <> "inspectedById" AND "requestedById" <> "decidedById" AND "requestedById" <> "orderedById" AND "requestedById" <> "inspectedById" AND "decidedById" <> "orderedById" AND "decidedById" <> "inspectedById");
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_seats_filled" CHECK (("assessedById" IS NULL) = ("assessedAt" IS NULL) AND ("requestedById" IS NULL) = ("requestedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("orderedById" IS NULL) = ("orderedAt" IS NULL) AND ("inspectedById" IS NULL) = ("inspectedAt" IS NULL) AND ("state" <> 'NEED_ASSESSED' OR "assessedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "assessedById" IS NOT NULL) AND ("state" <> 'REQUESTED' OR "assessedById" IS NOT NULL) AND ("state" <> 'REQUESTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "assessedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "requestedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "assessedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "orderedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "assessedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "requestedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "orderedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "assessedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "orderedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "inspectedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "assessedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "requestedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "decidedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "orderedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "inspectedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "assessedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "requestedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "orderedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "inspectedById" IS NOT NULL));
CREATE TRIGGER "Procurement_moves" BEFORE UPDATE OF "state" ON "Procurement"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('WISHED>NEED_ASSESSED', 'WISHED>REJECTED', 'NEED_ASSESSED>REQUESTED', 'REQUESTED>APPROVED', 'REQUESTED>REJECTED', 'APPROVED>ORDERED', 'ORDERED>DELIVERED', 'RETURNED_TO_SUPPLIER>DELIVERED', 'DELIVERED>ACCEPTED', 'DELIVERED>RETURNED_TO_SUPPLIER', 'RETURNED_TO_SUPPLIER>CANCELLED', 'WISHED>WITHDRAWN', 'NEED_ASSESSED>WITHDRAWN', 'REQUESTED>WITHDRAWN', 'APPROVED>WITHDRAWN');
