-- Looks at customer data that were drawn by lot, to be checked (S002-5.1a).
CREATE TABLE "ReadSample" (
    "id" TEXT NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "size" INTEGER NOT NULL,
    "population" INTEGER NOT NULL,
    "seed" TEXT NOT NULL,
    "drawnById" TEXT NOT NULL,
    "drawnAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ReadSample_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ReadSampleEvent" (
    "sampleId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "eventId" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "ReadSampleEvent_pkey" PRIMARY KEY ("sampleId", "position")
);

CREATE UNIQUE INDEX "ReadSampleEvent_sampleId_eventId_key" ON "ReadSampleEvent"("sampleId", "eventId");

ALTER TABLE "ReadSample" ADD CONSTRAINT "ReadSample_drawnById_fkey" FOREIGN KEY ("drawnById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ReadSampleEvent" ADD CONSTRAINT "ReadSampleEvent_sampleId_fkey" FOREIGN KEY ("sampleId") REFERENCES "ReadSample"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "ReadSample"
  ADD CONSTRAINT "ReadSample_period" CHECK ("since" < "until" AND "until" <= "drawnAt"),
  ADD CONSTRAINT "ReadSample_size_range" CHECK ("size" BETWEEN 1 AND 200),
  ADD CONSTRAINT "ReadSample_population_range" CHECK ("population" >= 0),
  ADD CONSTRAINT "ReadSample_seed_form" CHECK ("seed" ~ '^[0-9a-f]{32}$');
ALTER TABLE "ReadSampleEvent" ADD CONSTRAINT "ReadSampleEvent_position_range" CHECK ("position" >= 1);

-- What was drawn was drawn.
CREATE TRIGGER "ReadSample_stays" BEFORE UPDATE OR DELETE ON "ReadSample"
  FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting_policies"();
CREATE TRIGGER "ReadSample_not_emptied" BEFORE TRUNCATE ON "ReadSample"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting_policies"();
CREATE TRIGGER "ReadSampleEvent_stays" BEFORE UPDATE OR DELETE ON "ReadSampleEvent"
  FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting_policies"();
CREATE TRIGGER "ReadSampleEvent_not_emptied" BEFORE TRUNCATE ON "ReadSampleEvent"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting_policies"();
