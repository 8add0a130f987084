import type { Cap, CustomerScope, FieldClass, Operation, Secrecy, Tier } from "./vocabulary.js";

/** Who is asking, as facts: loaded once per request, never asked again. Instants are compared with `now`. */
export interface Caller {
  readonly id: string;
  readonly staffNo: string;
  readonly name: string;
  /** PrincipalKind: FORMAL, TEMP, INTERN, PARTNER, VENDOR_STAFF, AGENCY, CUSTOMER, VISITOR, REGULATOR, SYSTEM. */
  readonly kind: string;
  /** EmploymentStatus: ONBOARDING, ACTIVE, TRANSFERRING, LEAVING, LEFT. */
  readonly status: string;
  /** DepartmentCode. */
  readonly department: string;
  readonly roles: readonly string[];
  readonly contractEndsAt: Date | null;
  /** The customer whose login this is. */
  readonly customerId: string | null;
  /** The device whose proof came with the request, if it is a known one. */
  readonly device: CallerDevice | null;
  /** The address that the request came from. */
  readonly address: string | null;
  readonly trainings: readonly CallerTraining[];
  readonly commitments: readonly CallerCommitment[];
  readonly grants: readonly CallerGrant[];
  readonly declarations: readonly CallerDeclaration[];
  readonly consultations: readonly CallerConsultation[];
  /** The purpose stated with the request. */
  readonly purpose: string | null;
  readonly now: Date;
}

export interface CallerDevice {
  readonly id: string;
  readonly deviceNo: string | null;
  readonly state: string;
  readonly custodianId: string | null;
  /** DepartmentCode of whoever has it in custody and is at work. */
  readonly custodianDepartment: string | null;
  /** Until when whoever has it in custody is trained for a secret post; null: they are not. */
  readonly custodianSecretPostUntil: Date | null;
  readonly isCustomerListDevice: boolean;
  readonly ipAddress: string | null;
  readonly classified: boolean;
  readonly secretReviewedAt: Date | null;
  /** KEY: it signed the request with a key of its own. BEARER: a secret came along, which could have been copied. */
  readonly provedBy: string;
  readonly stockTakeDueAt: Date | null;
  readonly nextMaintenanceAt: Date | null;
  /** When a request last came from it, to the hour. */
  readonly lastSeenAt: Date | null;
}

export interface CallerTraining {
  /** TrainingKind: DEVICE, SELLER, SECRET_POST, VENDOR. */
  readonly kind: string;
  /** TrainingTopic: FUNCTIONS, QUERY_ENTRY, DATA_PROTECTION. */
  readonly topics: readonly string[];
  readonly passed: boolean;
  readonly expiresAt: Date;
}

export interface CallerCommitment {
  /** STAFF or NDA. */
  readonly kind: string;
  readonly signedAt: Date;
  readonly validTo: Date | null;
}

export interface CallerGrant {
  readonly id: string;
  readonly tier: Tier;
  readonly classes: readonly GrantedClass[];
  readonly operations: readonly Operation[];
  readonly customerScope: CustomerScope;
  /** The customers of a CASE_LIST, by id. */
  readonly customerList: readonly string[];
  /** Empty: the grant demands none. */
  readonly purposes: readonly string[];
  readonly secrecyClearance: Secrecy;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** GrantState; only ACTIVE opens anything. */
  readonly state: string;
}

export interface GrantedClass {
  readonly fieldClass: FieldClass;
  readonly cap: Cap;
  /** `Order.quantity`, …; empty: every field of the class. */
  readonly onlyFields: readonly string[];
}

export interface CallerDeclaration {
  readonly id: string;
  readonly grantId: string;
  /** By id; ignored where `standing`. */
  readonly customers: readonly string[];
  /** `Customer.idNumber`, …. */
  readonly fields: readonly string[];
  /** Names every customer in the grant's scope (finance). */
  readonly standing: boolean;
  readonly plannedFrom: Date;
  readonly plannedUntil: Date;
  readonly acknowledged: boolean;
  /** SensitiveUseState; only OPEN opens anything. */
  readonly state: string;
}

/** An approved consultation: one dossier, which may be read in a window of time and in no other. */
export interface CallerConsultation {
  readonly dossierId: string;
  readonly from: Date;
  readonly to: Date;
}
