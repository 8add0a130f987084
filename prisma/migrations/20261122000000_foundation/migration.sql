-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "Tier" AS ENUM ('NONE', 'MASKED', 'POST', 'SERVICE', 'SENSITIVE', 'STEWARD');

-- CreateEnum
CREATE TYPE "FieldClass" AS ENUM ('BASIC', 'BUSINESS', 'ORDER', 'SERVICE', 'FINANCIAL', 'PRIVATE', 'DEVICE_BASIC', 'DEVICE_TECHNICAL', 'DEVICE_FINANCE', 'GRANT', 'STAFF', 'META');

-- CreateEnum
CREATE TYPE "Cap" AS ENUM ('WRITE_ONLY', 'MASKED', 'CLEAR');

-- CreateEnum
CREATE TYPE "Operation" AS ENUM ('SEE_MASKED', 'SEE_CLEAR', 'FILTER', 'SORT', 'AGGREGATE', 'CREATE', 'CORRECT', 'DELETE', 'EXPORT', 'BORROW');

-- CreateEnum
CREATE TYPE "CustomerScope" AS ENUM ('SELF', 'OWN', 'CASE_LIST', 'OPEN_ORDERS', 'TRANSACTIONS', 'DEPARTMENT', 'ALL');

-- CreateEnum
CREATE TYPE "Secrecy" AS ENUM ('ORDINARY', 'CONFIDENTIAL', 'TOP_SECRET');

-- CreateEnum
CREATE TYPE "CustomerKind" AS ENUM ('GENERAL', 'SPECIAL');

-- CreateEnum
CREATE TYPE "SpecialRole" AS ENUM ('LAWYER', 'FINANCIAL_ADVISER', 'ADVERTISING', 'PUBLIC_RELATIONS', 'BANK', 'INSURANCE');

-- CreateEnum
CREATE TYPE "PartyType" AS ENUM ('PERSON', 'ORGANISATION');

-- CreateEnum
CREATE TYPE "Sex" AS ENUM ('M', 'F', 'UNKNOWN');

-- CreateEnum
CREATE TYPE "IdType" AS ENUM ('RESIDENT_ID', 'PASSPORT', 'RESIDENCE_PERMIT', 'BUSINESS_LICENCE', 'OTHER');

-- CreateEnum
CREATE TYPE "CustomerStatus" AS ENUM ('DRAFT', 'ACTIVE', 'INVALID', 'EXPIRED', 'DISPOSAL_PENDING', 'DESTROYED');

-- CreateEnum
CREATE TYPE "Verification" AS ENUM ('UNVERIFIED', 'SUSPECT', 'VERIFIED', 'FALSE');

-- CreateEnum
CREATE TYPE "StorageClass" AS ENUM ('SERVER', 'CLOUD', 'PAPER');

-- CreateEnum
CREATE TYPE "DeviceKind" AS ENUM ('PC', 'LAPTOP', 'TABLET', 'PHONE', 'TERMINAL', 'SERVER', 'PRINTER', 'STORAGE_MEDIUM');

-- CreateEnum
CREATE TYPE "DeviceState" AS ENUM ('NEED_ASSESSED', 'REQUESTED', 'APPROVED', 'ORDERED', 'DELIVERED', 'ACCEPTED', 'RETURNED_TO_SUPPLIER', 'STOCKED', 'CONFIGURED', 'REGISTERED', 'IN_USE', 'IDLE', 'FAULTY', 'IN_REPAIR', 'UNREPAIRABLE', 'SCRAP_REQUESTED', 'SCRAP_APPROVED', 'SCRAPPED', 'LOST', 'RECOVERED', 'WRITTEN_OFF', 'RENEWAL_PLANNED');

