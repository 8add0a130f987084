-- That a customer hears of the looks of a department later, with a reason and an end.
CREATE TABLE "DisclosureDelay" (
    "id" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "reason" TEXT NOT NULL,
    "setById" TEXT NOT NULL,
    "setAt" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "liftedById" TEXT,
    "liftedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DisclosureDelay_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "DisclosureDelay_customerId_until_idx" ON "DisclosureDelay"("customerId", "until");

ALTER TABLE "DisclosureDelay" ADD CONSTRAINT "DisclosureDelay_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DisclosureDelay" ADD CONSTRAINT "DisclosureDelay_setById_fkey" FOREIGN KEY ("setById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DisclosureDelay" ADD CONSTRAINT "DisclosureDelay_liftedById_fkey" FOREIGN KEY ("liftedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "DisclosureDelay"
  ADD CONSTRAINT "DisclosureDelay_reason_filled" CHECK ("reason" ~ '\S'),
  ADD CONSTRAINT "DisclosureDelay_term" CHECK ("until" > "setAt" AND "until" <= "setAt" + interval '90 days'),
  ADD CONSTRAINT "DisclosureDelay_lifted" CHECK (("liftedAt" IS NULL) = ("liftedById" IS NULL) AND "liftedAt" >= "setAt");
