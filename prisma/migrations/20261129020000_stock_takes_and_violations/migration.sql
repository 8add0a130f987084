CREATE TYPE "StockTakeTrigger" AS ENUM ('PERIODIC', 'ALLOCATION');
CREATE TYPE "StockTakeState" AS ENUM ('OPEN', 'COUNTED', 'CLOSED', 'DROPPED');
CREATE TYPE "Deviation" AS ENUM ('NOT_FOUND', 'INCOMPLETE', 'SEAL_BROKEN', 'IP_CHANGED', 'SOFTWARE_DEVIATION', 'UNREGISTERED');
CREATE TYPE "ViolationRule" AS ENUM ('NOT_FOUND', 'INCOMPLETE', 'SEAL_BROKEN', 'IP_CHANGED', 'SOFTWARE_DEVIATION', 'UNREGISTERED');
CREATE TYPE "ViolationState" AS ENUM ('FOUND', 'UNDER_REVIEW', 'UPHELD', 'DISMISSED');

CREATE TABLE "StockTake" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "trigger" "StockTakeTrigger" NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "whole" BOOLEAN NOT NULL,
    "custodianId" TEXT,
    "allocationId" TEXT,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "closedById" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "StockTakeState" NOT NULL,

    CONSTRAINT "StockTake_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "StockTakeLine" (
    "id" TEXT NOT NULL,
    "stockTakeId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "deviceId" TEXT,
    "custodianId" TEXT,
    "expectedSealNo" TEXT,
    "expectedIpAddress" TEXT,
    "expectedSoftware" TEXT[],
    "found" BOOLEAN,
    "complete" BOOLEAN,
    "sealNo" TEXT,
    "ipAddress" TEXT,
    "software" TEXT[],
    "surplus" TEXT,
    "labelNo" TEXT,
    "remark" TEXT,
    "matches" BOOLEAN,
    "deviations" "Deviation"[],
    "countedById" TEXT,
    "countedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StockTakeLine_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Violation" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "rule" "ViolationRule" NOT NULL,
    "clause" TEXT NOT NULL,
    "personId" TEXT,
    "departmentCode" "DepartmentCode" NOT NULL,
    "notifiedDept" "DepartmentCode" NOT NULL,
    "deviceId" TEXT,
    "stockTakeLineId" TEXT,
    "details" TEXT,
    "foundById" TEXT NOT NULL,
    "foundAt" TIMESTAMPTZ(3) NOT NULL,
    "handledById" TEXT,
    "handledAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "sanction" TEXT,
    "amount" DECIMAL(14,2),
    "dueAt" TIMESTAMPTZ(3),
    "state" "ViolationState" NOT NULL,

    CONSTRAINT "Violation_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "StockTake_formNo_key" ON "StockTake"("formNo");
CREATE INDEX "StockTake_departmentCode_openedAt_idx" ON "StockTake"("departmentCode", "openedAt");
CREATE INDEX "StockTake_allocationId_idx" ON "StockTake"("allocationId");
CREATE INDEX "StockTake_custodianId_idx" ON "StockTake"("custodianId");
CREATE INDEX "StockTake_state_dueAt_idx" ON "StockTake"("state", "dueAt");
CREATE UNIQUE INDEX "StockTakeLine_stockTakeId_position_key" ON "StockTakeLine"("stockTakeId", "position");
CREATE UNIQUE INDEX "StockTakeLine_stockTakeId_deviceId_key" ON "StockTakeLine"("stockTakeId", "deviceId");
CREATE INDEX "StockTakeLine_deviceId_idx" ON "StockTakeLine"("deviceId");
CREATE INDEX "StockTakeLine_custodianId_idx" ON "StockTakeLine"("custodianId");
CREATE UNIQUE INDEX "Violation_formNo_key" ON "Violation"("formNo");
CREATE UNIQUE INDEX "Violation_stockTakeLineId_rule_key" ON "Violation"("stockTakeLineId", "rule");
CREATE INDEX "Violation_personId_idx" ON "Violation"("personId");
CREATE INDEX "Violation_deviceId_idx" ON "Violation"("deviceId");
CREATE INDEX "Violation_state_idx" ON "Violation"("state");

