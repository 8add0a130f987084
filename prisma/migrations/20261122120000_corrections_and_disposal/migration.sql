-- Corrections of customers' fields, and the disposal of customers.

-- CreateEnum
CREATE TYPE "CorrectionState" AS ENUM ('PROPOSED', 'APPLIED', 'REJECTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "DisposalMethod" AS ENUM ('SHRED', 'WIPE', 'PULP', 'SALE');

-- CreateEnum
CREATE TYPE "DisposalState" AS ENUM ('PROPOSED', 'WITNESSED', 'APPROVED', 'DESTROYED', 'REFUSED', 'WITHDRAWN');

-- AlterEnum
ALTER TYPE "FieldClass" ADD VALUE 'NAMED';

-- CreateTable
CREATE TABLE "CorrectionRequest" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "oldValue" TEXT,
    "newValue" TEXT,
    "reason" TEXT NOT NULL,
    "evidence" TEXT[],
    "note" TEXT,
    "proposedById" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "CorrectionState" NOT NULL,

    CONSTRAINT "CorrectionRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Disposal" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "method" "DisposalMethod" NOT NULL,
    "reason" TEXT NOT NULL,
    "note" TEXT,
    "proposedById" TEXT NOT NULL,
    "proposedAt" TIMESTAMPTZ(3) NOT NULL,
    "witnessedById" TEXT,
    "witnessedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "destroyedById" TEXT,
    "destroyedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "DisposalState" NOT NULL,

    CONSTRAINT "Disposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DisposalCustomer" (
    "disposalId" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "statusBefore" "CustomerStatus" NOT NULL,

    CONSTRAINT "DisposalCustomer_pkey" PRIMARY KEY ("disposalId","customerId")
);

-- CreateIndex
CREATE UNIQUE INDEX "CorrectionRequest_formNo_key" ON "CorrectionRequest"("formNo");

-- CreateIndex
CREATE INDEX "CorrectionRequest_customerId_formNo_idx" ON "CorrectionRequest"("customerId", "formNo");

-- CreateIndex
CREATE INDEX "CorrectionRequest_state_idx" ON "CorrectionRequest"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Disposal_formNo_key" ON "Disposal"("formNo");

-- CreateIndex
CREATE INDEX "Disposal_proposedById_idx" ON "Disposal"("proposedById");

-- CreateIndex
CREATE INDEX "Disposal_state_idx" ON "Disposal"("state");

-- CreateIndex
CREATE INDEX "DisposalCustomer_customerId_idx" ON "DisposalCustomer"("customerId");

-- AddForeignKey
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_proposedById_fkey" FOREIGN KEY ("proposedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_proposedById_fkey" FOREIGN KEY ("proposedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_witnessedById_fkey" FOREIGN KEY ("witnessedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_destroyedById_fkey" FOREIGN KEY ("destroyedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DisposalCustomer" ADD CONSTRAINT "DisposalCustomer_disposalId_fkey" FOREIGN KEY ("disposalId") REFERENCES "Disposal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DisposalCustomer" ADD CONSTRAINT "DisposalCustomer_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_evidence_given" CHECK ("evidence" IS NOT NULL);
ALTER TABLE "Disposal"
  -- Not sold as waste paper (S004-P5-25).
  ADD CONSTRAINT "Disposal_method_not_sale" CHECK ("method" <> 'SALE'),
  ADD CONSTRAINT "Disposal_destroyed_when" CHECK (("state" = 'DESTROYED') = ("destroyedAt" IS NOT NULL)
    AND ("destroyedById" IS NULL) = ("destroyedAt" IS NULL)),
  ADD CONSTRAINT "Disposal_destroyer_known" CHECK ("destroyedById" IN ("proposedById", "witnessedById"));

-- A tombstone stays as it is, and nothing is put on it: whoever adds a row while a customer is being destroyed waits.
CREATE FUNCTION "refuse_touching_tombstones"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  found "CustomerStatus";
BEGIN
  IF TG_TABLE_NAME = 'Customer' THEN
    found := OLD."status";
  ELSE
    SELECT "status" INTO found FROM "Customer" WHERE "id" = NEW."customerId" FOR KEY SHARE;
  END IF;
  IF found = 'DESTROYED' THEN
    RAISE EXCEPTION 'WRONG_STATE: the customer of % has been destroyed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "Customer_tombstone" BEFORE UPDATE ON "Customer"
  FOR EACH ROW EXECUTE FUNCTION "refuse_touching_tombstones"();
CREATE TRIGGER "BankAccount_tombstone" BEFORE INSERT OR UPDATE OF "customerId" ON "BankAccount"
  FOR EACH ROW EXECUTE FUNCTION "refuse_touching_tombstones"();
CREATE TRIGGER "Order_tombstone" BEFORE INSERT OR UPDATE OF "customerId" ON "Order"
  FOR EACH ROW EXECUTE FUNCTION "refuse_touching_tombstones"();
CREATE TRIGGER "Transaction_tombstone" BEFORE INSERT OR UPDATE OF "customerId" ON "Transaction"
  FOR EACH ROW EXECUTE FUNCTION "refuse_touching_tombstones"();
CREATE TRIGGER "ServiceCase_tombstone" BEFORE INSERT OR UPDATE OF "customerId" ON "ServiceCase"
  FOR EACH ROW EXECUTE FUNCTION "refuse_touching_tombstones"();
CREATE TRIGGER "Dossier_tombstone" BEFORE INSERT OR UPDATE OF "customerId" ON "Dossier"
  FOR EACH ROW EXECUTE FUNCTION "refuse_touching_tombstones"();

-- What the tables of the forms say; `schema/workflows.sql` is the same, printed.
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_seats_apart" CHECK ("proposedById" <> "decidedById");
ALTER TABLE "CorrectionRequest" ADD CONSTRAINT "CorrectionRequest_seats_filled" CHECK (("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'APPLIED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REJECTED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "CorrectionRequest_moves" BEFORE UPDATE OF "state" ON "CorrectionRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('PROPOSED>APPLIED', 'PROPOSED>REJECTED', 'PROPOSED>WITHDRAWN');

ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_seats_apart" CHECK ("proposedById" <> "witnessedById" AND "proposedById" <> "decidedById" AND "witnessedById" <> "decidedById");
ALTER TABLE "Disposal" ADD CONSTRAINT "Disposal_seats_filled" CHECK (("witnessedById" IS NULL) = ("witnessedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'WITNESSED' OR "witnessedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "witnessedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'DESTROYED' OR "witnessedById" IS NOT NULL) AND ("state" <> 'DESTROYED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "Disposal_moves" BEFORE UPDATE OF "state" ON "Disposal"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('PROPOSED>WITNESSED', 'WITNESSED>APPROVED', 'PROPOSED>REFUSED', 'WITNESSED>REFUSED', 'PROPOSED>WITHDRAWN', 'WITNESSED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'APPROVED>DESTROYED');
