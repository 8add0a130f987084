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
export const disposed = ["Disposal.method", "Disposal.reason", "Disposal.note", "Disposal.customers"];
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
export const deviceHolding = ["Device.department", "Device.custodian", "Device.idleSince"];
export const deviceFile = [
  "Device.deviceNo",
  "Device.kind",
  "Device.model",
  "Device.spec",
  "Device.purchasedAt",
  "Device.isCustomerListDevice",
  "Device.classified",
];
