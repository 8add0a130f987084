-- What the Prisma schema cannot say. Written by hand; the schema engine neither prints nor compares it.
-- A condition that is null passes, so each one about an optional column holds only where the column is filled.

-- People
ALTER TABLE "Employee"
  ADD CONSTRAINT "Employee_staffNo_filled" CHECK ("staffNo" ~ '\S'),
  ADD CONSTRAINT "Employee_name_filled" CHECK ("name" ~ '\S'),
  ADD CONSTRAINT "Employee_payroll_range" CHECK ("payroll" >= 0),
  ADD CONSTRAINT "Employee_phone_e164" CHECK ("phone" ~ '^\+[1-9][0-9]{5,14}$'),
  ADD CONSTRAINT "Employee_contract_order" CHECK ("contractEndsAt" >= "joinedAt"),
  ADD CONSTRAINT "Employee_manager_other" CHECK ("managerId" <> "id"),
  -- Only a customer's own login may reach rows by SELF, and such a login always belongs to one.
  ADD CONSTRAINT "Employee_customer_login" CHECK (("kind" = 'CUSTOMER') = ("customerId" IS NOT NULL));

ALTER TABLE "TrainingRecord"
  ADD CONSTRAINT "TrainingRecord_score_range" CHECK ("score" BETWEEN 0 AND 100),
  ADD CONSTRAINT "TrainingRecord_hours_range" CHECK ("attendedHours" >= 0),
  ADD CONSTRAINT "TrainingRecord_validity_order" CHECK ("expiresAt" > "heldAt");

ALTER TABLE "ConfidentialityCommitment"
  ADD CONSTRAINT "ConfidentialityCommitment_validity_order" CHECK ("validTo" > "signedAt");

ALTER TABLE "Login"
  ADD CONSTRAINT "Login_attempts_range" CHECK ("failedAttempts" >= 0);

ALTER TABLE "RefreshToken"
  ADD CONSTRAINT "RefreshToken_hash_form" CHECK ("tokenHash" ~ '^[0-9a-f]{64}$');

-- Devices
ALTER TABLE "Device"
  ADD CONSTRAINT "Device_deviceNo_filled" CHECK ("deviceNo" ~ '\S'),
  ADD CONSTRAINT "Device_vlan_range" CHECK ("vlan" BETWEEN 1 AND 4094),
  ADD CONSTRAINT "Device_price_range" CHECK ("price" >= 0),
  ADD CONSTRAINT "Device_scrapProceeds_range" CHECK ("scrapProceeds" >= 0),
  ADD CONSTRAINT "Device_liability_range" CHECK ("liability" >= 0),
  ADD CONSTRAINT "Device_maintenance_range" CHECK ("maintenanceIntervalDays" > 0),
  ADD CONSTRAINT "Device_downtime_range" CHECK ("downtimeMinutes" >= 0),
  ADD CONSTRAINT "Device_version_range" CHECK ("version" >= 1);

