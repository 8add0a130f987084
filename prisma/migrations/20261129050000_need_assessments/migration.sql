-- What has to be bought is assessed half-yearly for each department; each need that is found is a procurement.

CREATE TYPE "NeedAssessmentState" AS ENUM ('DUE', 'DONE');

CREATE TABLE "NeedAssessment" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "employeesAtWork" INTEGER NOT NULL,
    "devicesToReplace" INTEGER NOT NULL,
    "assessment" TEXT,
    "assessedById" TEXT,
    "assessedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "NeedAssessmentState" NOT NULL,

    CONSTRAINT "NeedAssessment_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "Procurement"
  ALTER COLUMN "wishedById" DROP NOT NULL,
  ADD COLUMN "needAssessmentId" TEXT,
  ADD COLUMN "kind" "DeviceKind",
  ADD COLUMN "qty" INTEGER;

CREATE UNIQUE INDEX "NeedAssessment_formNo_key" ON "NeedAssessment"("formNo");
CREATE INDEX "NeedAssessment_departmentCode_openedAt_idx" ON "NeedAssessment"("departmentCode", "openedAt");
CREATE INDEX "NeedAssessment_assessedById_idx" ON "NeedAssessment"("assessedById");
CREATE INDEX "NeedAssessment_state_dueAt_idx" ON "NeedAssessment"("state", "dueAt");
CREATE INDEX "Procurement_needAssessmentId_formNo_idx" ON "Procurement"("needAssessmentId", "formNo");

ALTER TABLE "NeedAssessment" ADD CONSTRAINT "NeedAssessment_assessedById_fkey" FOREIGN KEY ("assessedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_needAssessmentId_fkey" FOREIGN KEY ("needAssessmentId") REFERENCES "NeedAssessment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Of a department one assessment is due at a time.
CREATE UNIQUE INDEX "NeedAssessment_due_key" ON "NeedAssessment" ("departmentCode") WHERE "state" = 'DUE';

ALTER TABLE "NeedAssessment"
  ADD CONSTRAINT "NeedAssessment_counts_range" CHECK ("employeesAtWork" >= 0 AND "devicesToReplace" >= 0),
  ADD CONSTRAINT "NeedAssessment_done_when"
    CHECK (("state" = 'DONE') = (coalesce("assessment", '') ~ '\S') AND ("state" = 'DONE') = ("assessedById" IS NOT NULL)
      AND ("state" = 'DONE') = ("assessedAt" IS NOT NULL));

ALTER TABLE "Procurement"
  -- Somebody has wished it, or an assessment has found it to be needed, and says what and how many.
  ADD CONSTRAINT "Procurement_wished_or_found"
    CHECK (("wishedById" IS NULL) = ("needAssessmentId" IS NOT NULL) AND ("wishedById" IS NULL) = ("kind" IS NOT NULL)
      AND ("wishedById" IS NULL) = ("qty" IS NOT NULL)),
  ADD CONSTRAINT "Procurement_qty_range" CHECK ("qty" BETWEEN 1 AND 999),
  -- An assessment is nobody's step of the procurement that it opens; its assessor is there all the same.
  ADD CONSTRAINT "Procurement_assessor_filled" CHECK ("state" IN ('WISHED', 'WITHDRAWN') OR "assessedById" IS NOT NULL);

-- What the tables of these forms say (schema/workflows.sql).
ALTER TABLE "Procurement" DROP CONSTRAINT "Procurement_seats_filled";
ALTER TABLE "Procurement" ADD CONSTRAINT "Procurement_seats_filled" CHECK (("assessedById" IS NULL) = ("assessedAt" IS NULL) AND ("requestedById" IS NULL) = ("requestedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("orderedById" IS NULL) = ("orderedAt" IS NULL) AND ("inspectedById" IS NULL) = ("inspectedAt" IS NULL) AND ("state" <> 'REQUESTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "requestedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ORDERED' OR "orderedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "requestedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'DELIVERED' OR "orderedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "requestedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "orderedById" IS NOT NULL) AND ("state" <> 'ACCEPTED' OR "inspectedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "requestedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "decidedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "orderedById" IS NOT NULL) AND ("state" <> 'RETURNED_TO_SUPPLIER' OR "inspectedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "requestedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "orderedById" IS NOT NULL) AND ("state" <> 'CANCELLED' OR "inspectedById" IS NOT NULL));
CREATE TRIGGER "NeedAssessment_moves" BEFORE UPDATE OF "state" ON "NeedAssessment"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('DUE>DONE');
