import type { RowWord } from "./rows.js";
import type { CustomerClass, FieldClass, Operation, Tier, Use } from "./vocabulary.js";

/** What a right needs beyond its tier (rulebook 3.3): the letters of the matrix in words. */
export type Extra =
  | "DECLARATION"
  | "GROUP"
  | "SECOND_PERSON"
  | "APPROVAL"
  | "TIME_LIMIT"
  | "QUALIFICATION"
  | "WRITE_ONLY";

export interface Requirement {
  readonly tier: Tier;
  readonly extra: readonly Extra[];
}

const from = (tier: Tier, ...extra: Extra[]): Requirement => ({ tier, extra });

/** What each operation on a class takes; null: no tier opens it. */
export type ClassRow = Readonly<Record<Operation, Requirement | null>>;

/** The rows that BASIC, BUSINESS and ORDER have in common. */
const open: ClassRow = {
  SEE_MASKED: null,
  SEE_CLEAR: from("POST"),
  FILTER: from("POST"),
  SORT: from("POST"),
  AGGREGATE: from("POST", "GROUP"),
  CREATE: from("POST"),
  CORRECT: from("STEWARD"),
  DELETE: from("STEWARD", "SECOND_PERSON", "APPROVAL"),
  EXPORT: from("POST", "APPROVAL"),
  BORROW: from("POST", "APPROVAL", "TIME_LIMIT"),
};

/** The rows that FINANCIAL and PRIVATE have in common. */
const sensitive: ClassRow = {
  SEE_MASKED: from("SERVICE"),
  SEE_CLEAR: from("SENSITIVE", "DECLARATION"),
  FILTER: from("SENSITIVE", "DECLARATION"),
  SORT: from("SENSITIVE", "DECLARATION"),
  AGGREGATE: from("SENSITIVE", "DECLARATION", "GROUP"),
  CREATE: from("POST", "WRITE_ONLY"),
  CORRECT: from("STEWARD", "DECLARATION"),
  DELETE: from("STEWARD", "SECOND_PERSON", "DECLARATION", "APPROVAL"),
  EXPORT: from("SENSITIVE", "DECLARATION", "APPROVAL"),
  BORROW: from("SENSITIVE", "DECLARATION", "APPROVAL", "TIME_LIMIT"),
};

/** One line of the device, grant and staff matrices: these people may use these fields of these rows so. */
export interface PostRule {
  /** All that are given must fit; none given: everyone. */
  readonly who: {
    readonly departments?: readonly string[];
    readonly roles?: readonly string[];
    readonly kinds?: readonly string[];
  };
  /** Empty: every row. */
  readonly rows: readonly Extract<RowWord, "own" | "department" | "approved" | "decided">[];
  readonly uses: readonly Use[];
  /** By class: every field of it, or those named. */
  readonly fields: Partial<Record<FieldClass, "*" | readonly string[]>>;
}

/** The rights that come with a post rather than with a grant, by what they are about. */
export type Domain = "device" | "grant" | "staff" | "directory";

export interface Policy {
  readonly version: number;
  /** Which base conditions this deployment enforces on customer data (rulebook 3.3: d, its address, t, n, p). */
  readonly conditions: Readonly<
    Record<"device" | "address" | "training" | "commitment" | "purpose", boolean>
  >;
  /** Service accounts are nobody to train or to swear in: the person in charge of them is. */
  readonly exemptFromPersonalConditions: readonly string[];
  /** Kinds of principals who may read the schema through introspection. */
  readonly introspection: readonly string[];
  readonly customers: Readonly<Record<CustomerClass, ClassRow>>;
  /** What customers read of themselves (rulebook 3.2): all but BUSINESS. */
  readonly self: readonly FieldClass[];
  readonly posts: Readonly<Record<Domain, readonly PostRule[]>>;
}

const employed = ["FORMAL", "TEMP", "INTERN", "SYSTEM"];
const bySight: readonly Use[] = ["SEE", "FILTER", "SORT"];

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
const implementable = [
  ...standing,
  ...applied,
  "GrantClass.fieldClass",
  "GrantClass.cap",
  "GrantClass.onlyFields",
];
const applicationTexts = ["GrantApplication.reason", "GrantApplication.changeReason"];
const decisionTrail = ["GrantApplication.decision", "GrantApplication.unitSeal"];
const declared = [
  "SensitiveUse.purpose",
  "SensitiveUse.fields",
  "SensitiveUse.customers",
  "SensitiveUse.standing",
  "SensitiveUse.plannedFrom",
  "SensitiveUse.plannedUntil",
  "SensitiveUse.returnNote",
];
const everythingButNotes = [...implementable, ...applicationTexts, ...decisionTrail, ...declared];
const directory = [
  "Employee.staffNo",
  "Employee.name",
  "Employee.kind",
  "Employee.department",
  "Employee.post",
  "Employee.status",
  "Employee.devices",
];
const procurement = [
  "Device.price",
  "Device.supplier",
  "Device.contractNo",
  "Device.stockInNo",
  "Device.fixedAssetNo",
];
const deviceHolding = ["Device.department", "Device.custodian", "Device.idleSince"];
const deviceFile = [
  "Device.deviceNo",
  "Device.kind",
  "Device.model",
  "Device.spec",
  "Device.purchasedAt",
  "Device.isCustomerListDevice",
  "Device.classified",
];

