-- Consultations of dossiers, and the loan register (S004-P5-17 to 20).

-- CreateEnum
CREATE TYPE "IdentityDocument" AS ENUM ('LETTER', 'WORK_CARD');

-- CreateEnum
CREATE TYPE "ConsultationState" AS ENUM ('DRAFT', 'SUBMITTED', 'APPROVED', 'REFUSED', 'CLOSED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "LoanState" AS ENUM ('REQUESTED', 'SIGNED', 'APPROVED', 'REFUSED', 'REGISTERED', 'LENT', 'OVERDUE', 'RETURNED', 'RETURNED_LATE', 'LOST', 'WITHDRAWN');

-- CreateTable
CREATE TABLE "Consultation" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "readerId" TEXT NOT NULL,
    "dossierId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "readerProfile" TEXT NOT NULL,
    "identityDocument" "IdentityDocument",
    "unitSeal" BOOLEAN NOT NULL DEFAULT false,
    "signedById" TEXT,
    "signedAt" TIMESTAMPTZ(3),
    "permittedById" TEXT,
    "permittedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decisionNote" TEXT,
    "windowFrom" TIMESTAMPTZ(3),
    "windowTo" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "ConsultationState" NOT NULL,

    CONSTRAINT "Consultation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Loan" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "borrowerId" TEXT NOT NULL,
    "dossierId" TEXT NOT NULL,
    "copies" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "unitSeal" BOOLEAN NOT NULL DEFAULT false,
    "signedById" TEXT,
    "signedAt" TIMESTAMPTZ(3),
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "decisionNote" TEXT,
    "registeredById" TEXT,
    "registeredAt" TIMESTAMPTZ(3),
    "termHours" INTEGER,
    "lentAt" TIMESTAMPTZ(3),
    "returnedToId" TEXT,
    "returnedAt" TIMESTAMPTZ(3),
    "returnCondition" "DossierCondition",
    "dueAt" TIMESTAMPTZ(3),
    "state" "LoanState" NOT NULL,

    CONSTRAINT "Loan_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Consultation_formNo_key" ON "Consultation"("formNo");

-- CreateIndex
CREATE INDEX "Consultation_readerId_state_idx" ON "Consultation"("readerId", "state");

-- CreateIndex
CREATE INDEX "Consultation_dossierId_formNo_idx" ON "Consultation"("dossierId", "formNo");

-- CreateIndex
CREATE UNIQUE INDEX "Loan_formNo_key" ON "Loan"("formNo");

-- CreateIndex
CREATE INDEX "Loan_borrowerId_state_idx" ON "Loan"("borrowerId", "state");

-- CreateIndex
CREATE INDEX "Loan_dossierId_formNo_idx" ON "Loan"("dossierId", "formNo");

-- AddForeignKey
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_readerId_fkey" FOREIGN KEY ("readerId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "Dossier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_signedById_fkey" FOREIGN KEY ("signedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_permittedById_fkey" FOREIGN KEY ("permittedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_borrowerId_fkey" FOREIGN KEY ("borrowerId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_dossierId_fkey" FOREIGN KEY ("dossierId") REFERENCES "Dossier"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_signedById_fkey" FOREIGN KEY ("signedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_decidedById_fkey" FOREIGN KEY ("decidedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_registeredById_fkey" FOREIGN KEY ("registeredById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_returnedToId_fkey" FOREIGN KEY ("returnedToId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_window_when"
  CHECK (("state" IN ('APPROVED', 'CLOSED')) = ("windowFrom" IS NOT NULL) AND ("windowFrom" IS NULL) = ("windowTo" IS NULL));
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_window_range"
  CHECK ("windowTo" > "windowFrom" AND "windowTo" <= "windowFrom" + interval '72 hours');
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_copies_range" CHECK ("copies" > 0);
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_term_range" CHECK ("termHours" BETWEEN 1 AND 72);
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_registered_when" CHECK (("registeredAt" IS NULL) = ("termHours" IS NULL));
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_lent_when"
  CHECK (("state" IN ('LENT', 'OVERDUE', 'RETURNED', 'RETURNED_LATE', 'LOST')) = ("lentAt" IS NOT NULL));
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_due_range"
  CHECK ("state" NOT IN ('LENT', 'OVERDUE')
    OR ("dueAt" IS NOT NULL AND "dueAt" > "lentAt" AND "dueAt" <= "lentAt" + interval '72 hours'));
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_returned_when"
  CHECK (("state" IN ('RETURNED', 'RETURNED_LATE')) = ("returnedAt" IS NOT NULL)
    AND ("returnedAt" IS NULL) = ("returnCondition" IS NULL));
-- To have a dossier longer takes a new application, once it is back.
CREATE UNIQUE INDEX "Loan_open_key" ON "Loan" ("dossierId", "borrowerId")
  WHERE "state" IN ('REQUESTED', 'SIGNED', 'APPROVED', 'REGISTERED', 'LENT', 'OVERDUE');

-- What the tables of the forms say; `schema/workflows.sql` is the same, printed.
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_seats_apart" CHECK ("readerId" <> "signedById" AND "readerId" <> "permittedById" AND "readerId" <> "decidedById" AND "signedById" <> "decidedById");
ALTER TABLE "Consultation" ADD CONSTRAINT "Consultation_seats_filled" CHECK (("signedById" IS NULL) = ("signedAt" IS NULL) AND ("permittedById" IS NULL) = ("permittedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("state" <> 'SUBMITTED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "signedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "signedById" IS NOT NULL) AND ("state" <> 'CLOSED' OR "decidedById" IS NOT NULL));
CREATE TRIGGER "Consultation_moves" BEFORE UPDATE OF "state" ON "Consultation"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('DRAFT>SUBMITTED', 'SUBMITTED>APPROVED', 'SUBMITTED>REFUSED', 'DRAFT>WITHDRAWN', 'SUBMITTED>WITHDRAWN', 'APPROVED>CLOSED');

ALTER TABLE "Loan" ADD CONSTRAINT "Loan_seats_apart" CHECK ("borrowerId" <> "signedById" AND "borrowerId" <> "decidedById" AND "borrowerId" <> "registeredById" AND "borrowerId" <> "returnedToId" AND "signedById" <> "decidedById");
ALTER TABLE "Loan" ADD CONSTRAINT "Loan_seats_filled" CHECK (("signedById" IS NULL) = ("signedAt" IS NULL) AND ("decidedById" IS NULL) = ("decidedAt" IS NULL) AND ("registeredById" IS NULL) = ("registeredAt" IS NULL) AND ("returnedToId" IS NULL) = ("returnedAt" IS NULL) AND ("state" <> 'SIGNED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "signedById" IS NOT NULL) AND ("state" <> 'APPROVED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "signedById" IS NOT NULL) AND ("state" <> 'REFUSED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REGISTERED' OR "signedById" IS NOT NULL) AND ("state" <> 'REGISTERED' OR "decidedById" IS NOT NULL) AND ("state" <> 'REGISTERED' OR "registeredById" IS NOT NULL) AND ("state" <> 'LENT' OR "signedById" IS NOT NULL) AND ("state" <> 'LENT' OR "decidedById" IS NOT NULL) AND ("state" <> 'LENT' OR "registeredById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "signedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "decidedById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "registeredById" IS NOT NULL) AND ("state" <> 'RETURNED' OR "returnedToId" IS NOT NULL) AND ("state" <> 'LOST' OR "signedById" IS NOT NULL) AND ("state" <> 'LOST' OR "decidedById" IS NOT NULL) AND ("state" <> 'LOST' OR "registeredById" IS NOT NULL) AND ("state" <> 'OVERDUE' OR "signedById" IS NOT NULL) AND ("state" <> 'OVERDUE' OR "decidedById" IS NOT NULL) AND ("state" <> 'OVERDUE' OR "registeredById" IS NOT NULL) AND ("state" <> 'RETURNED_LATE' OR "signedById" IS NOT NULL) AND ("state" <> 'RETURNED_LATE' OR "decidedById" IS NOT NULL) AND ("state" <> 'RETURNED_LATE' OR "registeredById" IS NOT NULL) AND ("state" <> 'RETURNED_LATE' OR "returnedToId" IS NOT NULL));
CREATE TRIGGER "Loan_moves" BEFORE UPDATE OF "state" ON "Loan"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('REQUESTED>SIGNED', 'SIGNED>APPROVED', 'SIGNED>REFUSED', 'APPROVED>REGISTERED', 'REGISTERED>LENT', 'LENT>RETURNED', 'OVERDUE>RETURNED_LATE', 'LENT>LOST', 'OVERDUE>LOST', 'REQUESTED>WITHDRAWN', 'SIGNED>WITHDRAWN', 'APPROVED>WITHDRAWN', 'REGISTERED>WITHDRAWN', 'LENT>OVERDUE');
