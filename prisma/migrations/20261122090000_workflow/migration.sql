-- Forms: their history, their numbers, the company's calendar, and what applications, grants and declarations gain.

-- No table enters these states: a draft of a declaration is its writer's own, and a grant is in force when it is given.
DROP INDEX "Grant_standing_key";
ALTER TABLE "SensitiveUse" DROP CONSTRAINT "SensitiveUse_returned_when";
ALTER TYPE "GrantState" RENAME TO "GrantState_old";
CREATE TYPE "GrantState" AS ENUM ('ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED', 'SUPERSEDED');
ALTER TABLE "Grant" ALTER COLUMN "state" TYPE "GrantState" USING ("state"::text::"GrantState");
DROP TYPE "GrantState_old";
ALTER TYPE "SensitiveUseState" RENAME TO "SensitiveUseState_old";
CREATE TYPE "SensitiveUseState" AS ENUM ('FILED', 'OPEN', 'OVERDUE', 'RETURNED', 'RETURNED_LATE', 'REVOKED');
ALTER TABLE "SensitiveUse" ALTER COLUMN "state" TYPE "SensitiveUseState" USING ("state"::text::"SensitiveUseState");
DROP TYPE "SensitiveUseState_old";

-- AlterTable
ALTER TABLE "GrantApplication" ADD COLUMN     "decidedAt" TIMESTAMPTZ(3),
ADD COLUMN     "decidedById" TEXT,
ADD COLUMN     "dueAt" TIMESTAMPTZ(3),
ADD COLUMN     "replacesId" TEXT;

-- AlterTable
ALTER TABLE "Grant" ADD COLUMN     "dueAt" TIMESTAMPTZ(3),
ADD COLUMN     "endedAt" TIMESTAMPTZ(3),
ADD COLUMN     "settledAt" TIMESTAMPTZ(3),
ADD COLUMN     "settledById" TEXT,
ADD COLUMN     "suspendedAt" TIMESTAMPTZ(3),
ADD COLUMN     "suspendedById" TEXT;

-- AlterTable
ALTER TABLE "SensitiveUse" ADD COLUMN     "dueAt" TIMESTAMPTZ(3),
ADD COLUMN     "objectedAt" TIMESTAMPTZ(3),
ADD COLUMN     "objectedById" TEXT;

