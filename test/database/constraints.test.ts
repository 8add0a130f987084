import { readFile } from "node:fs/promises";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type TestDatabase, testDatabase } from "../support/database.js";

type Row = Record<string, string | number | boolean | null | string[]>;

const day = "2026-11-22T00:00:00Z";
const later = "2026-12-22T00:00:00Z";
const hash = "0".repeat(64);

/** One good row of each table, in the order in which they can be written. */
const good: Record<string, Row> = {
  Department: { id: "dep_1", code: "SALES", name: "Sales", tierCeiling: "SENSITIVE" },
  Employee: { ...employee("emp_1", "sam"), payroll: 0, phone: "+8613800138000", contractEndsAt: later },
  TrainingRecord: {
    ...{ id: "trn_1", employeeId: "emp_1", kind: "DEVICE", passed: true },
    ...{ heldAt: day, expiresAt: later, attendedHours: 2, score: 100 },
  },
  ConfidentialityCommitment: {
    id: "com_1",
    employeeId: "emp_1",
    kind: "STAFF",
    signedAt: day,
    validTo: later,
  },
  Login: { employeeId: "emp_1", passwordHash: "x" },
  RefreshToken: { tokenHash: hash, familyId: "f", employeeId: "emp_1", expiresAt: later },
  Device: { id: "dev_1", deviceNo: "D1", kind: "LAPTOP", model: "M", state: "IN_USE", vlan: 1, price: 0 },
  DeviceCredential: { credentialHash: hash, deviceId: "dev_1", issuedAt: day, revokedAt: day },
  Allocation: {
    ...{ id: "alc_1", deviceId: "dev_1", departmentCode: "SALES", userId: "emp_1", need: "work" },
    ...{ state: "ACCEPTED", acceptedAt: day, endedAt: null },
  },
  Customer: {
    ...{
      id: "cus_1",
      code: "C1",
      partyType: "PERSON",
      name: "林秀英",
      departmentCode: "SALES",
      lastUpdatedAt: day,
    },
    ...{
      mobile: "+8613800138000",
      idType: "RESIDENT_ID",
      idNumber: "1",
      secrecy: "CONFIDENTIAL",
      keeperId: "emp_1",
    },
    ...{ kind: "SPECIAL", specialRole: "BANK", verification: "VERIFIED", verifiedAt: day, balance: -1 },
  },
  BankAccount: { id: "acc_1", customerId: "cus_1", holderName: "林", bankName: "B", accountNumber: "1" },
  Order: {
    ...{ id: "ord_1", orderNo: "O1", customerId: "cus_1", product: "tea", quantity: 0.001, status: "PLACED" },
    ...{ unitPrice: 0, amount: 0 },
  },
  Transaction: { id: "txn_1", customerId: "cus_1", at: day, kind: "PAYMENT", amount: 0 },
  ServiceCase: {
    ...{
      id: "svc_1",
      customerId: "cus_1",
      kind: "COMPLAINT",
      channel: "PHONE",
      content: "late",
      receivedAt: day,
    },
    ...{ status: "RESOLVED", firstReplyAt: day, resolvedAt: later, satisfaction: 5 },
    ...{ misSellingAlleged: true, misSellingUpheldAt: later },
  },
  Dossier: { id: "dos_1", code: "F1", customerId: "cus_1", title: "File", medium: "PAPER" },
  Purpose: {
    ...{
      code: "ORDER_HANDLING",
      id: "pur_1",
      name: "Orders",
      description: "Orders",
      ownerDepartment: "SALES",
    },
    ...{ legalBasis: "contract", retentionMonths: 36 },
  },
  GrantApplication: {
    ...{
      id: "app_1",
      formNo: "A1",
      kind: "STANDING",
      employeeId: "emp_1",
      tier: "POST",
      customerScope: "OWN",
    },
    ...{
      validTo: later,
      reason: "work",
      signedById: "emp_2",
      signedAt: day,
      reviewedById: "emp_3",
      reviewedAt: day,
    },
    ...{ decision: "APPROVE", implementedById: "emp_4", implementedAt: day, state: "IMPLEMENTED" },
  },
  Grant: {
    ...{ id: "gra_1", granteeId: "emp_1", kind: "STANDING", tier: "POST", customerScope: "OWN" },
    ...{ validFrom: day, validTo: later, state: "ACTIVE", policyVersion: 1, purposes: [], operations: [] },
  },
  GrantClass: {
    id: "gcl_1",
    grantId: "gra_1",
    applicationId: null,
    fieldClass: "BASIC",
    cap: "CLEAR",
    onlyFields: [],
  },
  GrantCustomer: { id: "gcu_1", grantId: null, applicationId: "app_1", customerId: "cus_1" },
  SensitiveUse: {
    ...{ id: "use_1", declaredById: "emp_1", grantId: "gra_1", purpose: "ORDER_HANDLING", fields: [] },
    ...{
      plannedFrom: day,
      plannedUntil: later,
      acknowledgedById: "emp_2",
      acknowledgedAt: day,
      state: "OPEN",
    },
  },
  CorrectionRequest: {
    ...{
      id: "cor_1",
      formNo: "B1",
      customerId: "cus_1",
      field: "Customer.mobile",
      reason: "a call",
      evidence: [],
    },
    ...{ proposedById: "emp_1", proposedAt: day, decidedById: "emp_2", decidedAt: day, state: "APPLIED" },
  },
  Disposal: {
    ...{ id: "dsp_1", formNo: "V1", method: "WIPE", reason: "over", proposedById: "emp_1", proposedAt: day },
    ...{ witnessedById: "emp_2", witnessedAt: day, decidedById: "emp_3", decidedAt: day },
    ...{ destroyedById: "emp_2", destroyedAt: day, state: "DESTROYED" },
  },
  Consultation: {
    ...{ id: "con_1", formNo: "C1", readerId: "emp_1", dossierId: "dos_1", readerProfile: "Seller" },
    ...{ purpose: "complaint", reason: "in the file only", state: "APPROVED" },
    ...{ signedById: "emp_2", signedAt: day, decidedById: "emp_3", decidedAt: day },
    ...{ windowFrom: day, windowTo: "2026-11-25T00:00:00Z" },
  },
  Loan: {
    ...{ id: "loa_1", formNo: "L1", borrowerId: "emp_1", dossierId: "dos_1", copies: 1, reason: "a visit" },
    ...{ signedById: "emp_2", signedAt: day, decidedById: "emp_3", decidedAt: day, termHours: 72 },
    ...{ registeredById: "emp_3", registeredAt: day, lentAt: day, dueAt: "2026-11-25T00:00:00Z" },
    state: "LENT",
  },
  SensitiveUseRecord: {
    ...{ id: "ret_1", declarationId: "use_1", customerId: "cus_1" },
    fields: ["Customer.idNumber"],
  },
  FormEvent: {
    ...{ id: "evt_1", form: "Grant", recordId: "gra_1", department: "SALES" },
    action: "give",
    to: "ACTIVE",
    at: day,
    changes: [],
  },
  ExternalDisclosure: {
    ...{ id: "dis_1", formNo: "D1", requestedById: "emp_1", requestedAt: day, customerId: "cus_1" },
    ...{ fields: ["Customer.name"], recipient: "Ms Wang", purpose: "ORDER_HANDLING", carrierId: "emp_4" },
    ...{ channel: "SECURE_CARRIER", consentGivenBy: "林秀英", consentAt: day, state: "APPROVED" },
    ...{ supervisorId: "emp_2", supervisorAt: day, managerId: "emp_3", managerAt: day },
    approvalEndsAt: later,
  },
  CopyRequest: {
    ...{ id: "cpy_1", formNo: "K1", requestedById: "emp_1", requestedAt: day, customerId: "cus_1" },
    ...{ fields: ["Customer.name"], recipient: "Ms Wang", purpose: "ORDER_HANDLING", carrierId: "emp_4" },
    ...{ medium: "PAPER", reason: "delivery", forOutside: true, disclosureId: "dis_1", state: "APPROVED" },
    ...{ decidedById: "emp_2", decidedAt: day, approvalEndsAt: later },
  },
  Appeal: {
    ...{ id: "apl_1", formNo: "P1", employeeId: "emp_1", text: "Why?", filedAt: day, state: "DECIDED" },
    ...{ headId: "emp_2", headAt: day, reviewedById: "emp_3", reviewedAt: day, result: "REJECTED" },
    ...{ agreedById: "emp_2", agreedAt: day },
    ...{ answer: "So.", decidedById: "emp_4", decidedAt: day, groupResult: "CHANGE_OPENED" },
    ...{ groupAnswer: "Not so.", openedId: "app_1" },
  },
  TierPolicy: {
    ...{ id: "pol_1", formNo: "T1", proposedById: "emp_1", proposedAt: day, basedOn: 1, version: 2 },
    ...{ changes: ["x: 1 → 2"], content: "{}", reason: "so", effectiveFrom: later, state: "ADOPTED" },
    ...{ decidedById: "emp_2", decidedAt: day },
  },
  GroupVote: {
    ...{ id: "vot_1", applicationId: null, appealId: "apl_1", memberId: "emp_4", inFavour: true },
    votedAt: day,
  },
  Offboarding: {
    ...{ id: "off_1", formNo: "O1", employeeId: "emp_1", kind: "LEAVE", reason: "notice", effectiveAt: day },
    ...{ permissionFormDueAt: later, confirmedById: "emp_2", confirmedAt: day, commitmentUntil: later },
    ...{
      headClearedById: "emp_2",
      headClearedAt: day,
      technologyClearedById: "emp_3",
      technologyClearedAt: day,
    },
    ...{ specialistClearedById: "emp_4", specialistClearedAt: day, state: "ITEMS_CLEARED" },
  },
  HandoverLine: { id: "hol_1", offboardingId: "off_1", item: "samples" },
  Recertification: {
    ...{ id: "rec_1", granteeId: "emp_1", grantId: "gra_1", round: "2026-10", state: "CONFIRMED" },
    ...{ confirmedById: "emp_2", confirmedAt: day },
  },
  EmergencyAccess: {
    ...{ id: "eme_1", formNo: "E1", employeeId: "emp_1", grantId: "gra_1", reason: "fire", openUntil: later },
    ...{ reviewedById: "emp_2", reviewedAt: day, reviewerNotes: "there was", state: "JUSTIFIED" },
  },
  Notification: {
    ...{ id: "not_1", personId: "emp_1", form: "Grant", recordId: "gra_1", occasion: "o", says: "It ends." },
    at: day,
  },
  FormCounter: { prefix: "A", year: 2026, last: 0 },
  CompanyDay: { day: "2030-01-01", working: false, name: "New Year" },
};

