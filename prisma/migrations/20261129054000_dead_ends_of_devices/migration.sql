-- What was lost before it had a number goes on from where it was; what cannot be set up is let go; an order that is not
-- delivered is given up.
DROP TRIGGER "Device_moves" ON "Device";
CREATE TRIGGER "Device_moves" BEFORE UPDATE OF "state" ON "Device"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ACCEPTED>STOCKED', 'STOCKED>CONFIGURED', 'CONFIGURED>REGISTERED', 'REGISTERED>IN_USE', 'IDLE>IN_USE', 'RECOVERED>IN_USE', 'IN_USE>IDLE', 'STOCKED>UNREPAIRABLE', 'CONFIGURED>UNREPAIRABLE', 'IN_USE>FAULTY', 'IDLE>FAULTY', 'REGISTERED>FAULTY', 'RECOVERED>FAULTY', 'FAULTY>IN_REPAIR', 'FAULTY>IN_USE', 'FAULTY>IDLE', 'FAULTY>REGISTERED', 'FAULTY>RECOVERED', 'IN_REPAIR>IN_USE', 'IN_REPAIR>IDLE', 'IN_REPAIR>REGISTERED', 'IN_REPAIR>RECOVERED', 'FAULTY>UNREPAIRABLE', 'IN_REPAIR>UNREPAIRABLE', 'IN_USE>RENEWAL_PLANNED', 'IDLE>RENEWAL_PLANNED', 'RENEWAL_PLANNED>IDLE', 'UNREPAIRABLE>SCRAP_REQUESTED', 'RENEWAL_PLANNED>SCRAP_REQUESTED', 'SCRAP_REQUESTED>UNREPAIRABLE', 'SCRAP_REQUESTED>RENEWAL_PLANNED', 'SCRAP_APPROVED>UNREPAIRABLE', 'SCRAP_APPROVED>RENEWAL_PLANNED', 'SCRAP_REQUESTED>SCRAP_APPROVED', 'SCRAP_APPROVED>SCRAPPED', 'ACCEPTED>LOST', 'STOCKED>LOST', 'CONFIGURED>LOST', 'REGISTERED>LOST', 'IN_USE>LOST', 'IDLE>LOST', 'FAULTY>LOST', 'IN_REPAIR>LOST', 'UNREPAIRABLE>LOST', 'RENEWAL_PLANNED>LOST', 'SCRAP_REQUESTED>LOST', 'SCRAP_APPROVED>LOST', 'RECOVERED>LOST', 'LOST>RECOVERED', 'LOST>STOCKED', 'LOST>ACCEPTED', 'LOST>WRITTEN_OFF');

DROP TRIGGER "Procurement_moves" ON "Procurement";
CREATE TRIGGER "Procurement_moves" BEFORE UPDATE OF "state" ON "Procurement"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('WISHED>NEED_ASSESSED', 'WISHED>REJECTED', 'NEED_ASSESSED>REQUESTED', 'REQUESTED>APPROVED', 'REQUESTED>REJECTED', 'APPROVED>ORDERED', 'ORDERED>DELIVERED', 'RETURNED_TO_SUPPLIER>DELIVERED', 'DELIVERED>ACCEPTED', 'DELIVERED>RETURNED_TO_SUPPLIER', 'ORDERED>CANCELLED', 'RETURNED_TO_SUPPLIER>CANCELLED', 'WISHED>WITHDRAWN', 'NEED_ASSESSED>WITHDRAWN', 'REQUESTED>WITHDRAWN', 'APPROVED>WITHDRAWN');

ALTER TABLE "Procurement" DROP CONSTRAINT "Procurement_seats_filled";
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_seats_filled" CHECK (("assessedById" IS NULL) = ("assessedAt" IS NULL) AND ("requestedById" IS NULL) = ("requestedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("orderedById" IS NULL) = ("orderedAt" IS NULL) AND ("inspectedById" IS NULL) = ("inspectedAt" IS NULL) AND ("state" <> 'REQUESTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "requestedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "orderedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "requestedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "orderedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "orderedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "inspectedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "requestedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "decidedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "orderedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "inspectedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "requestedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "orderedById" IS NOT NULL));

-- What never got a number can be let go without one.
ALTER TABLE "Device"
  DROP CONSTRAINT "Device_registered",
  ADD CONSTRAINT "Device_registered" CHECK ("state" IN ('ACCEPTED', 'STOCKED', 'CONFIGURED', 'UNREPAIRABLE',
    'SCRAP_REQUESTED', 'SCRAP_APPROVED', 'SCRAPPED', 'LOST', 'WRITTEN_OFF') OR "deviceNo" IS NOT NULL);

-- Which parts of a device were not there: what was remarked until now says so.
ALTER TABLE "StockTakeLine" ADD COLUMN "missing" TEXT;
UPDATE "StockTakeLine" SET "missing" = coalesce("remark", '—') WHERE "complete" = FALSE;
ALTER TABLE "StockTakeLine"
  ADD CONSTRAINT "StockTakeLine_missing_what" CHECK (("missing" IS NOT NULL) = ("complete" IS FALSE));

-- At once is within an hour (rulebook 0.3), of incidents as of faults.
ALTER TABLE "Incident" ADD COLUMN "reportedLate" BOOLEAN;
UPDATE "Incident" SET "reportedLate" = (extract(epoch FROM "reportedAt" - "discoveredAt") > 3600);
ALTER TABLE "Incident"
  ALTER COLUMN "reportedLate" SET NOT NULL,
  ADD CONSTRAINT "Incident_reported_late"
    CHECK ("reportedLate" = (extract(epoch FROM "reportedAt" - "discoveredAt") > 3600));