-- CreateTable
CREATE TABLE "GroupVote" (
    "id" TEXT NOT NULL,
    "applicationId" TEXT NOT NULL,
    "memberId" TEXT NOT NULL,
    "inFavour" BOOLEAN NOT NULL,
    "note" TEXT,
    "votedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "GroupVote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SensitiveUseRecord" (
    "id" TEXT NOT NULL,
    "declarationId" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "fields" TEXT[],

    CONSTRAINT "SensitiveUseRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FormEvent" (
    "id" TEXT NOT NULL,
    "seq" SERIAL NOT NULL,
    "form" TEXT NOT NULL,
    "recordId" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "from" TEXT,
    "to" TEXT NOT NULL,
    "byId" TEXT,
    "seat" TEXT,
    "note" TEXT,
    "changes" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FormEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FormCounter" (
    "prefix" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "FormCounter_pkey" PRIMARY KEY ("prefix","year")
);

-- CreateTable
CREATE TABLE "CompanyDay" (
    "day" DATE NOT NULL,
    "working" BOOLEAN NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "CompanyDay_pkey" PRIMARY KEY ("day")
);

-- CreateIndex
CREATE UNIQUE INDEX "GroupVote_applicationId_memberId_key" ON "GroupVote"("applicationId", "memberId");

-- CreateIndex
CREATE INDEX "SensitiveUseRecord_customerId_idx" ON "SensitiveUseRecord"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "SensitiveUseRecord_declarationId_customerId_key" ON "SensitiveUseRecord"("declarationId", "customerId");

-- CreateIndex
CREATE INDEX "FormEvent_recordId_seq_idx" ON "FormEvent"("recordId", "seq");

-- CreateIndex
CREATE INDEX "FormEvent_byId_idx" ON "FormEvent"("byId");

-- CreateIndex
CREATE INDEX "GrantApplication_replacesId_idx" ON "GrantApplication"("replacesId");

-- CreateIndex
CREATE INDEX "EmployeeRole_role_idx" ON "EmployeeRole"("role");

-- AddForeignKey
ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_replacesId_fkey" FOREIGN KEY ("replacesId") REFERENCES "Grant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupVote" ADD CONSTRAINT "GroupVote_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "GrantApplication"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GroupVote" ADD CONSTRAINT "GroupVote_memberId_fkey" FOREIGN KEY ("memberId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_suspendedById_fkey" FOREIGN KEY ("suspendedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_settledById_fkey" FOREIGN KEY ("settledById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_objectedById_fkey" FOREIGN KEY ("objectedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SensitiveUseRecord" ADD CONSTRAINT "SensitiveUseRecord_declarationId_fkey" FOREIGN KEY ("declarationId") REFERENCES "SensitiveUse"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SensitiveUseRecord" ADD CONSTRAINT "SensitiveUseRecord_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FormEvent" ADD CONSTRAINT "FormEvent_byId_fkey" FOREIGN KEY ("byId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_returned_when"
  CHECK (("state" IN ('RETURNED', 'RETURNED_LATE')) = ("returnedAt" IS NOT NULL));
-- Of the grants that go with a post, one is in force at a time.
CREATE UNIQUE INDEX "Grant_post_key" ON "Grant" ("granteeId")
  WHERE "kind" IN ('STANDING', 'TRANSFER', 'CHANGE') AND "state" IN ('ACTIVE', 'SUSPENDED');
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_ended_when"
  CHECK ("endedAt" IS NULL OR "state" IN ('EXPIRED', 'REVOKED', 'SUPERSEDED'));
ALTER TABLE "SensitiveUseRecord" ADD CONSTRAINT "SensitiveUseRecord_fields_given" CHECK (cardinality("fields") > 0);
ALTER TABLE "FormCounter" ADD CONSTRAINT "FormCounter_last_range" CHECK ("last" >= 0);
ALTER TABLE "CompanyDay" ADD CONSTRAINT "CompanyDay_name_filled" CHECK ("name" ~ '\S');
ALTER TABLE "FormEvent" ADD CONSTRAINT "FormEvent_changes_given" CHECK ("changes" IS NOT NULL);

-- Forms are numbered on from where they stand.
INSERT INTO "FormCounter" ("prefix", "year", "last")
SELECT 'A', split_part("formNo", '-', 2)::int, max(split_part("formNo", '-', 3)::int)
FROM "GrantApplication" WHERE "formNo" ~ '^A-\d{4}-\d{1,9}$' GROUP BY 2;

-- A history is added to. Emptying a note is for the deletion of the customer that it speaks of.
CREATE FUNCTION "refuse_rewriting_history"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rest "FormEvent";
BEGIN
  IF TG_OP = 'UPDATE' THEN
    rest := NEW;
    rest."note" := OLD."note";
    rest."changes" := OLD."changes";
    IF NEW."note" IS NULL AND NEW."changes" = '{}' AND rest IS NOT DISTINCT FROM OLD THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'APPEND_ONLY: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "FormEvent_append_only" BEFORE UPDATE OR DELETE ON "FormEvent"
  FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting_history"();
CREATE TRIGGER "FormEvent_not_emptied" BEFORE TRUNCATE ON "FormEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting_history"();

-- A form goes from state to state as its table says, and no other way.
CREATE FUNCTION "refuse_other_moves"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF concat(OLD."state", '>', NEW."state") = ANY (TG_ARGV) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'WRONG_STATE: % does not go from % to %', TG_TABLE_NAME, OLD."state", NEW."state"
    USING ERRCODE = 'restrict_violation';
END $$;

-- Said by the tables below from now on.
ALTER TABLE "GrantApplication"
  DROP CONSTRAINT "GrantApplication_signer_other",
  DROP CONSTRAINT "GrantApplication_reviewer_other",
  DROP CONSTRAINT "GrantApplication_two_persons",
  DROP CONSTRAINT "GrantApplication_signed_when",
  DROP CONSTRAINT "GrantApplication_reviewed_when",
  DROP CONSTRAINT "GrantApplication_implemented_when",
  DROP CONSTRAINT "GrantApplication_implemented_by";
ALTER TABLE "SensitiveUse"
  DROP CONSTRAINT "SensitiveUse_acknowledged_when",
  DROP CONSTRAINT "SensitiveUse_acknowledger_other";

-- Days off and weekend days that are worked, as the General Office of the State Council announced them for 2025
-- (12 November 2024) and 2026 (4 November 2025). Later years, and a company's own days, are added as rows.
INSERT INTO "CompanyDay" ("day", "working", "name")
SELECT d::date, false, name FROM (VALUES
  ('2025-01-01', '2025-01-01', 'New Year'), ('2025-01-28', '2025-02-04', 'Spring Festival'),
  ('2025-04-04', '2025-04-06', 'Tomb-Sweeping Day'), ('2025-05-01', '2025-05-05', 'Labour Day'),
  ('2025-05-31', '2025-06-02', 'Dragon Boat Festival'), ('2025-10-01', '2025-10-08', 'National Day and Mid-Autumn Festival'),
  ('2026-01-01', '2026-01-03', 'New Year'), ('2026-02-15', '2026-02-23', 'Spring Festival'),
  ('2026-04-04', '2026-04-06', 'Tomb-Sweeping Day'), ('2026-05-01', '2026-05-05', 'Labour Day'),
  ('2026-06-19', '2026-06-21', 'Dragon Boat Festival'), ('2026-09-25', '2026-09-27', 'Mid-Autumn Festival'),
  ('2026-10-01', '2026-10-07', 'National Day')
) AS period (first, last, name), generate_series(first::date, last::date, '1 day') AS d
UNION ALL
SELECT d::date, true, 'Worked in exchange' FROM unnest(ARRAY[
  '2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11',
  '2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']) AS d;

-- What the tables of the forms say; `schema/workflows.sql` is the same, printed.
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
