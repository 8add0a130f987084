CREATE TYPE "FaultState" AS ENUM ('REPORTED', 'ACKNOWLEDGED', 'DIAGNOSED', 'IN_REPAIR', 'SENT_OUT', 'BACK', 'REPAIRED', 'CONFIRMED', 'UNREPAIRABLE', 'WITHDRAWN', 'CLOSED');
CREATE TYPE "RepairVerdict" AS ENUM ('REPAIRED', 'NOTHING_FOUND', 'NO_PARTS', 'NOT_WORTH_IT', 'DESTROYED');
CREATE TYPE "MaintenanceKind" AS ENUM ('HARDWARE', 'SOFTWARE', 'TUNING');
CREATE TYPE "MaintenanceState" AS ENUM ('SCHEDULED', 'DONE', 'SKIPPED', 'DROPPED');

CREATE TABLE "Fault" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "departmentCode" "DepartmentCode",
    "custodianId" TEXT,
    "reportedById" TEXT NOT NULL,
    "discoveredAt" TIMESTAMPTZ(3) NOT NULL,
    "reportedAt" TIMESTAMPTZ(3) NOT NULL,
    "reportedLate" BOOLEAN NOT NULL,
    "symptom" TEXT NOT NULL,
    "confirmBy" TIMESTAMPTZ(3) NOT NULL,
    "repairerId" TEXT,
    "ackAt" TIMESTAMPTZ(3),
    "diagnosis" TEXT,
    "centre" TEXT,
    "dataProtected" BOOLEAN NOT NULL DEFAULT false,
    "sentAt" TIMESTAMPTZ(3),
    "backAt" TIMESTAMPTZ(3),
    "cost" DECIMAL(14,2),
    "components" TEXT[],
    "verdict" "RepairVerdict",
    "confirmedAt" TIMESTAMPTZ(3),
    "reopenedAt" TIMESTAMPTZ(3),
    "downtimeMinutes" INTEGER NOT NULL DEFAULT 0,
    "dueAt" TIMESTAMPTZ(3),
    "state" "FaultState" NOT NULL,

    CONSTRAINT "Fault_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "MaintenanceTask" (
    "id" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "custodianId" TEXT,
    "kind" "MaintenanceKind" NOT NULL,
    "dueOn" DATE NOT NULL,
    "doneById" TEXT,
    "doneAt" TIMESTAMPTZ(3),
    "result" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "state" "MaintenanceState" NOT NULL,

    CONSTRAINT "MaintenanceTask_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Fault_formNo_key" ON "Fault"("formNo");
CREATE INDEX "Fault_deviceId_reportedAt_idx" ON "Fault"("deviceId", "reportedAt");
CREATE INDEX "Fault_custodianId_idx" ON "Fault"("custodianId");
CREATE INDEX "Fault_state_dueAt_idx" ON "Fault"("state", "dueAt");
CREATE INDEX "Fault_reportedAt_idx" ON "Fault"("reportedAt");
CREATE INDEX "MaintenanceTask_deviceId_dueOn_idx" ON "MaintenanceTask"("deviceId", "dueOn");
CREATE INDEX "MaintenanceTask_state_dueAt_idx" ON "MaintenanceTask"("state", "dueAt");