-- CreateEnum
CREATE TYPE "AllocationState" AS ENUM ('REQUESTED', 'ALLOCATED', 'ISSUED', 'ACCEPTED', 'IDLE_REPORTED', 'FILE_UPDATED', 'TRANSFER_REQUESTED', 'CHECKED_DEPT', 'CHECKED_IT', 'RETURNED', 'REASSIGNED');

-- CreateEnum
CREATE TYPE "DossierMedium" AS ENUM ('PAPER', 'ELECTRONIC');

-- CreateEnum
CREATE TYPE "DossierCondition" AS ENUM ('GOOD', 'FADED', 'DAMAGED');

-- CreateEnum
CREATE TYPE "GrantKind" AS ENUM ('STANDING', 'TRANSFER', 'CHANGE', 'CONSULT', 'VENDOR', 'CASE');

-- CreateEnum
CREATE TYPE "GrantState" AS ENUM ('PENDING', 'ACTIVE', 'SUSPENDED', 'EXPIRED', 'REVOKED', 'SUPERSEDED');

-- CreateEnum
CREATE TYPE "ApplicationState" AS ENUM ('DRAFT', 'SUBMITTED', 'RETURNED', 'ESCALATED', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'IMPLEMENTED');

-- CreateEnum
CREATE TYPE "ApplicationDecision" AS ENUM ('APPROVE', 'REJECT', 'RETURN', 'ESCALATE');

-- CreateEnum
CREATE TYPE "SensitiveUseState" AS ENUM ('DRAFT', 'FILED', 'OPEN', 'OVERDUE', 'RETURNED', 'RETURNED_LATE', 'REVOKED');

-- CreateEnum
CREATE TYPE "OrderStatus" AS ENUM ('PLACED', 'IN_PRODUCTION', 'SHIPPED', 'DELIVERED', 'CANCELLED');

-- CreateEnum
CREATE TYPE "TransactionKind" AS ENUM ('INVOICE', 'PAYMENT', 'REFUND');

-- CreateEnum
CREATE TYPE "DepartmentCode" AS ENUM ('MANAGEMENT', 'ADMINISTRATION', 'TECHNOLOGY', 'SALES', 'PRODUCTION', 'CUSTOMER_SERVICE', 'QUALITY', 'FINANCE', 'TRAINING', 'COMPLIANCE', 'CHANNEL_MGMT', 'BUSINESS_SUPPORT', 'GENERAL_OFFICE', 'EXTERNAL');

-- CreateEnum
CREATE TYPE "Role" AS ENUM ('GENERAL_MANAGER', 'ADMIN_HEAD', 'ADMIN_REVIEWER', 'ADMIN_HR_CLERK', 'DEPT_HEAD', 'TEAM_LEADER', 'DEPT_INFO_SPECIALIST', 'ACCESS_IMPLEMENTER', 'IT_ENGINEER', 'REPAIRER', 'SECURITY_OFFICER', 'CUST_INFO_SUPERVISOR', 'CUST_INFO_SPECIALIST', 'SECRET_KEEPER', 'CS_MANAGER', 'CS_AGENT', 'SELLER', 'CHANNEL_BACK_OFFICE', 'PLANNER', 'DATA_STEWARD', 'QUALITY_OFFICER', 'COMPLIANCE_OFFICER', 'TRAINER', 'INSPECTOR', 'AUDITOR', 'FINANCE_OFFICER', 'BUSINESS_DIRECTOR');

-- CreateEnum
CREATE TYPE "PrincipalKind" AS ENUM ('FORMAL', 'TEMP', 'INTERN', 'PARTNER', 'VENDOR_STAFF', 'AGENCY', 'CUSTOMER', 'VISITOR', 'REGULATOR', 'SYSTEM');

-- CreateEnum
CREATE TYPE "EmploymentStatus" AS ENUM ('ONBOARDING', 'ACTIVE', 'TRANSFERRING', 'LEAVING', 'LEFT');

-- CreateEnum
CREATE TYPE "TrainingKind" AS ENUM ('DEVICE', 'SELLER', 'SECRET_POST', 'VENDOR');

