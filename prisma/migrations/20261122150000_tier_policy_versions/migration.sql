-- CreateEnum
CREATE TYPE "TierPolicyState" AS ENUM ('PROPOSED', 'ADOPTED', 'REJECTED', 'WITHDRAWN');

-- AlterTable
ALTER TABLE "GroupVote" ADD COLUMN     "policyId" TEXT;

-- CreateTable
CREATE TABLE "TierPolicy" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "proposedById" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "basedOn" INTEGER NOT NULL,
    "changes" TEXT[],
    "content" JSON NOT NULL,
    "reason" TEXT NOT NULL,
    "effectiveFrom" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "TierPolicyState" NOT NULL,

    CONSTRAINT "TierPolicy_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "TierPolicy_formNo_key" ON "TierPolicy"("formNo");

-- CreateIndex
CREATE UNIQUE INDEX "TierPolicy_version_key" ON "TierPolicy"("version");

-- CreateIndex
CREATE INDEX "TierPolicy_state_idx" ON "TierPolicy"("state");

-- CreateIndex
CREATE UNIQUE INDEX "GroupVote_policyId_memberId_key" ON "GroupVote"("policyId", "memberId");

-- AddForeignKey
ALTER TABLE "GroupVote" ADD CONSTRAINT "GroupVote_policyId_fkey" FOREIGN KEY ("policyId") REFERENCES "TierPolicy"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TierPolicy" ADD CONSTRAINT "TierPolicy_proposedById_fkey" FOREIGN KEY ("proposedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TierPolicy" ADD CONSTRAINT "TierPolicy_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "GroupVote"
  DROP CONSTRAINT "GroupVote_one_parent",
  ADD CONSTRAINT "GroupVote_one_parent" CHECK (num_nonnulls("applicationId", "appealId", "policyId") = 1);
ALTER TABLE "TierPolicy"
  ADD CONSTRAINT "TierPolicy_reason_filled" CHECK ("reason" ~ '\S'),
  ADD CONSTRAINT "TierPolicy_changes_given" CHECK (coalesce(cardinality("changes"), 0) > 0),
  ADD CONSTRAINT "TierPolicy_content_object" CHECK (json_typeof("content") = 'object'),
  ADD CONSTRAINT "TierPolicy_based_on" CHECK ("basedOn" >= 1 AND ("version" IS NULL OR "version" > "basedOn")),
  ADD CONSTRAINT "TierPolicy_numbered_when" CHECK (("state" = 'ADOPTED') = ("version" IS NOT NULL)),
  -- Every server knows of a version before it is in force: rights of an instant that has passed never change.
  ADD CONSTRAINT "TierPolicy_effective_after"
    CHECK ("state" <> 'ADOPTED' OR "effectiveFrom" >= "decidedAt" + interval '1 minute');
-- The group has one proposal before it at a time, so that what it votes on is what comes into force.
CREATE UNIQUE INDEX "TierPolicy_one_proposed" ON "TierPolicy" ("state") WHERE "state" = 'PROPOSED';

-- What has been proposed stays as it is, and so does what has been decided.
CREATE FUNCTION "refuse_rewriting_policies"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'APPEND_ONLY: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "TierPolicy_proposed_once"
  BEFORE UPDATE OF "id", "formNo", "proposedById", "proposedAt", "basedOn", "changes", "content", "reason" OR DELETE ON "TierPolicy"
  FOR EACH ROW EXECUTE FUNCTION "refuse_rewriting_policies"();
CREATE TRIGGER "TierPolicy_decided_once"
  BEFORE UPDATE OF "version", "effectiveFrom", "decidedById", "decidedAt" ON "TierPolicy"
  FOR EACH ROW WHEN (OLD."state" <> 'PROPOSED') EXECUTE FUNCTION "refuse_rewriting_policies"();
CREATE TRIGGER "TierPolicy_not_emptied" BEFORE TRUNCATE ON "TierPolicy"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_rewriting_policies"();

-- What is adopted has been proposed before.
CREATE FUNCTION "refuse_policies_decided_at_once"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'WRONG_STATE: % begins as PROPOSED, not as %', TG_TABLE_NAME, NEW."state"
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "TierPolicy_begins" BEFORE INSERT ON "TierPolicy"
  FOR EACH ROW WHEN (NEW."state" <> 'PROPOSED') EXECUTE FUNCTION "refuse_policies_decided_at_once"();

-- What the table says; `schema/workflows.sql` is the same, printed.
ALTER TABLE "TierPolicy" ADD CONSTRAINT "TierPolicy_seats_apart" CHECK ("proposedById" <> "decidedById");
ALTER TABLE "TierPolicy" ADD CONSTRAINT "TierPolicy_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'ADOPTED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "TierPolicy_moves" BEFORE UPDATE OF "state" ON "TierPolicy"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('PROPOSED>ADOPTED', 'PROPOSED>REJECTED', 'PROPOSED>WITHDRAWN');
