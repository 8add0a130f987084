-- What the Prisma schema cannot say.
ALTER TABLE "Offboarding"
  DROP CONSTRAINT "Offboarding_cleared_by_all",
  ADD CONSTRAINT "Offboarding_cleared_by_all" CHECK ("state" IN ('CONFIRMED', 'ITEMS_OPEN', 'CANCELLED')
    OR num_nonnulls("headClearedById", "technologyClearedById", "specialistClearedById") = 3);
DROP INDEX "Offboarding_open_key";
CREATE UNIQUE INDEX "Offboarding_open_key" ON "Offboarding" ("employeeId") WHERE "state" NOT IN ('CLOSED', 'CANCELLED');
-- What lapses with the post of whoever asked for it may not have been decided.
ALTER TABLE "CopyRequest"
  DROP CONSTRAINT "CopyRequest_approved_until",
  ADD CONSTRAINT "CopyRequest_approved_until" CHECK (
    ("state" IN ('APPROVED', 'HANDED_OVER') OR ("state" = 'LAPSED' AND "decidedById" IS NOT NULL))
    = ("approvalEndsAt" IS NOT NULL));

-- What the tables say.
ALTER TABLE "Offboarding" DROP CONSTRAINT "Offboarding_seats_filled";
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_seats_filled" CHECK (("confirmedById" IS NULL) = ("confirmedAt" IS NULL) AND ("headClearedById" IS NULL) = ("headClearedAt" IS NULL) AND ("technologyClearedById" IS NULL) = ("technologyClearedAt" IS NULL) AND ("specialistClearedById" IS NULL) = ("specialistClearedAt" IS NULL) AND ("closedById" IS NULL) = ("closedAt" IS NULL) AND ("state" <> 'CONFIRMED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'ITEMS_OPEN' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'ITEMS_CLEARED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "closedById" IS NOT NULL));
DROP TRIGGER "Offboarding_moves" ON "Offboarding";
CREATE TRIGGER "Offboarding_moves" BEFORE UPDATE OF "state" ON "Offboarding"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('CONFIRMED>ITEMS_OPEN', 'CONFIRMED>CANCELLED', 'ITEMS_OPEN>ITEMS_CLEARED', 'ITEMS_CLEARED>CLOSED');
ALTER TABLE "CopyRequest" DROP CONSTRAINT "CopyRequest_seats_filled";
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'HANDED_OVER' OR "decidedById" IS NOT NULL) AND ("state" <> 'HANDED_OVER' OR "handedOverAt" IS NOT NULL));
DROP TRIGGER "CopyRequest_moves" ON "CopyRequest";
CREATE TRIGGER "CopyRequest_moves" BEFORE UPDATE OF "state" ON "CopyRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>APPROVED', 'REQUESTED>REFUSED', 'APPROVED>HANDED_OVER', 'APPROVED>LAPSED', 'REQUESTED>LAPSED');