-- CreateEnum
CREATE TYPE "TrainingTopic" AS ENUM ('FUNCTIONS', 'QUERY_ENTRY', 'DATA_PROTECTION');

-- CreateEnum
CREATE TYPE "CommitmentKind" AS ENUM ('STAFF', 'NDA');

-- CreateEnum
CREATE TYPE "ServiceCaseKind" AS ENUM ('CONSULTATION', 'COMPLAINT', 'FEEDBACK', 'QUALITY_QUERY', 'SERVICE_REQUEST');

-- CreateEnum
CREATE TYPE "ServiceCaseStatus" AS ENUM ('OPEN', 'ANSWERED', 'RESOLVED');

-- CreateEnum
CREATE TYPE "Channel" AS ENUM ('OA', 'FORM', 'WEB', 'REPORT', 'NEWS', 'CUSTOMER_FEEDBACK', 'PARTNER', 'PHONE', 'HOTLINE', 'MAIL', 'PRIVATE_MAIL', 'TELEGRAM', 'FACE_TO_FACE', 'COUNTER', 'SECURE_CARRIER');

-- CreateTable
CREATE TABLE "Customer" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "kind" "CustomerKind" NOT NULL DEFAULT 'GENERAL',
    "specialRole" "SpecialRole",
    "partyType" "PartyType" NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT,
    "address" TEXT,
    "landline" TEXT,
    "mobile" TEXT,
    "email" TEXT,
    "sex" "Sex",
    "dateOfBirth" DATE,
    "idType" "IdType",
    "idNumber" TEXT,
    "healthNotes" TEXT,
    "personalNotes" TEXT,
    "taxId" TEXT,
    "creditLimit" DECIMAL(14,2),
    "balance" DECIMAL(14,2),
    "paymentTermDays" INTEGER,
    "businessNeeds" TEXT,
    "preferences" TEXT,
    "source" TEXT,
    "rating" TEXT,
    "collectionPurpose" TEXT,
    "collectionChannel" TEXT,
    "collectedAt" TIMESTAMPTZ(3),
    "collectedById" TEXT,
    "firstContactAt" TIMESTAMPTZ(3),
    "ownerId" TEXT,
    "departmentCode" "DepartmentCode" NOT NULL,
    "secrecy" "Secrecy" NOT NULL DEFAULT 'ORDINARY',
    "keeperId" TEXT,
    "status" "CustomerStatus" NOT NULL DEFAULT 'ACTIVE',
    "verification" "Verification" NOT NULL DEFAULT 'UNVERIFIED',
    "verifiedAt" TIMESTAMPTZ(3),
    "verifiedVia" TEXT,
    "retentionUntil" DATE,
    "storageClass" "StorageClass" NOT NULL DEFAULT 'SERVER',
    "lastUpdatedAt" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CustomerClearance" (
    "customerId" TEXT NOT NULL,
    "employeeId" TEXT NOT NULL,

    CONSTRAINT "CustomerClearance_pkey" PRIMARY KEY ("customerId","employeeId")
);