ALTER TABLE "Fault" ADD CONSTRAINT "Fault_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Fault" ADD CONSTRAINT "Fault_custodianId_fkey" FOREIGN KEY ("custodianId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Fault" ADD CONSTRAINT "Fault_reportedById_fkey" FOREIGN KEY ("reportedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Fault" ADD CONSTRAINT "Fault_repairerId_fkey" FOREIGN KEY ("repairerId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "MaintenanceTask" ADD CONSTRAINT "MaintenanceTask_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "MaintenanceTask" ADD CONSTRAINT "MaintenanceTask_custodianId_fkey" FOREIGN KEY ("custodianId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "MaintenanceTask" ADD CONSTRAINT "MaintenanceTask_doneById_fkey" FOREIGN KEY ("doneById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- A device has one open fault at a time, and one task of a kind for a day.
CREATE UNIQUE INDEX "Fault_open_key" ON "Fault" ("deviceId")
  WHERE "state" NOT IN ('CONFIRMED', 'UNREPAIRABLE', 'WITHDRAWN', 'CLOSED');
CREATE UNIQUE INDEX "MaintenanceTask_scheduled_key" ON "MaintenanceTask" ("deviceId", "kind", "dueOn")
  WHERE "state" = 'SCHEDULED';

ALTER TABLE "Fault"
  ADD CONSTRAINT "Fault_reported_when" CHECK ("discoveredAt" <= "reportedAt"),
  ADD CONSTRAINT "Fault_reported_late"
    CHECK ("reportedLate" = (extract(epoch FROM "reportedAt" - "discoveredAt") > 3600)),
  ADD CONSTRAINT "Fault_sent_where" CHECK (("sentAt" IS NULL) = ("centre" IS NULL)),
  ADD CONSTRAINT "Fault_back_when" CHECK ("backAt" IS NULL OR "backAt" >= "sentAt"),
  ADD CONSTRAINT "Fault_cost_range" CHECK ("cost" >= 0),
  ADD CONSTRAINT "Fault_downtime_range" CHECK ("downtimeMinutes" >= 0),
  ADD CONSTRAINT "Fault_confirmed_when" CHECK (("state" = 'CONFIRMED') = ("confirmedAt" IS NOT NULL)),
  ADD CONSTRAINT "Fault_verdict_known" CHECK ("state" <> 'UNREPAIRABLE'
    OR ("verdict" IS NOT NULL AND "verdict" NOT IN ('REPAIRED', 'NOTHING_FOUND')));
ALTER TABLE "MaintenanceTask"
  ADD CONSTRAINT "MaintenanceTask_due_when" CHECK (("state" = 'SCHEDULED') = ("dueAt" IS NOT NULL)),
  ADD CONSTRAINT "MaintenanceTask_result_known" CHECK (("state" = 'DONE') = ("result" IS NOT NULL));

-- What the tables of the forms say (schema/workflows.sql).
ALTER TABLE "Fault" ADD CONSTRAINT "Fault_seats_apart" CHECK ("custodianId" <> "repairerId");
ALTER TABLE "Fault" ADD CONSTRAINT "Fault_seats_filled" CHECK (("repairerId" IS NULL) = ("ackAt" IS NULL) AND ("state" <> 'ACKNOWLEDGED' OR "repairerId" IS NOT NULL) AND ("state" <> 'DIAGNOSED' OR "repairerId" IS NOT NULL) AND ("state" <> 'IN_REPAIR' OR "repairerId" IS NOT NULL) AND ("state" <> 'SENT_OUT' OR "repairerId" IS NOT NULL) AND ("state" <> 'BACK' OR "repairerId" IS NOT NULL) AND ("state" <> 'REPAIRED' OR "repairerId" IS NOT NULL) AND ("state" <> 'UNREPAIRABLE' OR "repairerId" IS NOT NULL) AND ("state" <> 'CONFIRMED' OR "repairerId" IS NOT NULL));
CREATE TRIGGER "Fault_moves" BEFORE UPDATE OF "state" ON "Fault"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REPORTED>WITHDRAWN', 'REPORTED>ACKNOWLEDGED', 'ACKNOWLEDGED>DIAGNOSED', 'DIAGNOSED>IN_REPAIR', 'IN_REPAIR>SENT_OUT', 'BACK>SENT_OUT', 'SENT_OUT>BACK', 'IN_REPAIR>REPAIRED', 'BACK>REPAIRED', 'DIAGNOSED>UNREPAIRABLE', 'IN_REPAIR>UNREPAIRABLE', 'BACK>UNREPAIRABLE', 'REPAIRED>CONFIRMED', 'REPAIRED>IN_REPAIR', 'CONFIRMED>REPORTED', 'REPORTED>CLOSED', 'ACKNOWLEDGED>CLOSED', 'DIAGNOSED>CLOSED', 'IN_REPAIR>CLOSED', 'SENT_OUT>CLOSED', 'BACK>CLOSED', 'REPAIRED>CLOSED');
ALTER TABLE "MaintenanceTask" ADD CONSTRAINT "MaintenanceTask_seats_apart" CHECK ("custodianId" <> "doneById");
ALTER TABLE "MaintenanceTask" ADD CONSTRAINT "MaintenanceTask_seats_filled" CHECK (("doneById" IS NULL) = ("doneAt" IS NULL) AND ("state" <> 'DONE' OR "doneById" IS NOT NULL));
CREATE TRIGGER "MaintenanceTask_moves" BEFORE UPDATE OF "state" ON "MaintenanceTask"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('SCHEDULED>DONE', 'SCHEDULED>SKIPPED', 'SCHEDULED>DROPPED');
