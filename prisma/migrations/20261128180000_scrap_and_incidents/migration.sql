CREATE TYPE "WipeMethod" AS ENUM ('OVERWRITE', 'CRYPTO_ERASE', 'DEGAUSS', 'SHRED');
CREATE TYPE "ScrapState" AS ENUM ('REQUESTED', 'APPROVED', 'REFUSED', 'WIPED', 'SCRAPPED', 'WITHDRAWN');
CREATE TABLE "ScrapSheet" (
  "id" TEXT NOT NULL,
  "formNo" TEXT NOT NULL,
  "deviceId" TEXT NOT NULL,
  "requestedById" TEXT NOT NULL,
  "requestedAt" TIMESTAMPTZ(3) NOT NULL,
  "verdict" TEXT NOT NULL,
  "decidedById" TEXT,
  "decidedAt" TIMESTAMPTZ(3),
  "wipedById" TEXT,
  "wipedAt" TIMESTAMPTZ(3),
  "wipeMethod" "WipeMethod",
  "wipeProof" TEXT,
  "proceeds" DECIMAL(14,2),
  "scrappedAt" TIMESTAMPTZ(3),
  "dueAt" TIMESTAMPTZ(3),
  "state" "ScrapState" NOT NULL,
  CONSTRAINT "ScrapSheet_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "ScrapSheet_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "ScrapSheet_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "ScrapSheet_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "ScrapSheet_wipedById_fkey" FOREIGN KEY ("wipedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "ScrapSheet_proceeds_range" CHECK ("proceeds" >= 0),
  -- Nothing goes that was not wiped, and of what is wiped it is known how.
  CONSTRAINT "ScrapSheet_wiped" CHECK (("wipedAt" IS NULL) = ("wipeMethod" IS NULL) AND ("wipedAt" IS NULL) = ("wipeProof" IS NULL))
);
CREATE UNIQUE INDEX "ScrapSheet_formNo_key" ON "ScrapSheet"("formNo");
CREATE INDEX "ScrapSheet_deviceId_idx" ON "ScrapSheet"("deviceId");
CREATE INDEX "ScrapSheet_requestedById_idx" ON "ScrapSheet"("requestedById");
CREATE INDEX "ScrapSheet_state_idx" ON "ScrapSheet"("state");
CREATE UNIQUE INDEX "ScrapSheet_open" ON "ScrapSheet"("deviceId") WHERE "state" IN ('REQUESTED', 'APPROVED', 'WIPED');

CREATE TYPE "IncidentKind" AS ENUM ('SYSTEM_FAULT', 'LEAK', 'SUSPECTED_LEAK', 'LOSS', 'INTRUSION', 'OVERREACH', 'DEVICE_DAMAGE', 'OTHER');
CREATE TYPE "IncidentState" AS ENUM ('REPORTED', 'CONTAINED', 'PLAN_ACTIVATED', 'INVESTIGATING', 'RESOLVED', 'REVIEWED', 'CLOSED');
CREATE TABLE "Incident" (
  "id" TEXT NOT NULL,
  "formNo" TEXT NOT NULL,
  "kind" "IncidentKind" NOT NULL,
  "text" TEXT NOT NULL,
  "reporterId" TEXT NOT NULL,
  "deviceId" TEXT,
  "discoveredAt" TIMESTAMPTZ(3) NOT NULL,
  "reportedAt" TIMESTAMPTZ(3) NOT NULL,
  "containedById" TEXT,
  "containedAt" TIMESTAMPTZ(3),
  "remedy" TEXT,
  "investigatorId" TEXT,
  "investigatedAt" TIMESTAMPTZ(3),
  "cause" TEXT,
  "liableId" TEXT,
  "cost" DECIMAL(14,2),
  "resolvedAt" TIMESTAMPTZ(3),
  "reviewerId" TEXT,
  "reviewedAt" TIMESTAMPTZ(3),
  "findings" TEXT,
  "dueAt" TIMESTAMPTZ(3),
  "state" "IncidentState" NOT NULL,
  CONSTRAINT "Incident_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "Incident_reporterId_fkey" FOREIGN KEY ("reporterId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "Incident_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "Incident_containedById_fkey" FOREIGN KEY ("containedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "Incident_investigatorId_fkey" FOREIGN KEY ("investigatorId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "Incident_liableId_fkey" FOREIGN KEY ("liableId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "Incident_reviewerId_fkey" FOREIGN KEY ("reviewerId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "Incident_order" CHECK ("discoveredAt" <= "reportedAt"),
  CONSTRAINT "Incident_cost_range" CHECK ("cost" >= 0)
);
CREATE UNIQUE INDEX "Incident_formNo_key" ON "Incident"("formNo");
CREATE INDEX "Incident_reporterId_idx" ON "Incident"("reporterId");
CREATE INDEX "Incident_deviceId_idx" ON "Incident"("deviceId");
CREATE INDEX "Incident_state_idx" ON "Incident"("state");

-- What the tables of these forms say (schema/workflows.sql).
DROP TRIGGER "Device_moves" ON "Device";
CREATE TRIGGER "Device_moves" BEFORE UPDATE OF "state" ON "Device"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ACCEPTED>STOCKED', 'STOCKED>CONFIGURED', 'CONFIGURED>REGISTERED', 'REGISTERED>IN_USE', 'IDLE>IN_USE', 'RECOVERED>IN_USE', 'IN_USE>IDLE', 'IN_USE>FAULTY', 'IDLE>FAULTY', 'REGISTERED>FAULTY', 'RECOVERED>FAULTY', 'FAULTY>IN_REPAIR', 'FAULTY>IN_USE', 'FAULTY>IDLE', 'IN_REPAIR>IN_USE', 'IN_REPAIR>IDLE', 'FAULTY>UNREPAIRABLE', 'IN_REPAIR>UNREPAIRABLE', 'IN_USE>RENEWAL_PLANNED', 'IDLE>RENEWAL_PLANNED', 'RENEWAL_PLANNED>IDLE', 'UNREPAIRABLE>SCRAP_REQUESTED', 'RENEWAL_PLANNED>SCRAP_REQUESTED', 'SCRAP_REQUESTED>UNREPAIRABLE', 'SCRAP_REQUESTED>RENEWAL_PLANNED', 'SCRAP_APPROVED>UNREPAIRABLE', 'SCRAP_APPROVED>RENEWAL_PLANNED', 'SCRAP_REQUESTED>SCRAP_APPROVED', 'SCRAP_APPROVED>SCRAPPED', 'ACCEPTED>LOST', 'STOCKED>LOST', 'CONFIGURED>LOST', 'REGISTERED>LOST', 'IN_USE>LOST', 'IDLE>LOST', 'FAULTY>LOST', 'IN_REPAIR>LOST', 'UNREPAIRABLE>LOST', 'RENEWAL_PLANNED>LOST', 'SCRAP_REQUESTED>LOST', 'SCRAP_APPROVED>LOST', 'RECOVERED>LOST', 'LOST>RECOVERED', 'LOST>WRITTEN_OFF');
ALTER TABLE "ScrapSheet" ADD CONSTRAINT "ScrapSheet_seats_apart" CHECK ("requestedById" <> "decidedById" AND "requestedById" <> "wipedById" AND "decidedById" <> "wipedById");
ALTER TABLE "ScrapSheet" ADD CONSTRAINT "ScrapSheet_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("wipedById" IS NULL) = ("wipedAt" IS NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'WIPED' OR "decidedById" IS NOT NULL) AND ("state" <> 'WIPED' OR "wipedById" IS NOT NULL) AND ("state" <> 'SCRAPPED' OR "decidedById" IS NOT NULL) AND ("state" <> 'SCRAPPED' OR "wipedById" IS NOT NULL));
CREATE TRIGGER "ScrapSheet_moves" BEFORE UPDATE OF "state" ON "ScrapSheet"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>APPROVED', 'REQUESTED>REFUSED', 'REQUESTED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'WIPED>WITHDRAWN', 'APPROVED>WIPED', 'WIPED>SCRAPPED');
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_seats_apart" CHECK ("reporterId" <> "investigatorId" AND "reporterId" <> "reviewerId" AND "investigatorId" <> "reviewerId");
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_seats_filled" CHECK (("investigatorId" IS NULL) = ("investigatedAt" IS NULL) AND ("reviewerId" IS NULL) = ("reviewedAt" IS NULL) AND ("state" <> 'INVESTIGATING' OR "investigatorId" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "reviewerId" IS NOT NULL) AND ("state" <> 'CLOSED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'CLOSED' OR "reviewerId" IS NOT NULL));
CREATE TRIGGER "Incident_moves" BEFORE UPDATE OF "state" ON "Incident"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REPORTED>CONTAINED', 'CONTAINED>PLAN_ACTIVATED', 'CONTAINED>INVESTIGATING', 'PLAN_ACTIVATED>INVESTIGATING', 'INVESTIGATING>RESOLVED', 'RESOLVED>REVIEWED', 'REVIEWED>CLOSED');
