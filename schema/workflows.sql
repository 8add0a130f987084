-- Printed by `npm run schema:update`; never edited. A migration says the same; a test holds the two together.

ALTER TABLE "Grant" ADD CONSTRAINT "Grant_seats_apart" CHECK ("granteeId" <> "suspendedById" AND "granteeId" <> "settledById" AND "suspendedById" <> "settledById");
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_seats_filled" CHECK (("suspendedById" IS NULL) = ("suspendedAt" IS NULL) AND ("settledById" IS NULL) = ("settledAt" IS NULL) AND ("state" <> 'SUSPENDED' OR "suspendedById" IS NOT NULL));
CREATE TRIGGER "Grant_moves" BEFORE UPDATE OF "state" ON "Grant"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ACTIVE>SUSPENDED', 'SUSPENDED>ACTIVE', 'SUSPENDED>REVOKED', 'ACTIVE>EXPIRED', 'ACTIVE>SUPERSEDED', 'ACTIVE>REVOKED');

ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_seats_apart" CHECK ("employeeId" <> "signedById" AND "employeeId" <> "reviewedById" AND "employeeId" <> "decidedById" AND "employeeId" <> "implementedById" AND "signedById" <> "reviewedById" AND "signedById" <> "decidedById" AND "signedById" <> "implementedById" AND "reviewedById" <> "decidedById" AND "reviewedById" <> "implementedById" AND "decidedById" <> "implementedById");
ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_seats_filled" CHECK (("signedById" IS NULL) = ("signedAt" IS NULL) AND ("reviewedById" IS NULL) = ("reviewedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("implementedById" IS NULL) = ("implementedAt" IS NULL) AND ("state" <> 'SUBMITTED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "signedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "signedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'ESCALATED' OR "signedById" IS NOT NULL) AND ("state" <> 'ESCALATED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'IMPLEMENTED' OR "signedById" IS NOT NULL) AND ("state" <> 'IMPLEMENTED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'IMPLEMENTED' OR "implementedById" IS NOT NULL));
CREATE TRIGGER "GrantApplication_moves" BEFORE UPDATE OF "state" ON "GrantApplication"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('DRAFT>SUBMITTED', 'RETURNED>SUBMITTED', 'SUBMITTED>APPROVED', 'SUBMITTED>REJECTED', 'SUBMITTED>RETURNED', 'SUBMITTED>ESCALATED', 'ESCALATED>APPROVED', 'ESCALATED>REJECTED', 'APPROVED>IMPLEMENTED', 'DRAFT>WITHDRAWN', 'SUBMITTED>WITHDRAWN', 'RETURNED>WITHDRAWN', 'ESCALATED>WITHDRAWN', 'APPROVED>WITHDRAWN');

ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_seats_apart" CHECK ("declaredById" <> "acknowledgedById" AND "declaredById" <> "objectedById");
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_seats_filled" CHECK (("acknowledgedById" IS NULL) = ("acknowledgedAt" IS NULL) AND ("objectedById" IS NULL) = ("objectedAt" IS NULL));
CREATE TRIGGER "SensitiveUse_moves" BEFORE UPDATE OF "state" ON "SensitiveUse"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FILED>OPEN', 'FILED>REVOKED', 'OPEN>REVOKED', 'OPEN>RETURNED', 'OVERDUE>RETURNED_LATE', 'OPEN>OVERDUE');