function employee(id: string, staffNo: string): Row {
  return {
    id,
    staffNo,
    name: "陈",
    kind: "FORMAL",
    departmentCode: "SALES",
    post: "Seller",
    status: "ACTIVE",
    joinedAt: day,
  };
}

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // The good row has gone its way already.
  await client.query('ALTER TABLE "TierPolicy" DISABLE TRIGGER "TierPolicy_begins"');
  await insert("Department", good.Department!);
  for (const [id, staffNo] of [
    ["emp_2", "sue"],
    ["emp_3", "adam"],
    ["emp_4", "tim"],
  ] as const)
    await insert("Employee", employee(id, staffNo));
  for (const [table, row] of Object.entries(good).slice(1)) await insert(table, row);
});

afterAll(async () => {
  await client.end();
  await database.close();
});

// Checks hold whatever the triggers on the moves of a form would have refused before them.
const begin = "BEGIN; SET LOCAL session_replication_role = replica";
beforeEach(() => client.query(begin));
afterEach(() => client.query("ROLLBACK"));

function insert(table: string, row: Row) {
  const columns = Object.keys(row).map((column) => `"${column}"`);
  const places = columns.map((_, at) => `$${at + 1}`);
  return client.query(`INSERT INTO "${table}" (${columns}) VALUES (${places})`, Object.values(row));
}

