CREATE TYPE "SoftwareStanding" AS ENUM ('ALLOWED', 'FORBIDDEN', 'REMOVED');
CREATE TYPE "InstallRequestState" AS ENUM ('ASKED', 'CONFIRMED', 'REFUSED', 'INSTALLED', 'WITHDRAWN', 'DROPPED', 'BARRED');

CREATE TABLE "KnownSoftware" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "enteredById" TEXT NOT NULL,
    "enteredAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "state" "SoftwareStanding" NOT NULL,

    CONSTRAINT "KnownSoftware_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "InstallRequest" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "askerId" TEXT NOT NULL,
    "software" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "listed" BOOLEAN NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "confirmedById" TEXT,
    "confirmedAt" TIMESTAMPTZ(3),
    "installedById" TEXT,
    "installedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "state" "InstallRequestState" NOT NULL,

    CONSTRAINT "InstallRequest_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "KnownSoftware_enteredById_idx" ON "KnownSoftware"("enteredById");
CREATE UNIQUE INDEX "InstallRequest_formNo_key" ON "InstallRequest"("formNo");
CREATE INDEX "InstallRequest_deviceId_idx" ON "InstallRequest"("deviceId");
CREATE INDEX "InstallRequest_askerId_idx" ON "InstallRequest"("askerId");
CREATE INDEX "InstallRequest_state_idx" ON "InstallRequest"("state");

ALTER TABLE "KnownSoftware" ADD CONSTRAINT "KnownSoftware_enteredById_fkey" FOREIGN KEY ("enteredById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InstallRequest" ADD CONSTRAINT "InstallRequest_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InstallRequest" ADD CONSTRAINT "InstallRequest_askerId_fkey" FOREIGN KEY ("askerId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "InstallRequest" ADD CONSTRAINT "InstallRequest_confirmedById_fkey" FOREIGN KEY ("confirmedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "InstallRequest" ADD CONSTRAINT "InstallRequest_installedById_fkey" FOREIGN KEY ("installedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- The company has one word on some software.
CREATE UNIQUE INDEX "KnownSoftware_key_key" ON "KnownSoftware" ("key") WHERE "state" <> 'REMOVED';

ALTER TABLE "KnownSoftware" ADD CONSTRAINT "KnownSoftware_key_filled" CHECK (btrim("key") <> '');
ALTER TABLE "InstallRequest"
  -- Nothing is installed without technology's word, on this or on the list (S004-P4-16).
  ADD CONSTRAINT "InstallRequest_confirmed_when"
    CHECK ("state" NOT IN ('CONFIRMED', 'INSTALLED') OR "listed" OR "confirmedById" IS NOT NULL),
  ADD CONSTRAINT "InstallRequest_barred_when"
    CHECK ("state" <> 'BARRED' OR (NOT "listed" AND "confirmedById" IS NULL));

-- What the tables of these forms say (schema/workflows.sql).
ALTER TABLE "InstallRequest" ADD CONSTRAINT "InstallRequest_seats_apart" CHECK ("askerId" <> "confirmedById" AND "askerId" <> "installedById");
ALTER TABLE "InstallRequest" ADD CONSTRAINT "InstallRequest_seats_filled" CHECK (("confirmedById" IS NULL) = ("confirmedAt" IS NULL) AND ("installedById" IS NULL) = ("installedAt" IS NULL) AND ("state" <> 'INSTALLED' OR "installedById" IS NOT NULL));
CREATE TRIGGER "InstallRequest_moves" BEFORE UPDATE OF "state" ON "InstallRequest"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('ASKED>CONFIRMED', 'ASKED>REFUSED', 'CONFIRMED>REFUSED', 'CONFIRMED>INSTALLED', 'ASKED>WITHDRAWN', 'CONFIRMED>WITHDRAWN', 'ASKED>DROPPED', 'CONFIRMED>DROPPED');
CREATE TRIGGER "KnownSoftware_moves" BEFORE UPDATE OF "state" ON "KnownSoftware"
  FOR EACH ROW WHEN (OLD."state" IS DISTINCT FROM NEW."state")
  EXECUTE FUNCTION "refuse_other_moves"('FORBIDDEN>ALLOWED', 'ALLOWED>FORBIDDEN', 'ALLOWED>REMOVED', 'FORBIDDEN>REMOVED');
