-- Versions of the tier policy that are there already say nothing of clearances: under them administration approves none alone.
ALTER TABLE "TierPolicy" DISABLE TRIGGER "TierPolicy_proposed_once";
UPDATE "TierPolicy" SET "content" = (
  SELECT json_object_agg(part."key", CASE
    WHEN part."key" = 'limits' THEN ('{"clearances": []}'::jsonb || part."value"::jsonb)::json
    ELSE part."value" END)
  FROM json_each("content") part);
ALTER TABLE "TierPolicy" ENABLE TRIGGER "TierPolicy_proposed_once";

-- An application without an end: as long as such a grant can run, from its implementation.
ALTER TABLE "GrantApplication" ALTER COLUMN "validTo" DROP NOT NULL;

-- Why administration objected to a declaration is told to whoever made it.
ALTER TABLE "SensitiveUse" ADD COLUMN "objection" TEXT;
UPDATE "SensitiveUse" u SET "objection" = coalesce(
  (SELECT e."note" FROM "FormEvent" e WHERE e."recordId" = u."id" AND e."action" = 'object' ORDER BY e."seq" DESC LIMIT 1), '—')
  WHERE u."objectedAt" IS NOT NULL;
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_objection_when"
  CHECK (("objectedAt" IS NULL) = ("objection" IS NULL));
