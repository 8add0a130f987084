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

ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_seats_apart" CHECK ("wishedById" <> "assessedById" AND "wishedById" <> "requestedById" AND "wishedById" <> "decidedById" AND "wishedById" <> "orderedById" AND "wishedById" <> "inspectedById" AND "assessedById" <> "decidedById" AND "assessedById" <> "orderedById" AND "assessedById" <> "inspectedById" AND "requestedById" <> "decidedById" AND "requestedById" <> "orderedById" AND "requestedById" <> "inspectedById" AND "decidedById" <> "orderedById" AND "decidedById" <> "inspectedById");
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_seats_filled" CHECK (("assessedById" IS NULL) = ("assessedAt" IS NULL) AND ("requestedById" IS NULL) = ("requestedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("orderedById" IS NULL) = ("orderedAt" IS NULL) AND ("inspectedById" IS NULL) = ("inspectedAt" IS NULL) AND ("state" <> 'REQUESTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "requestedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "orderedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "requestedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "orderedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "orderedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "inspectedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "requestedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "decidedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "orderedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "inspectedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "requestedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "orderedById" IS NOT NULL));
CREATE TRIGGER "Procurement_moves" BEFORE UPDATE OF "state" ON "Procurement"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('WISHED>NEED_ASSESSED', 'WISHED>REJECTED', 'NEED_ASSESSED>REQUESTED', 'REQUESTED>APPROVED', 'REQUESTED>REJECTED', 'APPROVED>ORDERED', 'ORDERED>DELIVERED', 'RETURNED_TO_SUPPLIER>DELIVERED', 'DELIVERED>ACCEPTED', 'DELIVERED>RETURNED_TO_SUPPLIER', 'ORDERED>CANCELLED', 'RETURNED_TO_SUPPLIER>CANCELLED', 'WISHED>WITHDRAWN', 'NEED_ASSESSED>WITHDRAWN', 'REQUESTED>WITHDRAWN', 'APPROVED>WITHDRAWN');

CREATE TRIGGER "NeedAssessment_moves" BEFORE UPDATE OF "state" ON "NeedAssessment"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('DUE>DONE');

CREATE TRIGGER "Device_moves" BEFORE UPDATE OF "state" ON "Device"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ACCEPTED>STOCKED', 'STOCKED>CONFIGURED', 'CONFIGURED>REGISTERED', 'REGISTERED>IN_USE', 'IDLE>IN_USE', 'RECOVERED>IN_USE', 'IN_USE>IDLE', 'STOCKED>UNREPAIRABLE', 'CONFIGURED>UNREPAIRABLE', 'IN_USE>FAULTY', 'IDLE>FAULTY', 'REGISTERED>FAULTY', 'RECOVERED>FAULTY', 'FAULTY>IN_REPAIR', 'FAULTY>IN_USE', 'FAULTY>IDLE', 'FAULTY>REGISTERED', 'FAULTY>RECOVERED', 'IN_REPAIR>IN_USE', 'IN_REPAIR>IDLE', 'IN_REPAIR>REGISTERED', 'IN_REPAIR>RECOVERED', 'FAULTY>UNREPAIRABLE', 'IN_REPAIR>UNREPAIRABLE', 'IN_USE>RENEWAL_PLANNED', 'IDLE>RENEWAL_PLANNED', 'RENEWAL_PLANNED>IDLE', 'UNREPAIRABLE>SCRAP_REQUESTED', 'RENEWAL_PLANNED>SCRAP_REQUESTED', 'SCRAP_REQUESTED>UNREPAIRABLE', 'SCRAP_REQUESTED>RENEWAL_PLANNED', 'SCRAP_APPROVED>UNREPAIRABLE', 'SCRAP_APPROVED>RENEWAL_PLANNED', 'SCRAP_REQUESTED>SCRAP_APPROVED', 'SCRAP_APPROVED>SCRAPPED', 'ACCEPTED>LOST', 'STOCKED>LOST', 'CONFIGURED>LOST', 'REGISTERED>LOST', 'IN_USE>LOST', 'IDLE>LOST', 'FAULTY>LOST', 'IN_REPAIR>LOST', 'UNREPAIRABLE>LOST', 'RENEWAL_PLANNED>LOST', 'SCRAP_REQUESTED>LOST', 'SCRAP_APPROVED>LOST', 'RECOVERED>LOST', 'LOST>RECOVERED', 'LOST>STOCKED', 'LOST>ACCEPTED', 'LOST>WRITTEN_OFF');

ALTER TABLE "ScrapSheet" ADD CONSTRAINT "ScrapSheet_seats_apart" CHECK ("requestedById" <> "decidedById" AND "requestedById" <> "wipedById" AND "decidedById" <> "wipedById");
ALTER TABLE "ScrapSheet" ADD CONSTRAINT "ScrapSheet_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("wipedById" IS NULL) = ("wipedAt" IS NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'WIPED' OR "decidedById" IS NOT NULL) AND ("state" <> 'WIPED' OR "wipedById" IS NOT NULL) AND ("state" <> 'SCRAPPED' OR "decidedById" IS NOT NULL) AND ("state" <> 'SCRAPPED' OR "wipedById" IS NOT NULL));
CREATE TRIGGER "ScrapSheet_moves" BEFORE UPDATE OF "state" ON "ScrapSheet"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>APPROVED', 'REQUESTED>REFUSED', 'REQUESTED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'WIPED>WITHDRAWN', 'APPROVED>WIPED', 'WIPED>SCRAPPED');