-- CreateTable
CREATE TABLE "BankAccount" (
    "id" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "holderName" TEXT NOT NULL,
    "bankName" TEXT NOT NULL,
    "accountNumber" TEXT NOT NULL,
    "controlledByStaff" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "BankAccount_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Device" (
    "id" TEXT NOT NULL,
    "deviceNo" TEXT NOT NULL,
    "kind" "DeviceKind" NOT NULL,
    "model" TEXT NOT NULL,
    "spec" TEXT,
    "departmentCode" "DepartmentCode",
    "custodianId" TEXT,
    "purchasedAt" DATE,
    "state" "DeviceState" NOT NULL,
    "idleSince" TIMESTAMPTZ(3),
    "isCustomerListDevice" BOOLEAN NOT NULL DEFAULT true,
    "classified" BOOLEAN NOT NULL DEFAULT false,
    "ipAddress" TEXT,
    "vlan" INTEGER,
    "macAddress" TEXT,
    "software" TEXT[],
    "components" TEXT[],
    "sealNo" TEXT,
    "configBaseline" TEXT,
    "antivirusAt" TIMESTAMPTZ(3),
    "firewall" BOOLEAN,
    "passwordSet" BOOLEAN,
    "secretReviewedAt" TIMESTAMPTZ(3),
    "lastSeenAt" TIMESTAMPTZ(3),
    "price" DECIMAL(14,2),
    "supplier" TEXT,
    "contractNo" TEXT,
    "invoiceNo" TEXT,
    "stockInNo" TEXT,
    "fixedAssetNo" TEXT,
    "scrapProceeds" DECIMAL(14,2),
    "liability" DECIMAL(14,2),
    "maintenanceIntervalDays" INTEGER,
    "lastMaintainedAt" TIMESTAMPTZ(3),
    "nextMaintenanceAt" TIMESTAMPTZ(3),
    "downtimeMinutes" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeviceCredential" (
    "credentialHash" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "DeviceCredential_pkey" PRIMARY KEY ("credentialHash")
);

-- CreateTable
CREATE TABLE "Allocation" (
    "id" TEXT NOT NULL,
    "deviceId" TEXT NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "userId" TEXT NOT NULL,
    "need" TEXT NOT NULL,
    "allocatedById" TEXT,
    "issuedById" TEXT,
    "acceptedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "state" "AllocationState" NOT NULL,

    CONSTRAINT "Allocation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Dossier" (
    "id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "keeperId" TEXT,
    "title" TEXT NOT NULL,
    "medium" "DossierMedium" NOT NULL,
    "copies" INTEGER NOT NULL DEFAULT 1,
    "location" TEXT,
    "remark" TEXT,
    "secrecy" "Secrecy" NOT NULL DEFAULT 'ORDINARY',
    "condition" "DossierCondition" NOT NULL DEFAULT 'GOOD',
    "indexTerms" TEXT[],
    "retentionUntil" DATE,

    CONSTRAINT "Dossier_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Purpose" (
    "code" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "ownerDepartment" "DepartmentCode" NOT NULL,
    "legalBasis" TEXT NOT NULL,
    "retentionMonths" INTEGER NOT NULL,

    CONSTRAINT "Purpose_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "GrantApplication" (
    "id" TEXT NOT NULL,
    "formNo" TEXT NOT NULL,
    "kind" "GrantKind" NOT NULL,
    "employeeId" TEXT NOT NULL,
    "tier" "Tier" NOT NULL,
    "operations" "Operation"[],
    "customerScope" "CustomerScope" NOT NULL,
    "purposes" TEXT[],
    "secrecyClearance" "Secrecy" NOT NULL DEFAULT 'ORDINARY',
    "validTo" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "changeReason" TEXT,
    "unitSeal" BOOLEAN NOT NULL DEFAULT false,
    "signedById" TEXT,
    "signedAt" TIMESTAMPTZ(3),
    "reviewedById" TEXT,
    "reviewedAt" TIMESTAMPTZ(3),
    "decision" "ApplicationDecision",
    "reviewerNotes" TEXT,
    "implementedById" TEXT,
    "implementedAt" TIMESTAMPTZ(3),
    "state" "ApplicationState" NOT NULL,

    CONSTRAINT "GrantApplication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Grant" (
    "id" TEXT NOT NULL,
    "granteeId" TEXT NOT NULL,
    "applicationId" TEXT,
    "kind" "GrantKind" NOT NULL,
    "tier" "Tier" NOT NULL,
    "operations" "Operation"[],
    "customerScope" "CustomerScope" NOT NULL,
    "purposes" TEXT[],
    "secrecyClearance" "Secrecy" NOT NULL DEFAULT 'ORDINARY',
    "validFrom" TIMESTAMPTZ(3) NOT NULL,
    "validTo" TIMESTAMPTZ(3) NOT NULL,
    "state" "GrantState" NOT NULL,
    "policyVersion" INTEGER NOT NULL,

    CONSTRAINT "Grant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GrantClass" (
    "id" TEXT NOT NULL,
    "grantId" TEXT,
    "applicationId" TEXT,
    "fieldClass" "FieldClass" NOT NULL,
    "cap" "Cap" NOT NULL,
    "onlyFields" TEXT[],

    CONSTRAINT "GrantClass_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GrantCustomer" (
    "id" TEXT NOT NULL,
    "grantId" TEXT,
    "applicationId" TEXT,
    "customerId" TEXT NOT NULL,

    CONSTRAINT "GrantCustomer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SensitiveUse" (
    "id" TEXT NOT NULL,
    "declaredById" TEXT NOT NULL,
    "grantId" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "fields" TEXT[],
    "standing" BOOLEAN NOT NULL DEFAULT false,
    "plannedFrom" TIMESTAMPTZ(3) NOT NULL,
    "plannedUntil" TIMESTAMPTZ(3) NOT NULL,
    "filedAt" TIMESTAMPTZ(3),
    "acknowledgedById" TEXT,
    "acknowledgedAt" TIMESTAMPTZ(3),
    "returnedAt" TIMESTAMPTZ(3),
    "returnNote" TEXT,
    "state" "SensitiveUseState" NOT NULL,

    CONSTRAINT "SensitiveUse_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SensitiveUseCustomer" (
    "declarationId" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,

    CONSTRAINT "SensitiveUseCustomer_pkey" PRIMARY KEY ("declarationId","customerId")
);

-- CreateTable
CREATE TABLE "Order" (
    "id" TEXT NOT NULL,
    "orderNo" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "sellerId" TEXT,
    "product" TEXT NOT NULL,
    "quantity" DECIMAL(14,3) NOT NULL,
    "deliveryDate" DATE,
    "specification" TEXT,
    "status" "OrderStatus" NOT NULL,
    "unitPrice" DECIMAL(14,2),
    "amount" DECIMAL(14,2),
    "deliveryAddress" TEXT,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Transaction" (
    "id" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "orderId" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" "TransactionKind" NOT NULL,
    "amount" DECIMAL(14,2) NOT NULL,
    "account" TEXT,

    CONSTRAINT "Transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Department" (
    "id" TEXT NOT NULL,
    "code" "DepartmentCode" NOT NULL,
    "name" TEXT NOT NULL,
    "tierCeiling" "Tier" NOT NULL,

    CONSTRAINT "Department_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Employee" (
    "id" TEXT NOT NULL,
    "staffNo" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" "PrincipalKind" NOT NULL,
    "departmentCode" "DepartmentCode" NOT NULL,
    "post" TEXT NOT NULL,
    "status" "EmploymentStatus" NOT NULL,
    "managerId" TEXT,
    "joinedAt" DATE NOT NULL,
    "contractEndsAt" DATE,
    "leftAt" TIMESTAMPTZ(3),
    "confidentialityUntil" DATE,
    "attendance" TEXT,
    "payroll" DECIMAL(14,2),
    "performance" TEXT,
    "phone" TEXT,
    "address" TEXT,
    "relativesContacts" TEXT[],
    "customerId" TEXT,

    CONSTRAINT "Employee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EmployeeRole" (
    "employeeId" TEXT NOT NULL,
    "role" "Role" NOT NULL,

    CONSTRAINT "EmployeeRole_pkey" PRIMARY KEY ("employeeId","role")
);

-- CreateTable
CREATE TABLE "TrainingRecord" (
    "id" TEXT NOT NULL,
    "employeeId" TEXT NOT NULL,
    "trainerId" TEXT,
    "kind" "TrainingKind" NOT NULL,
    "topics" "TrainingTopic"[],
    "heldAt" TIMESTAMPTZ(3) NOT NULL,
    "attendedHours" DECIMAL(5,1) NOT NULL,
    "score" DECIMAL(5,1),
    "passed" BOOLEAN NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "TrainingRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConfidentialityCommitment" (
    "id" TEXT NOT NULL,
    "employeeId" TEXT NOT NULL,
    "kind" "CommitmentKind" NOT NULL,
    "signedAt" TIMESTAMPTZ(3) NOT NULL,
    "validTo" TIMESTAMPTZ(3),

    CONSTRAINT "ConfidentialityCommitment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Login" (
    "employeeId" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "failedAttempts" INTEGER NOT NULL DEFAULT 0,
    "lockedUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Login_pkey" PRIMARY KEY ("employeeId")
);

-- CreateTable
CREATE TABLE "RefreshToken" (
    "tokenHash" TEXT NOT NULL,
    "familyId" TEXT NOT NULL,
    "employeeId" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RefreshToken_pkey" PRIMARY KEY ("tokenHash")
);

-- CreateTable
CREATE TABLE "ServiceCase" (
    "id" TEXT NOT NULL,
    "customerId" TEXT NOT NULL,
    "handlerId" TEXT,
    "againstEmployeeId" TEXT,
    "kind" "ServiceCaseKind" NOT NULL,
    "channel" "Channel" NOT NULL,
    "status" "ServiceCaseStatus" NOT NULL DEFAULT 'OPEN',
    "receivedAt" TIMESTAMPTZ(3) NOT NULL,
    "firstReplyAt" TIMESTAMPTZ(3),
    "resolvedAt" TIMESTAMPTZ(3),
    "content" TEXT NOT NULL,
    "result" TEXT,
    "satisfaction" INTEGER,
    "misSellingAlleged" BOOLEAN NOT NULL DEFAULT false,
    "misSellingUpheldAt" TIMESTAMPTZ(3),

    CONSTRAINT "ServiceCase_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Customer_code_key" ON "Customer"("code");

-- CreateIndex
CREATE INDEX "Customer_ownerId_code_idx" ON "Customer"("ownerId", "code");

-- CreateIndex
CREATE INDEX "Customer_departmentCode_code_idx" ON "Customer"("departmentCode", "code");

-- CreateIndex
CREATE INDEX "Customer_name_id_idx" ON "Customer"("name", "id");

-- CreateIndex
CREATE INDEX "Customer_mobile_idx" ON "Customer"("mobile");

-- CreateIndex
CREATE INDEX "Customer_status_idx" ON "Customer"("status");

-- CreateIndex
CREATE INDEX "BankAccount_customerId_idx" ON "BankAccount"("customerId");

-- CreateIndex
CREATE INDEX "BankAccount_accountNumber_idx" ON "BankAccount"("accountNumber");

-- CreateIndex
CREATE UNIQUE INDEX "Device_deviceNo_key" ON "Device"("deviceNo");

-- CreateIndex
CREATE INDEX "Device_custodianId_idx" ON "Device"("custodianId");

-- CreateIndex
CREATE INDEX "Device_departmentCode_deviceNo_idx" ON "Device"("departmentCode", "deviceNo");

-- CreateIndex
CREATE INDEX "Device_state_idx" ON "Device"("state");

-- CreateIndex
CREATE INDEX "DeviceCredential_deviceId_idx" ON "DeviceCredential"("deviceId");

-- CreateIndex
CREATE INDEX "Allocation_deviceId_idx" ON "Allocation"("deviceId");

-- CreateIndex
CREATE INDEX "Allocation_userId_idx" ON "Allocation"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "Dossier_code_key" ON "Dossier"("code");

-- CreateIndex
CREATE INDEX "Dossier_customerId_idx" ON "Dossier"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "Purpose_id_key" ON "Purpose"("id");

-- CreateIndex
CREATE UNIQUE INDEX "GrantApplication_formNo_key" ON "GrantApplication"("formNo");

-- CreateIndex
CREATE INDEX "GrantApplication_employeeId_idx" ON "GrantApplication"("employeeId");

-- CreateIndex
CREATE INDEX "GrantApplication_state_idx" ON "GrantApplication"("state");

-- CreateIndex
CREATE UNIQUE INDEX "Grant_applicationId_key" ON "Grant"("applicationId");

-- CreateIndex
CREATE INDEX "Grant_granteeId_state_idx" ON "Grant"("granteeId", "state");

-- CreateIndex
CREATE UNIQUE INDEX "GrantClass_grantId_fieldClass_key" ON "GrantClass"("grantId", "fieldClass");

-- CreateIndex
CREATE UNIQUE INDEX "GrantClass_applicationId_fieldClass_key" ON "GrantClass"("applicationId", "fieldClass");

-- CreateIndex
CREATE INDEX "GrantCustomer_customerId_idx" ON "GrantCustomer"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "GrantCustomer_grantId_customerId_key" ON "GrantCustomer"("grantId", "customerId");

-- CreateIndex
CREATE UNIQUE INDEX "GrantCustomer_applicationId_customerId_key" ON "GrantCustomer"("applicationId", "customerId");

-- CreateIndex
CREATE INDEX "SensitiveUse_declaredById_state_idx" ON "SensitiveUse"("declaredById", "state");

-- CreateIndex
CREATE INDEX "SensitiveUseCustomer_customerId_idx" ON "SensitiveUseCustomer"("customerId");

-- CreateIndex
CREATE UNIQUE INDEX "Order_orderNo_key" ON "Order"("orderNo");

-- CreateIndex
CREATE INDEX "Order_customerId_status_idx" ON "Order"("customerId", "status");

-- CreateIndex
CREATE INDEX "Order_status_deliveryDate_idx" ON "Order"("status", "deliveryDate");

-- CreateIndex
CREATE INDEX "Transaction_customerId_at_idx" ON "Transaction"("customerId", "at");

-- CreateIndex
CREATE INDEX "Transaction_orderId_idx" ON "Transaction"("orderId");

-- CreateIndex
CREATE UNIQUE INDEX "Department_code_key" ON "Department"("code");

-- CreateIndex
CREATE UNIQUE INDEX "Employee_staffNo_key" ON "Employee"("staffNo");

-- CreateIndex
CREATE INDEX "Employee_departmentCode_idx" ON "Employee"("departmentCode");

-- CreateIndex
CREATE INDEX "Employee_customerId_idx" ON "Employee"("customerId");

-- CreateIndex
CREATE INDEX "TrainingRecord_employeeId_idx" ON "TrainingRecord"("employeeId");

-- CreateIndex
CREATE INDEX "ConfidentialityCommitment_employeeId_idx" ON "ConfidentialityCommitment"("employeeId");

-- CreateIndex
CREATE INDEX "RefreshToken_familyId_idx" ON "RefreshToken"("familyId");

-- CreateIndex
CREATE INDEX "RefreshToken_employeeId_idx" ON "RefreshToken"("employeeId");

-- CreateIndex
CREATE INDEX "ServiceCase_customerId_receivedAt_idx" ON "ServiceCase"("customerId", "receivedAt");

-- CreateIndex
CREATE INDEX "ServiceCase_status_receivedAt_idx" ON "ServiceCase"("status", "receivedAt");

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_collectedById_fkey" FOREIGN KEY ("collectedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_keeperId_fkey" FOREIGN KEY ("keeperId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Customer" ADD CONSTRAINT "Customer_departmentCode_fkey" FOREIGN KEY ("departmentCode") REFERENCES "Department"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerClearance" ADD CONSTRAINT "CustomerClearance_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CustomerClearance" ADD CONSTRAINT "CustomerClearance_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "BankAccount" ADD CONSTRAINT "BankAccount_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_custodianId_fkey" FOREIGN KEY ("custodianId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeviceCredential" ADD CONSTRAINT "DeviceCredential_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_deviceId_fkey" FOREIGN KEY ("deviceId") REFERENCES "Device"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_allocatedById_fkey" FOREIGN KEY ("allocatedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Allocation" ADD CONSTRAINT "Allocation_issuedById_fkey" FOREIGN KEY ("issuedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dossier" ADD CONSTRAINT "Dossier_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Dossier" ADD CONSTRAINT "Dossier_keeperId_fkey" FOREIGN KEY ("keeperId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Purpose" ADD CONSTRAINT "Purpose_ownerDepartment_fkey" FOREIGN KEY ("ownerDepartment") REFERENCES "Department"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_signedById_fkey" FOREIGN KEY ("signedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_reviewedById_fkey" FOREIGN KEY ("reviewedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantApplication" ADD CONSTRAINT "GrantApplication_implementedById_fkey" FOREIGN KEY ("implementedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_granteeId_fkey" FOREIGN KEY ("granteeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Grant" ADD CONSTRAINT "Grant_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "GrantApplication"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantClass" ADD CONSTRAINT "GrantClass_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantClass" ADD CONSTRAINT "GrantClass_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "GrantApplication"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantCustomer" ADD CONSTRAINT "GrantCustomer_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantCustomer" ADD CONSTRAINT "GrantCustomer_applicationId_fkey" FOREIGN KEY ("applicationId") REFERENCES "GrantApplication"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GrantCustomer" ADD CONSTRAINT "GrantCustomer_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_declaredById_fkey" FOREIGN KEY ("declaredById") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_acknowledgedById_fkey" FOREIGN KEY ("acknowledgedById") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SensitiveUse" ADD CONSTRAINT "SensitiveUse_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "Grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SensitiveUseCustomer" ADD CONSTRAINT "SensitiveUseCustomer_declarationId_fkey" FOREIGN KEY ("declarationId") REFERENCES "SensitiveUse"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SensitiveUseCustomer" ADD CONSTRAINT "SensitiveUseCustomer_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Order" ADD CONSTRAINT "Order_sellerId_fkey" FOREIGN KEY ("sellerId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transaction" ADD CONSTRAINT "Transaction_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Transaction" ADD CONSTRAINT "Transaction_orderId_fkey" FOREIGN KEY ("orderId") REFERENCES "Order"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Employee" ADD CONSTRAINT "Employee_departmentCode_fkey" FOREIGN KEY ("departmentCode") REFERENCES "Department"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Employee" ADD CONSTRAINT "Employee_managerId_fkey" FOREIGN KEY ("managerId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Employee" ADD CONSTRAINT "Employee_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EmployeeRole" ADD CONSTRAINT "EmployeeRole_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRecord" ADD CONSTRAINT "TrainingRecord_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TrainingRecord" ADD CONSTRAINT "TrainingRecord_trainerId_fkey" FOREIGN KEY ("trainerId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConfidentialityCommitment" ADD CONSTRAINT "ConfidentialityCommitment_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Login" ADD CONSTRAINT "Login_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RefreshToken" ADD CONSTRAINT "RefreshToken_employeeId_fkey" FOREIGN KEY ("employeeId") REFERENCES "Employee"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ServiceCase" ADD CONSTRAINT "ServiceCase_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ServiceCase" ADD CONSTRAINT "ServiceCase_handlerId_fkey" FOREIGN KEY ("handlerId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ServiceCase" ADD CONSTRAINT "ServiceCase_againstEmployeeId_fkey" FOREIGN KEY ("againstEmployeeId") REFERENCES "Employee"("id") ON DELETE SET NULL ON UPDATE CASCADE;
