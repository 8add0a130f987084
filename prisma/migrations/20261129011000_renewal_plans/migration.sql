CREATE TYPE "RenewalState" AS ENUM ('PLANNED', 'DUE', 'EXECUTED', 'DROPPED');
CREATE TABLE "RenewalPlan" (
  "id" TEXT NOT NULL,
  "formNo" TEXT NOT NULL,
  "deviceId" TEXT NOT NULL,
  "custodianId" TEXT,
  "necessity" TEXT NOT NULL,
  "feasibility" TEXT NOT NULL,
  "plannedFor" DATE NOT NULL,
  "comesAt" TIMESTAMPTZ(3) NOT NULL,
  "plannedById" TEXT NOT NULL,
  "plannedAt" TIMESTAMPTZ(3) NOT NULL,
  "successorId" TEXT,
  "executedAt" TIMESTAMPTZ(3),
  "dueAt" TIMESTAMPTZ(3),
  "state" "RenewalState" NOT NULL,
  CONSTRAINT "RenewalPlan_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "RenewalPlan_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "RenewalPlan_successorId_fkey" FOREIGN KEY ("successorId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "RenewalPlan_custodianId_fkey" FOREIGN KEY ("custodianId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "RenewalPlan_plannedById_fkey" FOREIGN KEY ("plannedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "RenewalPlan_necessity_filled" CHECK ("necessity" ~ '\S'),
  CONSTRAINT "RenewalPlan_feasibility_filled" CHECK ("feasibility" ~ '\S'),
  CONSTRAINT "RenewalPlan_another_device" CHECK ("successorId" <> "deviceId"),
  -- What has been carried out says when, and nothing has taken the place of what has not.
  CONSTRAINT "RenewalPlan_executed_when" CHECK (("state" = 'EXECUTED') = ("executedAt" IS NOT NULL) AND ("successorId" IS NULL OR "executedAt" IS NOT NULL)),
  -- The day, and the instant at which it begins in Shanghai, say the same.
  CONSTRAINT "RenewalPlan_comes_on_day" CHECK ("comesAt" = "plannedFor"::timestamp AT TIME ZONE 'Asia/Shanghai')
);
CREATE UNIQUE INDEX "RenewalPlan_formNo_key" ON "RenewalPlan"("formNo");
CREATE INDEX "RenewalPlan_deviceId_idx" ON "RenewalPlan"("deviceId");
CREATE INDEX "RenewalPlan_successorId_idx" ON "RenewalPlan"("successorId");
CREATE INDEX "RenewalPlan_custodianId_idx" ON "RenewalPlan"("custodianId");
CREATE INDEX "RenewalPlan_state_comesAt_idx" ON "RenewalPlan"("state", "comesAt");
-- One of a device runs at a time.
CREATE UNIQUE INDEX "RenewalPlan_running" ON "RenewalPlan"("deviceId") WHERE "state" IN ('PLANNED', 'DUE');

-- What the table of this form says (schema/workflows.sql).
CREATE TRIGGER "RenewalPlan_moves" BEFORE UPDATE OF "state" ON "RenewalPlan"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('PLANNED>DUE', 'DUE>EXECUTED', 'PLANNED>DROPPED', 'DUE>DROPPED');
