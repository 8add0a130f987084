import {
  consulted,
  deviceFile,
  deviceHolding,
  directory,
  disposed,
  dossierNotes,
  everythingButNotes,
  handedOut,
  implementable,
  lent,
  procurement,
  reviewerNotes,
} from "./post-fields.js";
import type { RowWord } from "./rows.js";
import type { FieldClass, Use } from "./vocabulary.js";

// Rights that come with a post rather than with a grant: the lower tables of rulebook 3.3, staff data and directories.

/** The rows that a post can have rights on. */
export const postRows = [
  "own",
  "aboutOthers",
  "department",
  "approved",
  "decided",
  "escalated",
  "leaving",
  "aboutDossier",
  "handedOut",
  "carried",
] as const satisfies readonly RowWord[];
export type PostRow = (typeof postRows)[number];

/** What a post can do with it. */
export const postUses = ["SEE", "FILTER", "SORT", "CREATE", "CORRECT"] as const satisfies readonly Use[];

/** One line of the device, grant and staff matrices: these people may use these fields of these rows so. */
export interface PostRule {
  /** All that are given must fit; none given: everyone. */
  readonly who: {
    readonly departments?: readonly string[];
    readonly roles?: readonly string[];
    readonly kinds?: readonly string[];
  };
  /** Empty: every row. */
  readonly rows: readonly PostRow[];
  readonly uses: readonly (typeof postUses)[number][];
  /** Only these record types; none given: every one that the matrix governs. */
  readonly records?: readonly string[];
  /** By class: every field of it, or those named. */
  readonly fields: Partial<Record<FieldClass, "*" | readonly string[]>>;
}

/** What the rights of posts are about. */
export const domains = ["device", "grant", "staff", "directory", "inbox"] as const;
export type Domain = (typeof domains)[number];

/** Of these something is written by right of a post; the others are only looked at. */
export const writtenByPost: readonly Domain[] = ["device"];

export const employed = ["FORMAL", "TEMP", "INTERN", "SYSTEM"];
const bySight: PostRule["uses"] = ["SEE", "FILTER", "SORT"];

/**
 * Whoever oversees all forms: what is noted on one is not for the person whom it is about, whoever that is (rulebook 3.3).
 */
const overseeing = (who: PostRule["who"]): readonly PostRule[] => [
  { who, rows: [], uses: bySight, fields: { META: "*", GRANT: everythingButNotes } },
  { who, rows: ["aboutOthers"], uses: bySight, fields: { GRANT: "*" } },
];

/** Who may use what by their post, matrix by matrix. */
export const postRules: Readonly<Record<Domain, readonly PostRule[]>> = {
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
      rows: ["department", "decided", "aboutOthers"],
      uses: bySight,
      fields: { GRANT: [...reviewerNotes, ...dossierNotes] },
    },
    ...overseeing({ departments: ["ADMINISTRATION"] }),
    // A reviewer of another section decides for administration's own people (rulebook 6-32).
    ...overseeing({ roles: ["ADMIN_REVIEWER"] }),
    ...overseeing({ roles: ["AUDITOR"] }),
    // Signs for heads of departments, and decides for administration's own people (rulebook 6-31, 6-32).
    ...overseeing({ roles: ["GENERAL_MANAGER"] }),
    // The heads of departments are the information management group (S002-2.1).
    {
      who: { roles: ["DEPT_HEAD"] },
      rows: ["escalated", "aboutOthers"],
      uses: bySight,
      records: ["GrantApplication", "GrantClass", "GroupVote", "FormEvent", "Appeal", "TierPolicy"],
      fields: { META: "*", GRANT: "*" },
    },
    // Who decides on what leaves customer service (S004-P5-23.1, P5-24).
    {
      who: { roles: ["CUST_INFO_SUPERVISOR", "CS_MANAGER"] },
      rows: ["handedOut", "aboutOthers"],
      uses: bySight,
      records: ["CopyRequest", "ExternalDisclosure", "FormEvent"],
      fields: { META: "*", GRANT: "*" },
    },
    {
      who: { kinds: employed },
      rows: ["carried"],
      uses: bySight,
      records: ["CopyRequest", "ExternalDisclosure", "FormEvent"],
      fields: { META: "*", GRANT: handedOut },
    },
    {
      who: { departments: ["TECHNOLOGY"] },
      rows: ["approved"],
      uses: bySight,
      fields: { META: "*", GRANT: implementable },
    },
    // Each clears what is theirs of somebody who goes (rulebook 2.4 O).
    {
      who: { departments: ["TECHNOLOGY"] },
      rows: ["leaving"],
      uses: bySight,
      records: ["Offboarding"],
      fields: { META: "*" },
    },
    {
      who: { roles: ["CUST_INFO_SPECIALIST", "CUST_INFO_SUPERVISOR"] },
      rows: ["leaving"],
      uses: bySight,
      records: ["Offboarding"],
      fields: { META: "*" },
    },
    // Customer service decides who reads dossiers, and keeps the loan register (S004-P5-18, 19).
    {
      who: { departments: ["CUSTOMER_SERVICE"] },
      rows: ["aboutDossier", "aboutOthers"],
      uses: bySight,
      records: ["Consultation", "Loan", "FormEvent"],
      fields: {
        META: "*",
        GRANT: [...consulted, ...lent, ...dossierNotes, "FormEvent.changes", "FormEvent.note"],
      },
    },
    // Who is refused a dossier hears why.
    {
      who: { kinds: [...employed, "PARTNER", "AGENCY", "VENDOR_STAFF"] },
      rows: ["own", "decided"],
      uses: bySight,
      records: ["Consultation", "Loan"],
      fields: { GRANT: dossierNotes },
    },
    // Outsiders who come to read a dossier have no other form (S004-P5-18.4).
    {
      who: { kinds: ["VISITOR"] },
      rows: ["own"],
      uses: bySight,
      records: ["Consultation", "FormEvent"],
      fields: { META: "*", GRANT: consulted },
    },
    {
      who: { kinds: ["VISITOR"] },
      rows: ["own", "decided"],
      uses: bySight,
      records: ["Consultation"],
      fields: { GRANT: ["Consultation.decisionNote"] },
    },
    // Customer service proposes and witnesses disposals, stewards decide on them (S004-P5-25, S000-4.3c).
    {
      who: {
        roles: ["CUST_INFO_SPECIALIST", "CS_AGENT", "CUST_INFO_SUPERVISOR", "CS_MANAGER", "DATA_STEWARD"],
      },
      rows: [],
      uses: bySight,
      records: ["Disposal", "FormEvent"],
      fields: { META: "*", GRANT: disposed },
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
  inbox: [{ who: {}, rows: ["own"], uses: bySight, fields: { META: "*" } }],
};