ALTER TABLE "SecretReview" ADD CONSTRAINT "SecretReview_seats_apart" CHECK ("custodianId" <> "openedById" AND "custodianId" <> "decidedById" AND "openedById" <> "decidedById");
ALTER TABLE "SecretReview" ADD CONSTRAINT "SecretReview_seats_filled" CHECK (("openedById" IS NULL) = ("openedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'OPEN' OR "openedById" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "openedById" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "openedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'VOID' OR "openedById" IS NOT NULL));
CREATE TRIGGER "SecretReview_moves" BEFORE UPDATE OF "state" ON "SecretReview"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>REVIEWED', 'OPEN>REJECTED', 'OPEN>VOID', 'REVIEWED>VOID');

CREATE TRIGGER "RenewalPlan_moves" BEFORE UPDATE OF "state" ON "RenewalPlan"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('PLANNED>DUE', 'DUE>EXECUTED', 'PLANNED>DROPPED', 'DUE>DROPPED');

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

ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_seats_apart" CHECK ("userId" <> "requestedById" AND "userId" <> "allocatedById" AND "userId" <> "issuedById" AND "userId" <> "checkedDeptById" AND "userId" <> "checkedItById" AND "requestedById" <> "allocatedById" AND "allocatedById" <> "issuedById" AND "allocatedById" <> "checkedItById" AND "checkedDeptById" <> "checkedItById");
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_seats_filled" CHECK (("requestedById" IS NULL) = ("requestedAt" IS NULL) AND ("allocatedById" IS NULL) = ("allocatedAt" IS NULL) AND ("issuedById" IS NULL) = ("issuedAt" IS NULL) AND ("checkedDeptById" IS NULL) = ("checkedDeptAt" IS NULL) AND ("checkedItById" IS NULL) = ("checkedItAt" IS NULL) AND ("state" <> 'REQUESTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ALLOCATED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ALLOCATED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ISSUED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ISSUED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'ISSUED' OR "issuedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "issuedById" IS NOT NULL) AND ("state" <> 'DECLINED' OR "requestedById" IS NOT NULL) AND ("state" <> 'DECLINED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'DECLINED' OR "issuedById" IS NOT NULL) AND ("state" <> 'WITHDRAWN' OR "requestedById" IS NOT NULL) AND ("state" <> 'IDLE_REPORTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'IDLE_REPORTED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'IDLE_REPORTED' OR "issuedById" IS NOT NULL) AND ("state" <> 'FILE_UPDATED' OR "requestedById" IS NOT NULL) AND ("state" <> 'FILE_UPDATED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'FILE_UPDATED' OR "issuedById" IS NOT NULL) AND ("state" <> 'TRANSFER_REQUESTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'TRANSFER_REQUESTED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'TRANSFER_REQUESTED' OR "issuedById" IS NOT NULL) AND ("state" <> 'CHECKED_DEPT' OR "requestedById" IS NOT NULL) AND ("state" <> 'CHECKED_DEPT' OR "allocatedById" IS NOT NULL) AND ("state" <> 'CHECKED_DEPT' OR "issuedById" IS NOT NULL) AND ("state" <> 'CHECKED_DEPT' OR "checkedDeptById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "requestedById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "allocatedById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "issuedById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "checkedDeptById" IS NOT NULL) AND ("state" <> 'CHECKED_IT' OR "checkedItById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "requestedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "issuedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "checkedDeptById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "checkedItById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "requestedById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "allocatedById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "issuedById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "checkedDeptById" IS NOT NULL) AND ("state" <> 'REASSIGNED' OR "checkedItById" IS NOT NULL) AND ("state" <> 'ENDED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ENDED' OR "allocatedById" IS NOT NULL));
CREATE TRIGGER "Allocation_moves" BEFORE UPDATE OF "state" ON "Allocation"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>ALLOCATED', 'REQUESTED>REFUSED', 'ALLOCATED>ISSUED', 'ISSUED>ACCEPTED', 'ISSUED>DECLINED', 'REQUESTED>WITHDRAWN', 'ALLOCATED>WITHDRAWN', 'ISSUED>WITHDRAWN', 'ACCEPTED>IDLE_REPORTED', 'IDLE_REPORTED>FILE_UPDATED', 'IDLE_REPORTED>ACCEPTED', 'FILE_UPDATED>ACCEPTED', 'ACCEPTED>TRANSFER_REQUESTED', 'IDLE_REPORTED>TRANSFER_REQUESTED', 'FILE_UPDATED>TRANSFER_REQUESTED', 'TRANSFER_REQUESTED>IDLE_REPORTED', 'CHECKED_DEPT>IDLE_REPORTED', 'TRANSFER_REQUESTED>CHECKED_DEPT', 'CHECKED_DEPT>CHECKED_IT', 'CHECKED_IT>RETURNED', 'CHECKED_IT>REASSIGNED', 'ALLOCATED>ENDED', 'ISSUED>ENDED', 'ACCEPTED>ENDED', 'IDLE_REPORTED>ENDED', 'FILE_UPDATED>ENDED', 'TRANSFER_REQUESTED>ENDED', 'CHECKED_DEPT>ENDED', 'CHECKED_IT>ENDED');

ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_seats_apart" CHECK ("askerId" <> "decidedById");
ALTER TABLE "DeviceShare" ADD CONSTRAINT "DeviceShare_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'CONSENTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "DeviceShare_moves" BEFORE UPDATE OF "state" ON "DeviceShare"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ASKED>CONSENTED', 'ASKED>REFUSED', 'ASKED>ENDED', 'CONSENTED>ENDED');

