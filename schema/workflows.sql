-- Printed by `npm run schema:update`; never edited. A migration says the same; a test holds the two together.

ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_seats_apart" CHECK ("employeeId" <> "signedById" AND "employeeId" <> "reviewedById" AND "employeeId" <> "decidedById" AND "employeeId" <> "implementedById" AND "signedById" <> "reviewedById" AND "signedById" <> "decidedById" AND "signedById" <> "implementedById" AND "reviewedById" <> "decidedById" AND "reviewedById" <> "implementedById" AND "decidedById" <> "implementedById");
ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_seats_filled" CHECK (("signedById" IS NULL) = ("signedAt" IS NULL) AND ("reviewedById" IS NULL) = ("reviewedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("implementedById" IS NULL) = ("implementedAt" IS NULL) AND ("state" <> 'SUBMITTED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "signedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "signedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'ESCALATED' OR "signedById" IS NOT NULL) AND ("state" <> 'ESCALATED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'IMPLEMENTED' OR "signedById" IS NOT NULL) AND ("state" <> 'IMPLEMENTED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'IMPLEMENTED' OR "implementedById" IS NOT NULL));
CREATE TRIGGER "GrantApplication_moves" BEFORE UPDATE OF "state" ON "GrantApplication"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('DRAFT>SUBMITTED', 'RETURNED>SUBMITTED', 'SUBMITTED>APPROVED', 'SUBMITTED>REJECTED', 'SUBMITTED>RETURNED', 'SUBMITTED>ESCALATED', 'ESCALATED>APPROVED', 'ESCALATED>REJECTED', 'APPROVED>IMPLEMENTED', 'DRAFT>WITHDRAWN', 'SUBMITTED>WITHDRAWN', 'RETURNED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'ESCALATED>WITHDRAWN');

ALTER TABLE "Grant" ADD CONSTRAINT "Grant_seats_apart" CHECK ("granteeId" <> "suspendedById" AND "granteeId" <> "settledById" AND "suspendedById" <> "settledById");
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_seats_filled" CHECK (("suspendedById" IS NULL) = ("suspendedAt" IS NULL) AND ("settledById" IS NULL) = ("settledAt" IS NULL));
CREATE TRIGGER "Grant_moves" BEFORE UPDATE OF "state" ON "Grant"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ACTIVE>SUSPENDED', 'SUSPENDED>ACTIVE', 'SUSPENDED>REVOKED', 'ACTIVE>EXPIRED', 'ACTIVE>SUPERSEDED', 'ACTIVE>REVOKED');

ALTER TABLE "Recertification" ADD CONSTRAINT "Recertification_seats_apart" CHECK ("granteeId" <> "confirmedById");
ALTER TABLE "Recertification" ADD CONSTRAINT "Recertification_seats_filled" CHECK (("confirmedById" IS NULL) = ("confirmedAt" IS NULL) AND ("state" <> 'CONFIRMED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'DROPPED' OR "confirmedById" IS NOT NULL));
CREATE TRIGGER "Recertification_moves" BEFORE UPDATE OF "state" ON "Recertification"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>CONFIRMED', 'OPEN>DROPPED', 'OPEN>LAPSED', 'OPEN>CLOSED');

ALTER TABLE "EmergencyAccess" ADD CONSTRAINT "EmergencyAccess_seats_apart" CHECK ("employeeId" <> "reviewedById");
ALTER TABLE "EmergencyAccess" ADD CONSTRAINT "EmergencyAccess_seats_filled" CHECK (("reviewedById" IS NULL) = ("reviewedAt" IS NULL) AND ("state" <> 'JUSTIFIED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'UNJUSTIFIED' OR "reviewedById" IS NOT NULL));
CREATE TRIGGER "EmergencyAccess_moves" BEFORE UPDATE OF "state" ON "EmergencyAccess"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>ENDED', 'ENDED>JUSTIFIED', 'ENDED>UNJUSTIFIED');

ALTER TABLE "TierPolicy" ADD CONSTRAINT "TierPolicy_seats_apart" CHECK ("proposedById" <> "decidedById");
ALTER TABLE "TierPolicy" ADD CONSTRAINT "TierPolicy_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'ADOPTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "TierPolicy_moves" BEFORE UPDATE OF "state" ON "TierPolicy"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('PROPOSED>ADOPTED', 'PROPOSED>REJECTED', 'PROPOSED>WITHDRAWN');

ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_seats_apart" CHECK ("declaredById" <> "acknowledgedById" AND "declaredById" <> "objectedById");
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_seats_filled" CHECK (("acknowledgedById" IS NULL) = ("acknowledgedAt" IS NULL) AND ("objectedById" IS NULL) = ("objectedAt" IS NULL));
CREATE TRIGGER "SensitiveUse_moves" BEFORE UPDATE OF "state" ON "SensitiveUse"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FILED>OPEN', 'FILED>REVOKED', 'OPEN>REVOKED', 'OPEN>RETURNED', 'OVERDUE>RETURNED_LATE', 'OPEN>OVERDUE');

ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_seats_apart" CHECK ("readerId" <> "filledInById" AND "readerId" <> "signedById" AND "readerId" <> "permittedById" AND "readerId" <> "decidedById" AND "filledInById" <> "signedById" AND "filledInById" <> "permittedById" AND "filledInById" <> "decidedById" AND "signedById" <> "decidedById");
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_seats_filled" CHECK (("filledInById" IS NULL) = ("filledInAt" IS NULL) AND ("signedById" IS NULL) = ("signedAt" IS NULL) AND ("permittedById" IS NULL) = ("permittedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'SUBMITTED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "signedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "signedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "Consultation_moves" BEFORE UPDATE OF "state" ON "Consultation"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('DRAFT>SUBMITTED', 'SUBMITTED>APPROVED', 'SUBMITTED>REFUSED', 'DRAFT>WITHDRAWN', 'SUBMITTED>WITHDRAWN', 'APPROVED>CLOSED');

ALTER TABLE "Loan" ADD CONSTRAINT "Loan_seats_apart" CHECK ("borrowerId" <> "signedById" AND "borrowerId" <> "decidedById" AND "borrowerId" <> "registeredById" AND "borrowerId" <> "returnedToId" AND "signedById" <> "decidedById");
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_seats_filled" CHECK (("signedById" IS NULL) = ("signedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("registeredById" IS NULL) = ("registeredAt" IS NULL) AND ("returnedToId" IS NULL) = ("returnedAt" IS NULL) AND ("state" <> 'SIGNED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "signedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REGISTERED' OR "signedById" IS NOT NULL) AND ("state" <> 'REGISTERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REGISTERED' OR "registeredById" IS NOT NULL) AND ("state" <> 'LENT' OR "signedById" IS NOT NULL) AND ("state" <> 'LENT' OR "decidedById" IS NOT NULL) AND ("state" <> 'LENT' OR "registeredById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "signedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "decidedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "registeredById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "returnedToId" IS NOT NULL) AND ("state" <> 'LOST' OR "signedById" IS NOT NULL) AND ("state" <> 'LOST' OR "decidedById" IS NOT NULL) AND ("state" <> 'LOST' OR "registeredById" IS NOT NULL) AND ("state" <> 'OVERDUE' OR "signedById" IS NOT NULL) AND ("state" <> 'OVERDUE' OR "decidedById" IS NOT NULL) AND ("state" <> 'OVERDUE' OR "registeredById" IS NOT NULL) AND ("state" <> 'RETURNED_LATE' OR "signedById" IS NOT NULL) AND ("state" <> 'RETURNED_LATE' OR "decidedById" IS NOT NULL) AND ("state" <> 'RETURNED_LATE' OR "registeredById" IS NOT NULL) AND ("state" <> 'RETURNED_LATE' OR "returnedToId" IS NOT NULL));
CREATE TRIGGER "Loan_moves" BEFORE UPDATE OF "state" ON "Loan"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>SIGNED', 'SIGNED>APPROVED', 'SIGNED>REFUSED', 'APPROVED>REGISTERED', 'REGISTERED>LENT', 'LENT>RETURNED', 'OVERDUE>RETURNED_LATE', 'LENT>LOST', 'OVERDUE>LOST', 'REQUESTED>WITHDRAWN', 'SIGNED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'REGISTERED>WITHDRAWN', 'LENT>OVERDUE');

ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_seats_apart" CHECK ("requestedById" <> "decidedById" AND "requestedById" <> "carrierId" AND "decidedById" <> "carrierId");
ALTER TABLE "CopyRequest" ADD CONSTRAINT "CopyRequest_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'HANDED_OVER' OR "decidedById" IS NOT NULL) AND ("state" <> 'HANDED_OVER' OR "handedOverAt" IS NOT NULL));
CREATE TRIGGER "CopyRequest_moves" BEFORE UPDATE OF "state" ON "CopyRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>APPROVED', 'REQUESTED>REFUSED', 'APPROVED>HANDED_OVER', 'APPROVED>LAPSED', 'REQUESTED>LAPSED');

ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_seats_apart" CHECK ("requestedById" <> "permittedById" AND "requestedById" <> "supervisorId" AND "requestedById" <> "managerId" AND "requestedById" <> "refusedById" AND "requestedById" <> "carrierId" AND "permittedById" <> "supervisorId" AND "permittedById" <> "managerId" AND "permittedById" <> "refusedById" AND "permittedById" <> "carrierId" AND "supervisorId" <> "managerId" AND "supervisorId" <> "carrierId" AND "managerId" <> "carrierId" AND "refusedById" <> "carrierId");
ALTER TABLE "ExternalDisclosure" ADD CONSTRAINT "ExternalDisclosure_seats_filled" CHECK (("permittedById" IS NULL) = ("permittedAt" IS NULL) AND ("supervisorId" IS NULL) = ("supervisorAt" IS NULL) AND ("managerId" IS NULL) = ("managerAt" IS NULL) AND ("refusedById" IS NULL) = ("refusedAt" IS NULL) AND ("state" <> 'REFUSED' OR "refusedById" IS NOT NULL) AND ("state" <> 'SENT' OR "sentAt" IS NOT NULL));
CREATE TRIGGER "ExternalDisclosure_moves" BEFORE UPDATE OF "state" ON "ExternalDisclosure"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>APPROVED', 'REQUESTED>REFUSED', 'APPROVED>SENT', 'REQUESTED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'APPROVED>LAPSED');

ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_seats_apart" CHECK ("proposedById" <> "consentedById" AND "proposedById" <> "permittedById" AND "proposedById" <> "decidedById" AND "consentedById" <> "decidedById" AND "permittedById" <> "decidedById");
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_seats_filled" CHECK (("consentedById" IS NULL) = ("consentedAt" IS NULL) AND ("permittedById" IS NULL) = ("permittedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'APPLIED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "CorrectionRequest_moves" BEFORE UPDATE OF "state" ON "CorrectionRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('PROPOSED>APPLIED', 'PROPOSED>REJECTED', 'PROPOSED>WITHDRAWN');

ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_seats_apart" CHECK ("proposedById" <> "witnessedById" AND "proposedById" <> "decidedById" AND "witnessedById" <> "decidedById");
ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_seats_filled" CHECK (("witnessedById" IS NULL) = ("witnessedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'WITNESSED' OR "witnessedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "witnessedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'DESTROYED' OR "witnessedById" IS NOT NULL) AND ("state" <> 'DESTROYED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "Disposal_moves" BEFORE UPDATE OF "state" ON "Disposal"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('PROPOSED>WITNESSED', 'WITNESSED>APPROVED', 'PROPOSED>REFUSED', 'WITNESSED>REFUSED', 'PROPOSED>WITHDRAWN', 'WITNESSED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'APPROVED>DESTROYED');

ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_seats_apart" CHECK ("employeeId" <> "headId" AND "employeeId" <> "reviewedById" AND "employeeId" <> "agreedById" AND "employeeId" <> "decidedById" AND "headId" <> "reviewedById" AND "headId" <> "decidedById" AND "reviewedById" <> "agreedById" AND "reviewedById" <> "decidedById" AND "agreedById" <> "decidedById");
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_seats_filled" CHECK (("headId" IS NULL) = ("headAt" IS NULL) AND ("reviewedById" IS NULL) = ("reviewedAt" IS NULL) AND ("agreedById" IS NULL) = ("agreedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'ANSWERED' OR "headId" IS NOT NULL) AND ("state" <> 'FORWARDED' OR "headId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "headId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "headId" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "agreedById" IS NOT NULL) AND ("state" <> 'ESCALATED' OR "headId" IS NOT NULL) AND ("state" <> 'DECIDED' OR "headId" IS NOT NULL) AND ("state" <> 'DECIDED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "headId" IS NOT NULL));
CREATE TRIGGER "Appeal_moves" BEFORE UPDATE OF "state" ON "Appeal"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FILED>ANSWERED', 'FILED>FORWARDED', 'FORWARDED>REVIEWED', 'REVIEWED>RESOLVED', 'REVIEWED>FORWARDED', 'ANSWERED>ESCALATED', 'RESOLVED>ESCALATED', 'ESCALATED>DECIDED', 'ANSWERED>CLOSED', 'RESOLVED>CLOSED');

ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_seats_apart" CHECK ("employeeId" <> "confirmedById" AND "employeeId" <> "headClearedById" AND "employeeId" <> "technologyClearedById" AND "employeeId" <> "specialistClearedById" AND "employeeId" <> "closedById" AND "confirmedById" <> "technologyClearedById" AND "confirmedById" <> "specialistClearedById" AND "confirmedById" <> "closedById" AND "headClearedById" <> "technologyClearedById" AND "headClearedById" <> "specialistClearedById" AND "headClearedById" <> "closedById" AND "technologyClearedById" <> "specialistClearedById" AND "technologyClearedById" <> "closedById" AND "specialistClearedById" <> "closedById");
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_seats_filled" CHECK (("confirmedById" IS NULL) = ("confirmedAt" IS NULL) AND ("headClearedById" IS NULL) = ("headClearedAt" IS NULL) AND ("technologyClearedById" IS NULL) = ("technologyClearedAt" IS NULL) AND ("specialistClearedById" IS NULL) = ("specialistClearedAt" IS NULL) AND ("closedById" IS NULL) = ("closedAt" IS NULL) AND ("state" <> 'CONFIRMED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'ITEMS_OPEN' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'ITEMS_CLEARED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "closedById" IS NOT NULL));
CREATE TRIGGER "Offboarding_moves" BEFORE UPDATE OF "state" ON "Offboarding"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('CONFIRMED>ITEMS_OPEN', 'CONFIRMED>CANCELLED', 'ITEMS_OPEN>ITEMS_CLEARED', 'ITEMS_CLEARED>CLOSED');
