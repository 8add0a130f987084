import { type Domain, employed, type PostRule } from "./post-rule.js";
import { postRules } from "./post-rules.js";
import type { CustomerClass, FieldClass, Operation, Secrecy, Tier } from "./vocabulary.js";

/** What a right needs beyond its tier (rulebook 3.3): the letters of the matrix in words. */
export const extras = [
  "DECLARATION",
  "GROUP",
  "SECOND_PERSON",
  "APPROVAL",
  "TIME_LIMIT",
  "QUALIFICATION",
  "WRITE_ONLY",
] as const;
export type Extra = (typeof extras)[number];

export interface Requirement {
  readonly tier: Tier;
  readonly extra: readonly Extra[];
  /** Whose own work it is: people of these departments do it from a lower tier ("direct for SVC by CS", rulebook 2.4 H2). */
  readonly direct?: Direct;
}

interface Direct {
  readonly departments: readonly string[];
  readonly tier: Tier;
}

/** The tier from which somebody of a department may. */
export const tierFor = ({ tier, direct }: Requirement, department: string): Tier =>
  direct?.departments.includes(department) ? direct.tier : tier;

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

/** Whose grants a limit is about: all that are given must fit; none given: everybody's. */
export interface Grantees {
  readonly kinds?: readonly string[];
  readonly departments?: readonly string[];
  /** Whoever has one of them. */
  readonly roles?: readonly string[];
  /** STANDING, CASE, …. */
  readonly grants?: readonly string[];
}

/** What a grant can be at most. Of each list the first line that fits counts. */
export interface GrantLimits {
  /** The highest tier that administration approves alone; where no line fits, the department's own (rulebook 3.2). */
  readonly ceilings: readonly (Grantees & { readonly tier: Tier })[];
  /** Up to which clearance administration approves alone; where no line fits, none. */
  readonly clearances: readonly (Grantees & { readonly secrecy: Secrecy })[];
  /** How long a grant runs, in hours; it ends with the contract in any case. */
  readonly terms: readonly (Grantees & { readonly hours: number })[];
  /** Operations that are never granted. */
  readonly never: readonly (Grantees & { readonly operations: readonly Operation[] })[];
  /** How long a sensitive-use declaration is open, in hours: for named customers, and for a whole scope. */
  readonly declarationHours: { readonly named: number; readonly standing: number };
  /** How long access that is opened in an emergency lasts, in hours, at most 4; 0: there is none. */
  readonly emergencyHours: number;
  /** Who may declare for a whole scope (finance, rulebook 3.2). */
  readonly standingDeclarations: readonly Grantees[];
}

export type Condition =
  | "device"
  | "deviceKey"
  | "address"
  | "training"
  | "commitment"
  | "purpose"
  | "stockTake"
  | "maintenance"
  | "review";

export interface Policy {
  readonly version: number;
  /** Version 1, where this release cannot read the version: customer data is closed, and this is what can be changed. */
  readonly insteadOfUnread?: Policy;
  /**
   * Which base conditions this deployment enforces on customer data (rulebook 3.3: d, that it signs with a key of its own,
   * its address, t, n, p); whether a device lets anything through whose stock-take or maintenance is overdue (S004-P4-22,
   * S000-4.4a); and whether what is classified takes a reviewed device and somebody trained for it (S004-P4-15).
   */
  readonly conditions: Readonly<Record<Condition, boolean>>;
  /** Service accounts are nobody to train or to swear in: the person in charge of them is. */
  readonly exemptFromPersonalConditions: readonly string[];
  /** Kinds of principals who may read the schema through introspection. */
  readonly introspection: readonly string[];
  readonly customers: Readonly<Record<CustomerClass, ClassRow>>;
  /** What customers read of themselves (rulebook 3.2): all but BUSINESS. */
  readonly self: readonly FieldClass[];
  readonly posts: Readonly<Record<Domain, readonly PostRule[]>>;
  readonly limits: GrantLimits;
}

/** What a version of the policy says. */
export type PolicyContent = Omit<Policy, "version" | "insteadOfUnread">;

/** Kinds of grants that go with a post: of these one is in force at a time (rulebook 2.2). */
export const postGrants = ["STANDING", "TRANSFER", "CHANGE"] as const;

/** Is it a kind of grant that goes with a post? */
export const isPostGrant = (kind: string): boolean => (postGrants as readonly string[]).includes(kind);

/** Hours. */
const day = 24;

/** Who supervises customer information (rulebook 3.2). */
const supervisors = ["CUST_INFO_SUPERVISOR", "CS_MANAGER"];

/** Version 1: the rulebook's tables (3.2, 3.3) as data. Later versions are the group's. */
export const policy: Policy = {
  version: 1,
  conditions: {
    ...{ device: true, deviceKey: false, address: false, training: true, commitment: true, purpose: true },
    ...{ stockTake: false, maintenance: false, review: true },
  },
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
      CORRECT: { ...from("STEWARD"), direct: { departments: ["CUSTOMER_SERVICE"], tier: "SERVICE" } },
      DELETE: from("STEWARD", "SECOND_PERSON", "APPROVAL"),
      EXPORT: from("SERVICE", "APPROVAL"),
      BORROW: from("SERVICE", "APPROVAL", "TIME_LIMIT"),
    },
    FINANCIAL: sensitive,
    PRIVATE: sensitive,
  },
  self: ["BASIC", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE", "META"],
  posts: postRules,
  limits: {
    ceilings: [
      { departments: ["TECHNOLOGY"], grants: postGrants, tier: "NONE" },
      { kinds: ["TEMP", "INTERN", "VENDOR_STAFF"], tier: "MASKED" },
      { kinds: ["PARTNER", "AGENCY"], tier: "POST" },
      { roles: [...supervisors, "DATA_STEWARD", "GENERAL_MANAGER"], tier: "STEWARD" },
      { departments: ["ADMINISTRATION", "COMPLIANCE", "CHANNEL_MGMT"], grants: postGrants, tier: "MASKED" },
    ],
    clearances: [{ roles: supervisors, secrecy: "CONFIDENTIAL" }],
    terms: [
      { departments: ["TECHNOLOGY"], grants: ["CASE"], hours: day },
      { kinds: ["TEMP", "INTERN", "VENDOR_STAFF"], hours: 90 * day },
      { grants: ["CASE"], hours: 90 * day },
      { kinds: ["PARTNER", "AGENCY"], hours: 365 * day },
      { hours: 731 * day },
    ],
    never: [{ kinds: ["PARTNER", "AGENCY", "VENDOR_STAFF"], operations: ["EXPORT", "BORROW"] }],
    declarationHours: { named: 3 * day, standing: 31 * day },
    emergencyHours: 0,
    standingDeclarations: [{ departments: ["FINANCE"] }],
  },
};
