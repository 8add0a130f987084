-- Objections of customers, and the purpose statement that they can be about (S000-5.2a).
CREATE TYPE "ObjectionState" AS ENUM ('FILED', 'ACKNOWLEDGED', 'INVESTIGATING', 'UPHELD', 'RECTIFYING', 'RECTIFIED', 'DISMISSED', 'CLOSED', 'SETTLED');
CREATE TYPE "ObjectionResult" AS ENUM ('UPHELD', 'DISMISSED');

CREATE TABLE "PurposeStatement" (
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "manner" TEXT NOT NULL,
    "safeguards" TEXT NOT NULL,
    "publishedById" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PurposeStatement_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "Objection" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "loginId" TEXT,
    "statementVersion" INTEGER,
    "against" TEXT NOT NULL,
    "againstDepartment" "DepartmentCode",
    "againstEmployeeId" TEXT,
    "filedAt" TIMESTAMPTZ(3) NOT NULL,
    "acknowledgedById" TEXT,
    "ackAt" TIMESTAMPTZ(3),
    "investigatorId" TEXT,
    "investigatedAt" TIMESTAMPTZ(3),
    "result" "ObjectionResult",
    "finding" TEXT,
    "rectificationDue" TIMESTAMPTZ(3),
    "rectifierId" TEXT,
    "rectifiedAt" TIMESTAMPTZ(3),
    "rectification" TEXT,
    "closedById" TEXT,
    "closedAt" TIMESTAMPTZ(3),
    "answer" TEXT,
    "reopenableUntil" TIMESTAMPTZ(3),
    "reopenedAt" TIMESTAMPTZ(3),
    "firstAnswer" TEXT,
    "firstFinding" TEXT,
    "dueAt" TIMESTAMPTZ(3),
    "state" "ObjectionState" NOT NULL,

    CONSTRAINT "Objection_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "PurposeStatement_version_key" ON "PurposeStatement"("version");
CREATE UNIQUE INDEX "Objection_formNo_key" ON "Objection"("formNo");
CREATE INDEX "Objection_customerId_formNo_idx" ON "Objection"("customerId", "formNo");
CREATE INDEX "Objection_filedAt_idx" ON "Objection"("filedAt");
CREATE INDEX "Objection_state_idx" ON "Objection"("state");

ALTER TABLE "PurposeStatement" ADD CONSTRAINT "PurposeStatement_publishedById_fkey" FOREIGN KEY ("publishedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_loginId_fkey" FOREIGN KEY ("loginId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_statementVersion_fkey" FOREIGN KEY ("statementVersion") REFERENCES "PurposeStatement"("version") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_againstEmployeeId_fkey" FOREIGN KEY ("againstEmployeeId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_acknowledgedById_fkey" FOREIGN KEY ("acknowledgedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_investigatorId_fkey" FOREIGN KEY ("investigatorId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_rectifierId_fkey" FOREIGN KEY ("rectifierId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "PurposeStatement"
  ADD CONSTRAINT "PurposeStatement_version_range" CHECK ("version" >= 1),
  ADD CONSTRAINT "PurposeStatement_texts_filled"
    CHECK ("purpose" ~ '\S' AND "manner" ~ '\S' AND "safeguards" ~ '\S');
-- What was told to everybody was told.
CREATE TRIGGER "PurposeStatement_stays" BEFORE UPDATE OR DELETE ON "PurposeStatement"
  FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting_policies"();
CREATE TRIGGER "PurposeStatement_not_emptied" BEFORE TRUNCATE ON "PurposeStatement"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting_policies"();

ALTER TABLE "Objection"
  ADD CONSTRAINT "Objection_against_filled" CHECK ("against" ~ '\S'),
  ADD CONSTRAINT "Objection_department_known"
    CHECK ("againstDepartment" IS NOT NULL OR ("state" = 'FILED' AND "againstEmployeeId" IS NULL)),
  -- Nobody deals with what is against them, in no seat: the table's own seats are apart from each other only.
  ADD CONSTRAINT "Objection_against_apart" CHECK ("againstEmployeeId" <> "acknowledgedById"
    AND "againstEmployeeId" <> "investigatorId" AND "againstEmployeeId" <> "rectifierId" AND "againstEmployeeId" <> "closedById"),
  ADD CONSTRAINT "Objection_result_when" CHECK (CASE
    WHEN "state" IN ('FILED', 'ACKNOWLEDGED', 'INVESTIGATING') THEN "result" IS NULL
    WHEN "state" = 'DISMISSED' THEN "result" IS NOT DISTINCT FROM 'DISMISSED'
    WHEN "state" IN ('CLOSED', 'SETTLED') THEN "result" IS NOT NULL
    ELSE "result" IS NOT DISTINCT FROM 'UPHELD' END),
  ADD CONSTRAINT "Objection_finding_with" CHECK (("finding" IS NULL) = ("result" IS NULL) AND "finding" ~ '\S'),
  ADD CONSTRAINT "Objection_rectification_due"
    CHECK (("rectificationDue" IS NOT NULL) = ("result" IS NOT DISTINCT FROM 'UPHELD')),
  ADD CONSTRAINT "Objection_rectified_with" CHECK (("rectification" IS NOT NULL) =
    ("state" = 'RECTIFIED' OR ("state" IN ('CLOSED', 'SETTLED') AND "result" IS NOT DISTINCT FROM 'UPHELD')) AND "rectification" ~ '\S'),
  ADD CONSTRAINT "Objection_answered_when" CHECK (("state" IN ('CLOSED', 'SETTLED')) = ("answer" IS NOT NULL) AND "answer" ~ '\S'),
  ADD CONSTRAINT "Objection_reopened_with" CHECK (num_nonnulls("reopenedAt", "firstAnswer", "firstFinding") IN (0, 3)),
  -- Once, and until a day that is known.
  ADD CONSTRAINT "Objection_reopenable_when" CHECK (CASE "state"
    WHEN 'CLOSED' THEN "reopenableUntil" IS NOT NULL AND "reopenedAt" IS NULL
    WHEN 'SETTLED' THEN ("reopenableUntil" IS NULL) = ("reopenedAt" IS NOT NULL)
    ELSE "reopenableUntil" IS NULL END);

-- What the table of this form says (schema/workflows.sql).
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_seats_apart" CHECK ("loginId" <> "acknowledgedById" AND "loginId" <> "investigatorId" AND "loginId" <> "rectifierId" AND "loginId" <> "closedById" AND "acknowledgedById" <> "investigatorId" AND "investigatorId" <> "rectifierId" AND "investigatorId" <> "closedById" AND "rectifierId" <> "closedById");
ALTER TABLE "Objection" ADD CONSTRAINT "Objection_seats_filled" CHECK (("acknowledgedById" IS NULL) = ("ackAt" IS NULL) AND ("investigatorId" IS NULL) = ("investigatedAt" IS NULL) AND ("rectifierId" IS NULL) = ("rectifiedAt" IS NULL) AND ("closedById" IS NULL) = ("closedAt" IS NULL) AND ("state" <> 'ACKNOWLEDGED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'INVESTIGATING' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'INVESTIGATING' OR "investigatorId" IS NOT NULL) AND ("state" <> 'UPHELD' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'UPHELD' OR "investigatorId" IS NOT NULL) AND ("state" <> 'DISMISSED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'DISMISSED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'RECTIFYING' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'RECTIFYING' OR "investigatorId" IS NOT NULL) AND ("state" <> 'RECTIFYING' OR "rectifierId" IS NOT NULL) AND ("state" <> 'RECTIFIED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'RECTIFIED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'RECTIFIED' OR "rectifierId" IS NOT NULL) AND ("state" <> 'CLOSED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'CLOSED' OR "closedById" IS NOT NULL) AND ("state" <> 'SETTLED' OR "acknowledgedById" IS NOT NULL) AND ("state" <> 'SETTLED' OR "investigatorId" IS NOT NULL) AND ("state" <> 'SETTLED' OR "closedById" IS NOT NULL));
CREATE TRIGGER "Objection_moves" BEFORE UPDATE OF "state" ON "Objection"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FILED>ACKNOWLEDGED', 'ACKNOWLEDGED>INVESTIGATING', 'INVESTIGATING>UPHELD', 'INVESTIGATING>DISMISSED', 'UPHELD>RECTIFYING', 'RECTIFYING>RECTIFIED', 'RECTIFIED>CLOSED', 'RECTIFIED>SETTLED', 'DISMISSED>CLOSED', 'DISMISSED>SETTLED', 'CLOSED>ACKNOWLEDGED', 'CLOSED>SETTLED');