ALTER TABLE "StockTake" ADD CONSTRAINT "StockTake_seats_apart" CHECK ("custodianId" <> "closedById");
ALTER TABLE "StockTake" ADD CONSTRAINT "StockTake_seats_filled" CHECK (("closedById" IS NULL) = ("closedAt" IS NULL) AND ("state" <> 'CLOSED' OR "closedById" IS NOT NULL));
CREATE TRIGGER "StockTake_moves" BEFORE UPDATE OF "state" ON "StockTake"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>COUNTED', 'OPEN>CLOSED', 'COUNTED>CLOSED', 'OPEN>DROPPED');

ALTER TABLE "InstallRequest" ADD CONSTRAINT "InstallRequest_seats_apart" CHECK ("askerId" <> "confirmedById" AND "askerId" <> "installedById");
ALTER TABLE "InstallRequest" ADD CONSTRAINT "InstallRequest_seats_filled" CHECK (("confirmedById" IS NULL) = ("confirmedAt" IS NULL) AND ("installedById" IS NULL) = ("installedAt" IS NULL) AND ("state" <> 'INSTALLED' OR "installedById" IS NOT NULL));
CREATE TRIGGER "InstallRequest_moves" BEFORE UPDATE OF "state" ON "InstallRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ASKED>CONFIRMED', 'ASKED>REFUSED', 'CONFIRMED>REFUSED', 'CONFIRMED>INSTALLED', 'ASKED>WITHDRAWN', 'CONFIRMED>WITHDRAWN', 'ASKED>DROPPED', 'CONFIRMED>DROPPED');

