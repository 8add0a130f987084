-- An application without an end: as long as such a grant can run, from its implementation.
ALTER TABLE "GrantApplication" ALTER COLUMN "validTo" DROP NOT NULL;

-- Why administration objected to a declaration is told to whoever made it.
ALTER TABLE "SensitiveUse" ADD COLUMN "objection" TEXT;
UPDATE "SensitiveUse" u SET "objection" = coalesce(
  (SELECT e."note" FROM "FormEvent" e WHERE e."recordId" = u."id" AND e."action" = 'object' ORDER BY e."seq" DESC LIMIT 1), '—')
  WHERE u."objectedAt" IS NOT NULL;
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_objection_when"
  CHECK (("objectedAt" IS NULL) = ("objection" IS NULL));