ALTER TABLE "StockTake" ADD CONSTRAINT "StockTake_custodianId_fkey" FOREIGN KEY ("custodianId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "StockTake" ADD CONSTRAINT "StockTake_allocationId_fkey" FOREIGN KEY ("allocationId") REFERENCES "Allocation"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "StockTake" ADD CONSTRAINT "StockTake_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "StockTakeLine" ADD CONSTRAINT "StockTakeLine_stockTakeId_fkey" FOREIGN KEY ("stockTakeId") REFERENCES "StockTake"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "StockTakeLine" ADD CONSTRAINT "StockTakeLine_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "StockTakeLine" ADD CONSTRAINT "StockTakeLine_custodianId_fkey" FOREIGN KEY ("custodianId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "StockTakeLine" ADD CONSTRAINT "StockTakeLine_countedById_fkey" FOREIGN KEY ("countedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Violation" ADD CONSTRAINT "Violation_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Violation" ADD CONSTRAINT "Violation_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Violation" ADD CONSTRAINT "Violation_stockTakeLineId_fkey" FOREIGN KEY ("stockTakeLineId") REFERENCES "StockTakeLine"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Violation" ADD CONSTRAINT "Violation_foundById_fkey" FOREIGN KEY ("foundById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Violation" ADD CONSTRAINT "Violation_handledById_fkey" FOREIGN KEY ("handledById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Of a department as a whole one stock-take is open at a time.
CREATE UNIQUE INDEX "StockTake_open_key" ON "StockTake" ("departmentCode") WHERE "whole" AND "state" = 'OPEN';

ALTER TABLE "StockTake"
  ADD CONSTRAINT "StockTake_allocation_when"
    CHECK (("trigger" = 'ALLOCATION') = ("allocationId" IS NOT NULL) AND ("trigger" = 'ALLOCATION') = ("custodianId" IS NOT NULL)),
  ADD CONSTRAINT "StockTake_whole_when" CHECK (NOT "whole" OR "trigger" = 'PERIODIC'),
  ADD CONSTRAINT "StockTake_dropped_when" CHECK ("state" <> 'DROPPED' OR "trigger" = 'ALLOCATION');
ALTER TABLE "StockTakeLine"
  ADD CONSTRAINT "StockTakeLine_position_range" CHECK ("position" >= 1),
  ADD CONSTRAINT "StockTakeLine_lists_given"
    CHECK ("expectedSoftware" IS NOT NULL AND "software" IS NOT NULL AND "deviations" IS NOT NULL),
  -- A line is of a device of the register, or of something that is not in it.
  ADD CONSTRAINT "StockTakeLine_surplus_when" CHECK (("deviceId" IS NULL) = ("surplus" IS NOT NULL)),
  ADD CONSTRAINT "StockTakeLine_unregistered_when"
    CHECK ("surplus" IS NULL OR ("deviations" = '{UNREGISTERED}' AND "countedAt" IS NOT NULL)),
  ADD CONSTRAINT "StockTakeLine_counted_when"
    CHECK (("countedAt" IS NULL) = ("countedById" IS NULL) AND ("countedAt" IS NULL) = ("found" IS NULL)
      AND ("countedAt" IS NULL) = ("matches" IS NULL)),
  ADD CONSTRAINT "StockTakeLine_matches_when"
    CHECK (coalesce("matches", true) = (cardinality("deviations") = 0)),
  ADD CONSTRAINT "StockTakeLine_found_when" CHECK ("found" IS NOT FALSE
    OR ("complete" IS NULL AND "sealNo" IS NULL AND "ipAddress" IS NULL AND cardinality("software") = 0)),
  -- Nobody counts what they have.
  ADD CONSTRAINT "StockTakeLine_counter_apart" CHECK ("countedById" <> "custodianId");
ALTER TABLE "Violation"
  ADD CONSTRAINT "Violation_finder_apart" CHECK ("foundById" <> "personId" AND "foundById" <> "handledById"),
  ADD CONSTRAINT "Violation_amount_range" CHECK ("amount" >= 0),
  ADD CONSTRAINT "Violation_reason_when" CHECK (("state" IN ('UPHELD', 'DISMISSED')) = ("reason" IS NOT NULL)),
  ADD CONSTRAINT "Violation_sanction_when" CHECK (("state" = 'UPHELD') = ("sanction" IS NOT NULL)
    AND ("state" = 'UPHELD' OR "amount" IS NULL));

-- What is found is not changed afterwards, and not taken away.
CREATE FUNCTION "refuse_second_count"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A line of a stock-take is counted once' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER "StockTakeLine_counted_once" BEFORE UPDATE ON "StockTakeLine"
  FOR EACH ROW WHEN (OLD."countedAt" IS NOT NULL) EXECUTE FUNCTION "refuse_second_count"();

-- What the tables of these forms say (schema/workflows.sql).
ALTER TABLE "StockTake" ADD CONSTRAINT "StockTake_seats_apart" CHECK ("custodianId" <> "closedById");
ALTER TABLE "StockTake" ADD CONSTRAINT "StockTake_seats_filled" CHECK (("closedById" IS NULL) = ("closedAt" IS NULL) AND ("state" <> 'CLOSED' OR "closedById" IS NOT NULL));
CREATE TRIGGER "StockTake_moves" BEFORE UPDATE OF "state" ON "StockTake"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>COUNTED', 'OPEN>CLOSED', 'COUNTED>CLOSED', 'OPEN>DROPPED');
ALTER TABLE "Violation" ADD CONSTRAINT "Violation_seats_apart" CHECK ("personId" <> "handledById");
ALTER TABLE "Violation" ADD CONSTRAINT "Violation_seats_filled" CHECK (("handledById" IS NULL) = ("handledAt" IS NULL) AND ("state" <> 'UNDER_REVIEW' OR "handledById" IS NOT NULL) AND ("state" <> 'UPHELD' OR "handledById" IS NOT NULL) AND ("state" <> 'DISMISSED' OR "handledById" IS NOT NULL));
CREATE TRIGGER "Violation_moves" BEFORE UPDATE OF "state" ON "Violation"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FOUND>UNDER_REVIEW', 'UNDER_REVIEW>UPHELD', 'UNDER_REVIEW>DISMISSED');
