-- A recertification is closed with the end of its grant.
ALTER TYPE "RecertificationState" ADD VALUE 'CLOSED';

-- Each step keeps the department in which the person was whom its form is about: what a period counted stays counted.
ALTER TABLE "FormEvent" ADD COLUMN "department" "DepartmentCode";

-- Of steps taken before, the department is the present one: nothing says where the person was then.
ALTER TABLE "FormEvent" DISABLE TRIGGER "FormEvent_append_only";
UPDATE "FormEvent" e SET "department" = p."departmentCode"
FROM (
  SELECT "id", "employeeId" AS "subjectId" FROM "GrantApplication"
  UNION ALL SELECT "id", "granteeId" FROM "Grant"
  UNION ALL SELECT "id", "granteeId" FROM "Recertification"
  UNION ALL SELECT "id", "employeeId" FROM "EmergencyAccess"
  UNION ALL SELECT "id", "declaredById" FROM "SensitiveUse"
  UNION ALL SELECT "id", "readerId" FROM "Consultation"
  UNION ALL SELECT "id", "borrowerId" FROM "Loan"
  UNION ALL SELECT "id", "requestedById" FROM "CopyRequest"
  UNION ALL SELECT "id", "requestedById" FROM "ExternalDisclosure"
  UNION ALL SELECT "id", "proposedById" FROM "CorrectionRequest"
  UNION ALL SELECT "id", "proposedById" FROM "Disposal"
  UNION ALL SELECT "id", "employeeId" FROM "Appeal"
  UNION ALL SELECT "id", "employeeId" FROM "Offboarding"
  UNION ALL SELECT "id", "proposedById" FROM "TierPolicy"
) f JOIN "Employee" p ON p."id" = f."subjectId"
WHERE e."recordId" = f."id";
ALTER TABLE "FormEvent" ENABLE TRIGGER "FormEvent_append_only";
ALTER TABLE "FormEvent" ALTER COLUMN "department" SET NOT NULL;

-- What the table says; `schema/workflows.sql` is the same, printed.
DROP TRIGGER "Recertification_moves" ON "Recertification";
CREATE TRIGGER "Recertification_moves" BEFORE UPDATE OF "state" ON "Recertification"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('OPEN>CONFIRMED', 'OPEN>DROPPED', 'OPEN>LAPSED', 'OPEN>CLOSED');

-- The law gives 1 January whatever else is announced for the year; the other days of 2027 are rows when they are.
INSERT INTO "CompanyDay" ("day", "working", "name") VALUES ('2027-01-01', false, 'New Year') ON CONFLICT DO NOTHING;
