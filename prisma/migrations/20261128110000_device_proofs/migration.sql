-- A device proves itself by a secret that it sends, or by a key that it signs with.
CREATE TYPE "CredentialKind" AS ENUM ('BEARER', 'KEY');
ALTER TABLE "DeviceCredential" ADD COLUMN "kind" "CredentialKind" NOT NULL DEFAULT 'BEARER';

-- Of each kind a device has one that is good.
CREATE UNIQUE INDEX "DeviceCredential_live_key" ON "DeviceCredential" ("deviceId", "kind") WHERE "revokedAt" IS NULL;

-- Codes by which devices enrol themselves.
CREATE TABLE "DeviceEnrolment" (
    "codeHash" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "openedById" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "usedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeviceEnrolment_pkey" PRIMARY KEY ("codeHash"),
    CONSTRAINT "DeviceEnrolment_hash_form" CHECK ("codeHash" ~ '^[0-9a-f]{64}$'),
    CONSTRAINT "DeviceEnrolment_attempts_range" CHECK ("attempts" BETWEEN 0 AND 5),
    CONSTRAINT "DeviceEnrolment_term_order" CHECK ("expiresAt" > "openedAt"),
    CONSTRAINT "DeviceEnrolment_used_in_time" CHECK ("usedAt" >= "openedAt" AND "usedAt" < "expiresAt"),
    CONSTRAINT "DeviceEnrolment_one_end" CHECK ("usedAt" IS NULL OR "revokedAt" IS NULL)
);
CREATE INDEX "DeviceEnrolment_deviceId_idx" ON "DeviceEnrolment"("deviceId");
CREATE UNIQUE INDEX "DeviceEnrolment_open_key" ON "DeviceEnrolment" ("deviceId") WHERE "usedAt" IS NULL AND "revokedAt" IS NULL;
ALTER TABLE "DeviceEnrolment" ADD CONSTRAINT "DeviceEnrolment_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "DeviceEnrolment" ADD CONSTRAINT "DeviceEnrolment_openedById_fkey" FOREIGN KEY ("openedById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A signed proof is good once, whichever server it comes to.
CREATE TABLE "SpentProof" (
    "id" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "SpentProof_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "SpentProof_hash_form" CHECK ("id" ~ '^[0-9a-f]{64}$')
);
CREATE INDEX "SpentProof_expiresAt_idx" ON "SpentProof"("expiresAt");

-- The device that a session was begun from, where one was proved.
ALTER TABLE "RefreshToken" ADD COLUMN "deviceId" TEXT;
CREATE INDEX "RefreshToken_deviceId_idx" ON "RefreshToken"("deviceId");
ALTER TABLE "RefreshToken" ADD CONSTRAINT "RefreshToken_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE SET NULL ON UPDATE CASCADE;
