-- AlterTable
ALTER TABLE "Device" ADD COLUMN     "stockTakeDueAt" TIMESTAMPTZ(3),
ADD COLUMN     "stockTakenAt" TIMESTAMPTZ(3);

-- What the Prisma schema cannot say.

-- Addresses in normal form: an IPv4 address that is written as IPv6 is the IPv4 address, an interface of the server is no
-- part of one, and what is none is nobody's.
DO $$
DECLARE
  device RECORD;
  normal TEXT;
BEGIN
  FOR device IN SELECT "id", "ipAddress" FROM "Device" WHERE "ipAddress" IS NOT NULL LOOP
    BEGIN
      normal := regexp_replace(host(split_part(device."ipAddress", '%', 1)::inet), '^::ffff:(?=\d+\.)', '');
    EXCEPTION WHEN invalid_text_representation THEN
      normal := NULL;
    END;
    UPDATE "Device" SET "ipAddress" = normal WHERE "id" = device."id" AND "ipAddress" IS DISTINCT FROM normal;
  END LOOP;
END $$;

-- Of several devices with one address the one in use keeps it, or the one that was seen last; the others wait for
-- technology to give them one.
UPDATE "Device" d SET "ipAddress" = NULL
FROM (
  SELECT "id", row_number() OVER (
    PARTITION BY "ipAddress"::inet
    ORDER BY "state" <> 'IN_USE', "lastSeenAt" DESC NULLS LAST, "deviceNo"
  ) AS place
  FROM "Device" WHERE "ipAddress" IS NOT NULL AND "state" NOT IN ('SCRAPPED', 'LOST', 'WRITTEN_OFF')
) ranked
WHERE ranked."id" = d."id" AND ranked.place > 1;

ALTER TABLE "Device"
  ADD CONSTRAINT "Device_ipAddress_normal"
    CHECK ("ipAddress" !~ '[/%]' AND NOT "ipAddress"::inet <<= '::ffff:0:0/96');

-- Two devices cannot have one address (S001-P1-3.2.5, S004-P4-13), however it is written; what is lost or gone frees it.
CREATE UNIQUE INDEX "Device_ipAddress_key" ON "Device" (("ipAddress"::inet))
  WHERE "state" NOT IN ('SCRAPPED', 'LOST', 'WRITTEN_OFF');