ALTER TABLE "DeviceCredential"
  ADD CONSTRAINT "DeviceCredential_hash_form" CHECK ("credentialHash" ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "DeviceCredential_revocation_order" CHECK ("revokedAt" >= "issuedAt");

ALTER TABLE "Allocation"
  ADD CONSTRAINT "Allocation_end_order" CHECK ("endedAt" >= "acceptedAt");

CREATE UNIQUE INDEX "Allocation_open_key" ON "Allocation" ("deviceId") WHERE "endedAt" IS NULL;

-- Customers
ALTER TABLE "Customer"
  ADD CONSTRAINT "Customer_code_filled" CHECK ("code" ~ '\S'),
  ADD CONSTRAINT "Customer_name_filled" CHECK ("name" ~ '\S'),
  ADD CONSTRAINT "Customer_specialRole_kind" CHECK ("specialRole" IS NULL OR "kind" = 'SPECIAL'),
  ADD CONSTRAINT "Customer_mobile_e164" CHECK ("mobile" ~ '^\+[1-9][0-9]{5,14}$'),
  ADD CONSTRAINT "Customer_idNumber_type" CHECK ("idNumber" IS NULL OR "idType" IS NOT NULL),
  ADD CONSTRAINT "Customer_creditLimit_range" CHECK ("creditLimit" >= 0),
  ADD CONSTRAINT "Customer_paymentTerm_range" CHECK ("paymentTermDays" >= 0),
  ADD CONSTRAINT "Customer_verified_when" CHECK ("verification" <> 'VERIFIED' OR "verifiedAt" IS NOT NULL),
  ADD CONSTRAINT "Customer_secret_keeper" CHECK ("secrecy" = 'ORDINARY' OR "keeperId" IS NOT NULL),
  ADD CONSTRAINT "Customer_version_range" CHECK ("version" >= 1);

ALTER TABLE "BankAccount"
  ADD CONSTRAINT "BankAccount_holder_filled" CHECK ("holderName" ~ '\S'),
  ADD CONSTRAINT "BankAccount_number_filled" CHECK ("accountNumber" ~ '\S');

ALTER TABLE "Order"
  ADD CONSTRAINT "Order_orderNo_filled" CHECK ("orderNo" ~ '\S'),
  ADD CONSTRAINT "Order_quantity_range" CHECK ("quantity" > 0),
  ADD CONSTRAINT "Order_unitPrice_range" CHECK ("unitPrice" >= 0),
  ADD CONSTRAINT "Order_amount_range" CHECK ("amount" >= 0);

-- The kind says which way the money went.
ALTER TABLE "Transaction"
  ADD CONSTRAINT "Transaction_amount_range" CHECK ("amount" >= 0);

ALTER TABLE "ServiceCase"
  ADD CONSTRAINT "ServiceCase_satisfaction_range" CHECK ("satisfaction" BETWEEN 1 AND 5),
  ADD CONSTRAINT "ServiceCase_reply_order" CHECK ("firstReplyAt" >= "receivedAt"),
  ADD CONSTRAINT "ServiceCase_resolution_order" CHECK ("resolvedAt" >= "receivedAt"),
  ADD CONSTRAINT "ServiceCase_resolved_when" CHECK (("status" = 'RESOLVED') = ("resolvedAt" IS NOT NULL)),
  ADD CONSTRAINT "ServiceCase_answered_when" CHECK ("status" <> 'ANSWERED' OR "firstReplyAt" IS NOT NULL),
  ADD CONSTRAINT "ServiceCase_open_unanswered" CHECK ("status" <> 'OPEN' OR "firstReplyAt" IS NULL),
  ADD CONSTRAINT "ServiceCase_upheld_alleged" CHECK ("misSellingUpheldAt" IS NULL OR "misSellingAlleged");

ALTER TABLE "Dossier"
  ADD CONSTRAINT "Dossier_code_filled" CHECK ("code" ~ '\S'),
  ADD CONSTRAINT "Dossier_copies_range" CHECK ("copies" >= 1);

-- Grants
ALTER TABLE "Purpose"
  ADD CONSTRAINT "Purpose_code_filled" CHECK ("code" ~ '\S'),
  ADD CONSTRAINT "Purpose_retention_range" CHECK ("retentionMonths" > 0);

-- Nobody decides their own case, and nobody decides twice in one.
ALTER TABLE "GrantApplication"
  ADD CONSTRAINT "GrantApplication_signer_other" CHECK ("signedById" <> "employeeId"),
  ADD CONSTRAINT "GrantApplication_reviewer_other" CHECK ("reviewedById" <> "employeeId"),
  ADD CONSTRAINT "GrantApplication_two_persons" CHECK ("reviewedById" <> "signedById"),
  ADD CONSTRAINT "GrantApplication_signed_when" CHECK (("signedById" IS NULL) = ("signedAt" IS NULL)),
  ADD CONSTRAINT "GrantApplication_reviewed_when" CHECK (("reviewedById" IS NULL) = ("reviewedAt" IS NULL)),
  ADD CONSTRAINT "GrantApplication_implemented_when" CHECK (("implementedById" IS NULL) = ("implementedAt" IS NULL)),
  ADD CONSTRAINT "GrantApplication_approved_by" CHECK ("state" NOT IN ('APPROVED', 'IMPLEMENTED')
    OR ("reviewedById" IS NOT NULL AND "decision" IS NOT DISTINCT FROM 'APPROVE')),
  ADD CONSTRAINT "GrantApplication_implemented_by" CHECK ("state" <> 'IMPLEMENTED' OR "implementedById" IS NOT NULL);

ALTER TABLE "Grant"
  ADD CONSTRAINT "Grant_validity_order" CHECK ("validTo" > "validFrom"),
  ADD CONSTRAINT "Grant_policyVersion_range" CHECK ("policyVersion" >= 1),
  -- An empty list of purposes demands none: nobody gets that by leaving it out.
  ADD CONSTRAINT "Grant_purposes_given" CHECK ("purposes" IS NOT NULL),
  ADD CONSTRAINT "Grant_operations_given" CHECK ("operations" IS NOT NULL);

CREATE UNIQUE INDEX "Grant_standing_key" ON "Grant" ("granteeId") WHERE "kind" = 'STANDING' AND "state" = 'ACTIVE';

ALTER TABLE "GrantClass"
  ADD CONSTRAINT "GrantClass_one_parent" CHECK (num_nonnulls("grantId", "applicationId") = 1),
  -- An empty list is every field of the class: nobody gets that by leaving it out.
  ADD CONSTRAINT "GrantClass_onlyFields_given" CHECK ("onlyFields" IS NOT NULL);

ALTER TABLE "GrantCustomer"
  ADD CONSTRAINT "GrantCustomer_one_parent" CHECK (num_nonnulls("grantId", "applicationId") = 1);

ALTER TABLE "SensitiveUse"
  ADD CONSTRAINT "SensitiveUse_fields_given" CHECK ("fields" IS NOT NULL),
  ADD CONSTRAINT "SensitiveUse_plan_order" CHECK ("plannedUntil" > "plannedFrom"),
  ADD CONSTRAINT "SensitiveUse_acknowledged_when" CHECK (("acknowledgedById" IS NULL) = ("acknowledgedAt" IS NULL)),
  ADD CONSTRAINT "SensitiveUse_acknowledger_other" CHECK ("acknowledgedById" <> "declaredById"),
  ADD CONSTRAINT "SensitiveUse_returned_when" CHECK (("state" IN ('RETURNED', 'RETURNED_LATE')) = ("returnedAt" IS NOT NULL));
