ALTER TABLE "Violation" ADD COLUMN "statement" TEXT;
ALTER TABLE "Violation"
  -- Nobody in particular has nothing to say.
  ADD CONSTRAINT "Violation_statement_by_somebody" CHECK ("statement" IS NULL OR "personId" IS NOT NULL);