CREATE TRIGGER "KnownSoftware_moves" BEFORE UPDATE OF "state" ON "KnownSoftware"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FORBIDDEN>ALLOWED', 'ALLOWED>FORBIDDEN', 'ALLOWED>REMOVED', 'FORBIDDEN>REMOVED');

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

ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_seats_apart" CHECK ("holderId" <> "wipedById");
ALTER TABLE "DeviceCopy" ADD CONSTRAINT "DeviceCopy_seats_filled" CHECK (("wipedById" IS NULL) = ("wipedAt" IS NULL) AND ("state" <> 'WIPED' OR "wipedById" IS NOT NULL));
CREATE TRIGGER "DeviceCopy_moves" BEFORE UPDATE OF "state" ON "DeviceCopy"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('KEPT>WIPED', 'RECALLED>WIPED', 'LOST_WITH_DEVICE>WIPED', 'KEPT>RECALLED', 'KEPT>LOST_WITH_DEVICE', 'RECALLED>LOST_WITH_DEVICE', 'LOST_WITH_DEVICE>RECALLED', 'LOST_WITH_DEVICE>GONE');

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

ALTER TABLE "Incident" ADD CONSTRAINT "Incident_seats_apart" CHECK ("reporterId" <> "investigatorId" AND "reporterId" <> "reviewerId" AND "investigatorId" <> "reviewerId");
ALTER TABLE "Incident" ADD CONSTRAINT "Incident_seats_filled" CHECK (("investigatorId" IS NULL) = ("investigatedAt" IS NULL) AND ("reviewerId" IS NULL) = ("reviewedAt" IS NULL) AND ("state" <> 'INVESTIGATING' OR "investigatorId" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "reviewerId" IS NOT NULL) AND ("state" <> 'CLOSED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'CLOSED' OR "reviewerId" IS NOT NULL));
CREATE TRIGGER "Incident_moves" BEFORE UPDATE OF "state" ON "Incident"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REPORTED>CONTAINED', 'CONTAINED>PLAN_ACTIVATED', 'CONTAINED>INVESTIGATING', 'PLAN_ACTIVATED>INVESTIGATING', 'INVESTIGATING>RESOLVED', 'RESOLVED>REVIEWED', 'REVIEWED>CLOSED');

ALTER TABLE "Violation" ADD CONSTRAINT "Violation_seats_apart" CHECK ("personId" <> "handledById");
ALTER TABLE "Violation" ADD CONSTRAINT "Violation_seats_filled" CHECK (("handledById" IS NULL) = ("handledAt" IS NULL) AND ("state" <> 'UNDER_REVIEW' OR "handledById" IS NOT NULL) AND ("state" <> 'UPHELD' OR "handledById" IS NOT NULL) AND ("state" <> 'DISMISSED' OR "handledById" IS NOT NULL));
CREATE TRIGGER "Violation_moves" BEFORE UPDATE OF "state" ON "Violation"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FOUND>UNDER_REVIEW', 'UNDER_REVIEW>UPHELD', 'UNDER_REVIEW>DISMISSED');

ALTER TABLE "Objection" ADD CONSTRAINT "Objection_seats_apart" CHECK ("loginId" <> "acknowledgedById" AND "loginId" <> "investigatorId" AND "loginId" <> "rectifierId" AND "loginId" <> "closedById" AND "acknowledgedById" <> "investigatorId" AND "investigatorId" <> "rectifierId" AND "investigatorId" <> "closedById" AND "rectifierId" <> "closedById");
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_seats_filled" CHECK (("acknowledgedById" IS NULL) = ("ackAt" IS NULL) AND ("investigatorId" IS NULL) = ("investigatedAt" IS NULL) AND ("rectifierId" IS NULL) = ("rectifiedAt" IS NULL) AND ("closedById" IS NULL) = ("closedAt" IS NULL) AND ("state" <> 'ACKNOWLEDGED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'INVESTIGATING' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'INVESTIGATING' OR "investigatorId" IS NOT NULL) AND ("state" <> 'UPHELD' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'UPHELD' OR "investigatorId" IS NOT NULL) AND ("state" <> 'DISMISSED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'DISMISSED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'RECTIFYING' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'RECTIFYING' OR "investigatorId" IS NOT NULL) AND ("state" <> 'RECTIFYING' OR "rectifierId" IS NOT NULL) AND ("state" <> 'RECTIFIED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'RECTIFIED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'RECTIFIED' OR "rectifierId" IS NOT NULL) AND ("state" <> 'CLOSED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'CLOSED' OR "closedById" IS NOT NULL) AND ("state" <> 'SETTLED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'SETTLED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'SETTLED' OR "closedById" IS NOT NULL));
CREATE TRIGGER "Objection_moves" BEFORE UPDATE OF "state" ON "Objection"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FILED>ACKNOWLEDGED', 'ACKNOWLEDGED>INVESTIGATING', 'INVESTIGATING>UPHELD', 'INVESTIGATING>DISMISSED', 'UPHELD>RECTIFYING', 'RECTIFYING>RECTIFIED', 'RECTIFIED>CLOSED', 'RECTIFIED>SETTLED', 'DISMISSED>CLOSED', 'DISMISSED>SETTLED', 'CLOSED>ACKNOWLEDGED', 'CLOSED>SETTLED');

ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_seats_apart" CHECK ("employeeId" <> "headId" AND "employeeId" <> "reviewedById" AND "employeeId" <> "agreedById" AND "employeeId" <> "decidedById" AND "headId" <> "reviewedById" AND "headId" <> "decidedById" AND "reviewedById" <> "agreedById" AND "reviewedById" <> "decidedById" AND "agreedById" <> "decidedById");
ALTER TABLE "Appeal" ADD CONSTRAINT "Appeal_seats_filled" CHECK (("headId" IS NULL) = ("headAt" IS NULL) AND ("reviewedById" IS NULL) = ("reviewedAt" IS NULL) AND ("agreedById" IS NULL) = ("agreedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'ANSWERED' OR "headId" IS NOT NULL) AND ("state" <> 'FORWARDED' OR "headId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "headId" IS NOT NULL) AND ("state" <> 'REVIEWED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "headId" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "reviewedById" IS NOT NULL) AND ("state" <> 'RESOLVED' OR "agreedById" IS NOT NULL) AND ("state" <> 'ESCALATED' OR "headId" IS NOT NULL) AND ("state" <> 'DECIDED' OR "headId" IS NOT NULL) AND ("state" <> 'DECIDED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "headId" IS NOT NULL));
CREATE TRIGGER "Appeal_moves" BEFORE UPDATE OF "state" ON "Appeal"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FILED>ANSWERED', 'FILED>FORWARDED', 'FORWARDED>REVIEWED', 'REVIEWED>RESOLVED', 'REVIEWED>FORWARDED', 'ANSWERED>ESCALATED', 'RESOLVED>ESCALATED', 'ESCALATED>DECIDED', 'ANSWERED>CLOSED', 'RESOLVED>CLOSED');

CREATE TRIGGER "TrainingSession_moves" BEFORE UPDATE OF "state" ON "TrainingSession"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('SCHEDULED>HELD', 'HELD>EVALUATED', 'SCHEDULED>CANCELLED');

ALTER TABLE "TrainingRecord" ADD CONSTRAINT "TrainingRecord_seats_apart" CHECK ("employeeId" <> "trainerId");
ALTER TABLE "TrainingRecord" ADD CONSTRAINT "TrainingRecord_seats_filled" CHECK (("state" <> 'PASSED' OR "evaluatedAt" IS NOT NULL) AND ("state" <> 'FAILED' OR "evaluatedAt" IS NOT NULL) AND ("state" <> 'EXPIRED' OR "evaluatedAt" IS NOT NULL));
CREATE TRIGGER "TrainingRecord_moves" BEFORE UPDATE OF "state" ON "TrainingRecord"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ENROLLED>WITHDRAWN', 'ENROLLED>ATTENDED', 'ENROLLED>ABSENT', 'ATTENDED>PASSED', 'ATTENDED>FAILED', 'PASSED>EXPIRED');

ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_seats_apart" CHECK ("employeeId" <> "confirmedById" AND "employeeId" <> "headClearedById" AND "employeeId" <> "technologyClearedById" AND "employeeId" <> "specialistClearedById" AND "employeeId" <> "closedById" AND "confirmedById" <> "technologyClearedById" AND "confirmedById" <> "specialistClearedById" AND "confirmedById" <> "closedById" AND "headClearedById" <> "technologyClearedById" AND "headClearedById" <> "specialistClearedById" AND "headClearedById" <> "closedById" AND "technologyClearedById" <> "specialistClearedById" AND "technologyClearedById" <> "closedById" AND "specialistClearedById" <> "closedById");
ALTER TABLE "Offboarding" ADD CONSTRAINT "Offboarding_seats_filled" CHECK (("confirmedById" IS NULL) = ("confirmedAt" IS NULL) AND ("headClearedById" IS NULL) = ("headClearedAt" IS NULL) AND ("technologyClearedById" IS NULL) = ("technologyClearedAt" IS NULL) AND ("specialistClearedById" IS NULL) = ("specialistClearedAt" IS NULL) AND ("closedById" IS NULL) = ("closedAt" IS NULL) AND ("state" <> 'CONFIRMED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'ITEMS_OPEN' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'ITEMS_CLEARED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "confirmedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "closedById" IS NOT NULL));
CREATE TRIGGER "Offboarding_moves" BEFORE UPDATE OF "state" ON "Offboarding"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('CONFIRMED>ITEMS_OPEN', 'CONFIRMED>CANCELLED', 'ITEMS_OPEN>ITEMS_CLEARED', 'ITEMS_CLEARED>CLOSED');

ALTER TABLE "StaffRequest" ADD CONSTRAINT "StaffRequest_seats_apart" CHECK ("askerId" <> "answeredById");
ALTER TABLE "StaffRequest" ADD CONSTRAINT "StaffRequest_seats_filled" CHECK (("answeredById" IS NULL) = ("answeredAt" IS NULL) AND ("state" <> 'ANSWERED' OR "answeredById" IS NOT NULL));
CREATE TRIGGER "StaffRequest_moves" BEFORE UPDATE OF "state" ON "StaffRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('TRAINING_DEMANDED>ANSWERED', 'IMPROVEMENT_PROPOSED>ANSWERED', 'SUPPORT_ASKED>ANSWERED', 'TRAINING_DEMANDED>WITHDRAWN', 'IMPROVEMENT_PROPOSED>WITHDRAWN', 'SUPPORT_ASKED>WITHDRAWN', 'TRAINING_DEMANDED>DROPPED', 'IMPROVEMENT_PROPOSED>DROPPED', 'SUPPORT_ASKED>DROPPED');