/** Writes the change into the good row of the table. */
function change(table: string, row: Row) {
  const columns = Object.keys(row).map((column, at) => `"${column}" = $${at + 1}`);
  return client.query(`UPDATE "${table}" SET ${columns}`, Object.values(row));
}

test.each<[constraint: string, wrong: Row]>([
  ["Employee_staffNo_filled", { staffNo: "" }],
  ["Employee_name_filled", { name: " " }],
  ["Employee_payroll_range", { payroll: -1 }],
  ["Employee_phone_e164", { phone: "13800138000" }],
  ["Employee_contract_order", { contractEndsAt: "2020-01-01" }],
  ["Employee_customer_login", { kind: "CUSTOMER" }],
  ["Employee_customer_login", { customerId: "cus_1" }],
  ["TrainingRecord_score_range", { score: 101 }],
  ["TrainingRecord_score_range", { score: -1 }],
  ["TrainingRecord_hours_range", { attendedHours: -1 }],
  ["TrainingRecord_validity_order", { expiresAt: day }],
  ["ConfidentialityCommitment_validity_order", { validTo: day }],
  ["Login_attempts_range", { failedAttempts: -1 }],
  ["RefreshToken_hash_form", { tokenHash: "secret" }],
  ["Device_deviceNo_filled", { deviceNo: "" }],
  ["Device_vlan_range", { vlan: 4095 }],
  ["Device_price_range", { price: -1 }],
  ["Device_scrapProceeds_range", { scrapProceeds: -1 }],
  ["Device_liability_range", { liability: -1 }],
  ["Device_maintenance_range", { maintenanceIntervalDays: 0 }],
  ["Device_downtime_range", { downtimeMinutes: -1 }],
  ["Device_version_range", { version: 0 }],
  ["DeviceCredential_hash_form", { credentialHash: "secret" }],
  ["DeviceCredential_revocation_order", { revokedAt: "2020-01-01" }],
  ["Allocation_end_order", { endedAt: "2020-01-01" }],
  ["Customer_code_filled", { code: "" }],
  ["Customer_name_filled", { name: "\t" }],
  ["Customer_specialRole_kind", { kind: "GENERAL" }],
  ["Customer_mobile_e164", { mobile: "0049 30 1" }],
  ["Customer_idNumber_type", { idType: null }],
  ["Customer_creditLimit_range", { creditLimit: -1 }],
  ["Customer_paymentTerm_range", { paymentTermDays: -1 }],
  ["Customer_verified_when", { verifiedAt: null }],
  ["Customer_secret_keeper", { keeperId: null }],
  ["Customer_secret_keeper", { keeperId: null, secrecy: "TOP_SECRET" }],
  ["Customer_version_range", { version: 0 }],
  ["BankAccount_holder_filled", { holderName: "" }],
  ["BankAccount_number_filled", { accountNumber: "" }],
  ["Order_orderNo_filled", { orderNo: "" }],
  ["Order_quantity_range", { quantity: 0 }],
  ["Order_unitPrice_range", { unitPrice: -1 }],
  ["Order_amount_range", { amount: -1 }],
  ["Transaction_amount_range", { amount: -1 }],
  ["ServiceCase_satisfaction_range", { satisfaction: 0 }],
  ["ServiceCase_satisfaction_range", { satisfaction: 6 }],
  ["ServiceCase_reply_order", { firstReplyAt: "2020-01-01" }],
  ["ServiceCase_resolution_order", { resolvedAt: "2020-01-01" }],
  ["ServiceCase_resolved_when", { resolvedAt: null }],
  ["ServiceCase_resolved_when", { status: "ANSWERED" }],
  ["ServiceCase_answered_when", { status: "ANSWERED", resolvedAt: null, firstReplyAt: null }],
  ["ServiceCase_open_unanswered", { status: "OPEN", resolvedAt: null }],
  ["ServiceCase_upheld_alleged", { misSellingAlleged: false }],
  ["Dossier_code_filled", { code: "" }],
  ["Dossier_copies_range", { copies: 0 }],
  ["Purpose_code_filled", { code: "" }],
  ["Purpose_retention_range", { retentionMonths: 0 }],
  ["CorrectionRequest_evidence_given", { evidence: null }],
  ["CorrectionRequest_seats_apart", { decidedById: "emp_1" }],
  ["CorrectionRequest_seats_filled", { decidedAt: null }],
  ["CorrectionRequest_seats_filled", { decidedById: null, decidedAt: null }],
  ["Disposal_method_not_sale", { method: "SALE" }],
  ["Disposal_destroyed_when", { destroyedById: null, destroyedAt: null }],
  ["Disposal_destroyed_when", { destroyedById: null }],
  ["Disposal_destroyed_when", { state: "APPROVED" }],
  ["Disposal_destroyer_known", { destroyedById: "emp_3" }],
  ["Disposal_seats_apart", { witnessedById: "emp_1", destroyedById: "emp_1" }],
  ["Disposal_seats_apart", { decidedById: "emp_2" }],
  ["Disposal_seats_filled", { decidedById: null, decidedAt: null }],
  ["Disposal_seats_filled", { witnessedAt: null }],
  ["GrantApplication_seats_apart", { signedById: "emp_1" }],
  ["GrantApplication_seats_apart", { reviewedById: "emp_1" }],
  ["GrantApplication_seats_apart", { reviewedById: "emp_2" }],
  ["GrantApplication_seats_filled", { signedAt: null }],
  ["GrantApplication_seats_filled", { reviewedAt: null }],
  ["GrantApplication_seats_filled", { implementedById: null, implementedAt: null }],
  ["GrantApplication_approved_by", { decision: null }],
  ["GrantApplication_approved_by", { decision: "REJECT", state: "APPROVED" }],
  ["Grant_validity_order", { validTo: day }],
  ["Grant_policyVersion_range", { policyVersion: 0 }],
  ["Grant_seats_apart", { suspendedById: "emp_1", suspendedAt: day }],
  ["Grant_seats_filled", { suspendedById: "emp_2" }],
  ["Grant_seats_filled", { settledById: "emp_2" }],
  ["Grant_ended_when", { endedAt: day }],
  ["Offboarding_transfer_target", { kind: "TRANSFER" }],
  ["Offboarding_transfer_target", { toPost: "Agent" }],
  ["Offboarding_successor_other", { successorId: "emp_1" }],
  ["Offboarding_cleared_by_all", { specialistClearedById: null, specialistClearedAt: null }],
  [
    "Offboarding_promise_of_leavers",
    { state: "CLOSED", closedById: "emp_5", closedAt: day, commitmentUntil: null },
  ],
  ["Offboarding_seats_apart", { technologyClearedById: "emp_2" }],
  ["Offboarding_seats_apart", { headClearedById: "emp_1" }],
  ["Offboarding_seats_filled", { confirmedById: null, confirmedAt: null }],
  ["HandoverLine_item_filled", { item: " " }],
  ["Recertification_round_form", { round: "2026-13" }],
  ["Recertification_seats_apart", { confirmedById: "emp_1" }],
  ["Recertification_seats_filled", { confirmedById: null, confirmedAt: null }],
  ["EmergencyAccess_reviewed_when", { reviewerNotes: null }],
  ["EmergencyAccess_seats_apart", { reviewedById: "emp_1" }],
  ["EmergencyAccess_seats_filled", { reviewedById: null, reviewedAt: null }],
  ["Notification_says_filled", { says: "" }],
  ["Grant_purposes_given", { purposes: null }],
  ["Grant_operations_given", { operations: null }],
  ["GrantClass_onlyFields_given", { onlyFields: null }],
  ["SensitiveUse_fields_given", { fields: null }],
  ["GrantClass_one_parent", { grantId: null }],
  ["GrantClass_one_parent", { applicationId: "app_1" }],
  ["GrantCustomer_one_parent", { applicationId: null }],
  ["GrantCustomer_one_parent", { grantId: "gra_1" }],
  ["SensitiveUse_plan_order", { plannedUntil: day }],
  ["SensitiveUse_seats_filled", { acknowledgedAt: null }],
  ["SensitiveUse_seats_apart", { acknowledgedById: "emp_1" }],
  ["SensitiveUse_objection_when", { objection: "No need." }],
  ["SensitiveUse_objection_when", { objectedById: "emp_3", objectedAt: later }],
  ["SensitiveUse_returned_when", { returnedAt: later }],
  ["SensitiveUse_returned_when", { state: "RETURNED_LATE" }],
  ["ExternalDisclosure_seats_apart", { supervisorId: "emp_1" }],
  ["ExternalDisclosure_seats_apart", { managerId: "emp_2" }],
  ["ExternalDisclosure_seats_apart", { carrierId: "emp_1" }],
  ["ExternalDisclosure_seats_apart", { carrierId: "emp_2" }],
  ["ExternalDisclosure_seats_filled", { supervisorAt: null }],
  ["ExternalDisclosure_seats_filled", { state: "REFUSED" }],
  ["ExternalDisclosure_fields_given", { fields: [] }],
  ["ExternalDisclosure_fields_given", { fields: null }],
  ["ExternalDisclosure_channel_safe", { channel: "PHONE" }],
  ["ExternalDisclosure_channel_safe", { channel: "PRIVATE_MAIL" }],
  ["ExternalDisclosure_channel_safe", { channel: "TELEGRAM" }],
  ["ExternalDisclosure_consent_when", { consentAt: null }],
  ["ExternalDisclosure_consent_when", { consentGivenBy: null }],
  ["ExternalDisclosure_both_approved", { supervisorId: null, supervisorAt: null }],
  ["ExternalDisclosure_both_approved", { managerId: null, managerAt: null }],
  ["ExternalDisclosure_both_approved", { approvalEndsAt: null }],
  ["ExternalDisclosure_sent_with", { sentAt: day, measures: "Sealed" }],
  ["ExternalDisclosure_sent_with", { sentAt: day, state: "SENT" }],
  ["CopyRequest_seats_apart", { decidedById: "emp_1" }],
  ["CopyRequest_seats_apart", { decidedById: "emp_4" }],
  ["CopyRequest_seats_filled", { decidedById: null, decidedAt: null }],
  ["CopyRequest_fields_given", { fields: [] }],
  ["CopyRequest_fields_given", { fields: null }],
  ["CopyRequest_approved_until", { approvalEndsAt: null }],
  ["CopyRequest_approved_until", { state: "REFUSED" }],
  ["CopyRequest_handed_over_with", { handedOverAt: day, measures: "Sealed", receipt: "Signed" }],
  ["CopyRequest_handed_over_with", { handedOverAt: day, measures: "Sealed", state: "HANDED_OVER" }],
  ["CopyRequest_disclosure_outside", { forOutside: false }],
  [
    "CopyRequest_outside_disclosed",
    { ...{ disclosureId: null, state: "HANDED_OVER", handedOverAt: day }, measures: "M", receipt: "R" },
  ],
  ["Appeal_seats_apart", { headId: "emp_1" }],
  ["Appeal_seats_apart", { reviewedById: "emp_2" }],
  ["Appeal_seats_filled", { headId: null, headAt: null }],
  ["Appeal_text_filled", { text: " " }],
  ["Appeal_answered_when", { answer: null }],
  ["Appeal_resolved_with", { result: null, agreedById: null, agreedAt: null }],
  ["Appeal_decided_with", { groupAnswer: null }],
  ["Appeal_decided_with", { state: "ESCALATED" }],
  ["Appeal_seats_apart", { agreedById: "emp_3" }],
  ["Appeal_seats_filled", { agreedAt: null }],
  ["Appeal_agreed_with", { reviewedById: null, reviewedAt: null, result: null }],
  [
    "Appeal_opened_when",
    { result: "CHANGE_OPENED", groupResult: "REJECTED", agreedById: null, agreedAt: null },
  ],
  ["Appeal_opened_when", { openedId: null }],
  ["Appeal_opened_when", { groupResult: "REJECTED" }],
  ["GroupVote_one_parent", { appealId: null }],
  ["GroupVote_one_parent", { applicationId: "app_1" }],
  ["GroupVote_one_parent", { policyId: "pol_1" }],
  ["TierPolicy_seats_apart", { decidedById: "emp_1" }],
  ["TierPolicy_seats_filled", { decidedAt: null }],
  ["TierPolicy_reason_filled", { reason: " " }],
  ["TierPolicy_changes_given", { changes: [] }],
  ["TierPolicy_changes_given", { changes: null }],
  ["TierPolicy_content_object", { content: "[]" }],
  ["TierPolicy_based_on", { basedOn: 0 }],
  ["TierPolicy_based_on", { basedOn: 2 }],
  ["TierPolicy_numbered_when", { version: null }],
  ["TierPolicy_numbered_when", { state: "REJECTED" }],
  ["TierPolicy_effective_after", { effectiveFrom: day }],
  ["Consultation_seats_apart", { signedById: "emp_1" }],
  ["Consultation_seats_apart", { decidedById: "emp_2" }],
  ["Consultation_seats_filled", { decidedById: null, decidedAt: null }],
  ["Consultation_seats_filled", { permittedById: "emp_4" }],
  ["Consultation_window_when", { windowFrom: null, windowTo: null }],
  ["Consultation_window_when", { state: "SUBMITTED" }],
  ["Consultation_window_range", { windowTo: day }],
  ["Consultation_window_range", { windowTo: "2026-11-25T00:00:01Z" }],
  ["Loan_seats_apart", { registeredById: "emp_1" }],
  ["Loan_seats_filled", { signedById: null, signedAt: null }],
  ["Loan_copies_range", { copies: 0 }],
  ["Loan_term_range", { termHours: 73 }],
  ["Loan_term_range", { termHours: 0 }],
  ["Loan_registered_when", { termHours: null }],
  ["Loan_lent_when", { lentAt: null, dueAt: null, state: "LOST" }],
  ["Loan_lent_when", { state: "REGISTERED" }],
  ["Loan_due_range", { dueAt: null }],
  ["Loan_due_range", { dueAt: day }],
  ["Loan_due_range", { dueAt: "2026-11-25T00:00:01Z" }],
  ["Loan_returned_when", { returnedToId: "emp_3", returnedAt: later }],
  [
    "Loan_returned_when",
    { state: "RETURNED", returnedToId: "emp_3", returnedAt: later, returnCondition: null },
  ],
  ["SensitiveUseRecord_fields_given", { fields: [] }],
  ["FormEvent_changes_given", { changes: null }],
  ["FormCounter_last_range", { last: -1 }],
  ["CompanyDay_name_filled", { name: " " }],
])("%s refuses %o", async (constraint, wrong) => {
  const table = constraint.slice(0, constraint.indexOf("_"));
  await expect(change(table, wrong)).rejects.toMatchObject({ code: "23514", constraint });
});