/** The rulebook's tables (3.2, 3.3) as data: what this deployment enforces, in one place. */
export const policy: Policy = {
  version: 1,
  conditions: { device: true, address: false, training: true, commitment: true, purpose: true },
  exemptFromPersonalConditions: ["SYSTEM"],
  introspection: [...employed, "PARTNER", "AGENCY", "VENDOR_STAFF", "CUSTOMER"],
  customers: {
    BASIC: { ...open, SEE_MASKED: from("MASKED"), CREATE: from("POST", "QUALIFICATION") },
    BUSINESS: open,
    ORDER: open,
    SERVICE: {
      SEE_MASKED: from("POST"),
      SEE_CLEAR: from("SERVICE"),
      FILTER: from("SERVICE"),
      SORT: from("SERVICE"),
      AGGREGATE: from("SERVICE", "GROUP"),
      CREATE: from("POST"),
      CORRECT: from("SERVICE"),
      DELETE: from("STEWARD", "SECOND_PERSON", "APPROVAL"),
      EXPORT: from("SERVICE", "APPROVAL"),
      BORROW: from("SERVICE", "APPROVAL", "TIME_LIMIT"),
    },
    FINANCIAL: sensitive,
    PRIVATE: sensitive,
  },
  self: ["BASIC", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE", "META"],
  posts: {
    device: [
      {
        who: { kinds: employed },
        rows: ["own"],
        uses: bySight,
        fields: { META: "*", DEVICE_BASIC: "*", DEVICE_TECHNICAL: ["Device.ipAddress", "Device.sealNo"] },
      },
      {
        who: { roles: ["DEPT_HEAD"] },
        rows: ["department"],
        uses: bySight,
        fields: { META: "*", DEVICE_BASIC: "*" },
      },
      {
        who: { departments: ["ADMINISTRATION"] },
        rows: [],
        uses: bySight,
        fields: { META: "*", DEVICE_BASIC: "*", DEVICE_FINANCE: "*" },
      },
      {
        who: { departments: ["ADMINISTRATION"] },
        rows: [],
        uses: ["CORRECT"],
        fields: { DEVICE_BASIC: deviceHolding, DEVICE_FINANCE: procurement },
      },
      {
        who: { departments: ["TECHNOLOGY"] },
        rows: [],
        uses: bySight,
        fields: { META: "*", DEVICE_BASIC: "*", DEVICE_TECHNICAL: "*" },
      },
      {
        who: { departments: ["TECHNOLOGY"] },
        rows: [],
        uses: ["CREATE", "CORRECT"],
        fields: { DEVICE_BASIC: deviceFile, DEVICE_TECHNICAL: "*" },
      },
      {
        who: { departments: ["FINANCE"] },
        rows: [],
        uses: bySight,
        fields: { META: "*", DEVICE_BASIC: "*", DEVICE_FINANCE: "*" },
      },
      { who: { departments: ["FINANCE"] }, rows: [], uses: ["CORRECT"], fields: { DEVICE_FINANCE: "*" } },
      {
        who: { roles: ["INSPECTOR"] },
        rows: [],
        uses: ["SEE"],
        fields: { META: "*", DEVICE_TECHNICAL: ["Device.sealNo", "Device.antivirusAt"] },
      },
    ],
    grant: [
      {
        who: { kinds: [...employed, "PARTNER", "AGENCY", "VENDOR_STAFF"] },
        rows: ["own"],
        uses: bySight,
        fields: { META: "*", GRANT: everythingButNotes },
      },
      {
        who: { roles: ["DEPT_HEAD"] },
        rows: ["department"],
        uses: bySight,
        fields: { META: "*", GRANT: everythingButNotes },
      },
      {
        who: { roles: ["DEPT_HEAD"] },
        rows: ["department", "decided"],
        uses: bySight,
        fields: { GRANT: ["GrantApplication.reviewerNotes"] },
      },
      {
        who: { departments: ["ADMINISTRATION"] },
        rows: [],
        uses: bySight,
        fields: { META: "*", GRANT: "*" },
      },
      { who: { roles: ["AUDITOR"] }, rows: [], uses: bySight, fields: { META: "*", GRANT: "*" } },
      {
        who: { departments: ["TECHNOLOGY"] },
        rows: ["approved"],
        uses: bySight,
        fields: { META: "*", GRANT: implementable },
      },
    ],
    staff: [
      { who: {}, rows: ["own"], uses: bySight, fields: { META: "*", STAFF: "*" } },
      { who: { kinds: employed }, rows: [], uses: bySight, fields: { META: directory } },
      {
        who: { roles: ["DEPT_HEAD"] },
        rows: ["department"],
        uses: bySight,
        fields: {
          META: "*",
          STAFF: [
            "Employee.trainingRecords",
            "TrainingRecord.employee",
            "TrainingRecord.trainer",
            "TrainingRecord.kind",
            "TrainingRecord.topics",
            "TrainingRecord.heldAt",
            "TrainingRecord.attendedHours",
            "TrainingRecord.score",
            "TrainingRecord.passed",
            "TrainingRecord.expiresAt",
          ],
        },
      },
      { who: { departments: ["ADMINISTRATION"] }, rows: [], uses: bySight, fields: { META: "*" } },
    ],
    directory: [{ who: {}, rows: [], uses: bySight, fields: { META: "*" } }],
  },
};
