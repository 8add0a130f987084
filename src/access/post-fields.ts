// The fields that rights of posts speak of, by what they tell together.

const standing = [
  "Grant.tier",
  "Grant.kind",
  "Grant.classes",
  "Grant.operations",
  "Grant.customerScope",
  "Grant.purposes",
  "Grant.secrecyClearance",
  "Grant.validFrom",
  "Grant.validTo",
  "Grant.customerList",
];
const applied = [
  "GrantApplication.tier",
  "GrantApplication.kind",
  "GrantApplication.classes",
  "GrantApplication.operations",
  "GrantApplication.customerScope",
  "GrantApplication.purposes",
  "GrantApplication.secrecyClearance",
  "GrantApplication.validTo",
  "GrantApplication.customerList",
];
export const implementable = [
  ...standing,
  ...applied,
  "GrantClass.fieldClass",
  "GrantClass.cap",
  "GrantClass.onlyFields",
];
const applicationTexts = [
  "GrantApplication.reason",
  "GrantApplication.changeReason",
  "Offboarding.reason",
  "EmergencyAccess.reason",
  "HandoverLine.item",
];
const decisionTrail = [
  "GrantApplication.decision",
  "GrantApplication.unitSeal",
  "GroupVote.inFavour",
  "FormEvent.changes",
];
export const reviewerNotes = [
  "GrantApplication.reviewerNotes",
  "EmergencyAccess.reviewerNotes",
  "GroupVote.note",
  "FormEvent.note",
];
const declared = [
  "SensitiveUse.purpose",
  "SensitiveUse.fields",
  "SensitiveUse.customers",
  "SensitiveUse.standing",
  "SensitiveUse.plannedFrom",
  "SensitiveUse.plannedUntil",
  "SensitiveUse.objection",
  "SensitiveUse.returnNote",
  "SensitiveUse.records",
  "SensitiveUseRecord.customer",
  "SensitiveUseRecord.fields",
];
export const consulted = [
  "Consultation.purpose",
  "Consultation.reason",
  "Consultation.readerProfile",
  "Consultation.identityDocument",
  "Consultation.unitSeal",
  "Consultation.windowFrom",
  "Consultation.windowTo",
];
export const lent = ["Loan.copies", "Loan.reason", "Loan.unitSeal", "Loan.termHours", "Loan.returnCondition"];
export const dossierNotes = ["Consultation.decisionNote", "Loan.decisionNote"];
export const handedOut = [
  ...["customer", "fields", "recipient", "purpose", "medium", "reason", "forOutside", "disclosure"].map(
    (field) => `CopyRequest.${field}`,
  ),
  ...["decisionNote", "measures", "receipt"].map((field) => `CopyRequest.${field}`),
  ...["customer", "fields", "recipient", "purpose", "channel", "consentGivenBy", "consentAt"].map(
    (field) => `ExternalDisclosure.${field}`,
  ),
  ...["legalBasis", "refusalNote", "measures"].map((field) => `ExternalDisclosure.${field}`),
];
const appealed = ["grant", "text", "wanted", "result", "answer", "groupResult", "groupAnswer", "opened"].map(
  (field) => `Appeal.${field}`,
);
/** What customers are told of their own objections, and what they have written: no names (rulebook 6-24). */
export const objectedByCustomer = ["against", "againstDepartment", "result", "answer", "firstAnswer"].map(
  (field) => `Objection.${field}`,
);
/** Where it stands, for them. */
export const objectionCourse = [
  ...["formNo", "customer", "statementVersion", "filedAt", "ackAt", "rectificationDue"],
  ...["closedAt", "reopenableUntil", "reopenedAt", "dueAt", "state"],
].map((field) => `Objection.${field}`);
/** All of it, for those who deal with it. */
export const objected = [
  ...objectedByCustomer,
  ...["againstEmployee", "finding", "rectification", "firstFinding"].map((field) => `Objection.${field}`),
];
export const disposed = ["Disposal.method", "Disposal.reason", "Disposal.note", "Disposal.customers"];
export const happened = ["Incident.text", "Incident.remedy"];
/** What a violation is, and what follows from it. */
const violated = [
  ...["rule", "clause", "details", "foundBy", "statement"],
  ...["reason", "sanction", "amount"],
].map((field) => `Violation.${field}`);
export const everythingButNotes = [
  ...implementable,
  ...applicationTexts,
  ...decisionTrail,
  ...declared,
  ...consulted,
  ...lent,
  ...handedOut,
  ...appealed,
  ...disposed,
  ...happened,
  ...violated,
];
export const directory = [
  "Employee.staffNo",
  "Employee.name",
  "Employee.kind",
  "Employee.department",
  "Employee.post",
  "Employee.status",
  "Employee.devices",
];
export const procurement = [
  "Device.price",
  "Device.supplier",
  "Device.contractNo",
  "Device.stockInNo",
  "Device.fixedAssetNo",
];
/** What proves that a device has been received, before it is registered (S004-P4-24). */
export const stockedIn = ["Device.stockInNo", "Device.fixedAssetNo"];
export const wished = ["Procurement.need", "Procurement.requestedByDept"];
export const deviceHolding = ["Device.department", "Device.custodian", "Device.idleSince"];
export const deviceFile = [
  "Device.deviceNo",
  "Device.kind",
  "Device.model",
  "Device.spec",
  "Device.purchasedAt",
  "Device.isCustomerListDevice",
];
/** How somebody does in a training. */
export const trained = [
  ...["employee", "session", "trainer", "kind", "topics", "heldAt", "attendedHours", "score"],
  ...["evaluatedAt", "expiresAt", "renewedAt", "dueAt", "state", "history"],
].map((field) => `TrainingRecord.${field}`);
/** What whoever has a device sees of what is set on it, and of a fault that they reported: what, and who is to see to it. */
export const custodial = ["Device.ipAddress", "Device.sealNo", "Fault.symptom", "Fault.repairer"];
/** What the head found on a device for classified records. */
export const secretReviewed = ["SecretReview.findings"];
/** What those whom a shared device concerns see of it. */
export const shared = [
  ...["device", "custodian", "asker", "purpose", "until"],
  ...["decidedBy", "decidedAt", "endedAt"],
].map((field) => `DeviceShare.${field}`);
/** What whoever asks for software sees of it. */
export const asked = ["device", "asker", "software", "purpose", "listed", "confirmedBy", "installedBy"].map(
  (field) => `InstallRequest.${field}`,
);
/** What technology sets and finds on a device. What its forms tell, reviews and maintenance, nobody writes by hand. */
export const deviceSetup = [
  "Device.ipAddress",
  "Device.vlan",
  "Device.macAddress",
  "Device.software",
  "Device.components",
  "Device.sealNo",
  "Device.configBaseline",
  "Device.antivirusAt",
  "Device.firewall",
  "Device.passwordSet",
  "Device.maintenanceIntervalDays",
];