test.each<[constraint: string, table: string, second: Row, allowed: Row]>([
  ["Allocation_open_key", "Allocation", { id: "alc_2" }, { endedAt: later }],
  ["Loan_open_key", "Loan", { id: "loa_2", formNo: "L2" }, { state: "LOST" }],
  ["Loan_open_key", "Loan", { id: "loa_2", formNo: "L2" }, { borrowerId: "emp_4" }],
  ["CopyRequest_disclosure_key", "CopyRequest", { id: "cpy_2", formNo: "K2" }, { state: "LAPSED" }],
  ["Grant_post_key", "Grant", { id: "gra_2" }, { state: "SUPERSEDED" }],
  ["Grant_post_key", "Grant", { id: "gra_2" }, { kind: "CASE" }],
  ["Grant_post_key", "Grant", { id: "gra_2" }, { granteeId: "emp_2" }],
])("%s: a second one in %s is refused, unless it is %o %o", async (constraint, table, second, allowed) => {
  await insert(table, { ...good[table], ...second, ...allowed });
  await client.query(`ROLLBACK; ${begin}`);
  await expect(insert(table, { ...good[table], ...second })).rejects.toMatchObject({
    code: "23505",
    constraint,
  });
});

test("nobody manages themselves", async () => {
  const self = client.query(`UPDATE "Employee" SET "managerId" = "id" WHERE "id" = 'emp_1'`);
  await expect(self).rejects.toMatchObject({ constraint: "Employee_manager_other" });
});

test("every check has a case here", async () => {
  const { rows } = await client.query<{ conname: string }>(
    "SELECT conname FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace",
  );
  const source = await readFile(new URL(import.meta.url), "utf8");
  const untested = rows.map(({ conname }) => conname).filter((name) => !source.includes(`"${name}"`));
  expect(untested).toEqual([]);
});
