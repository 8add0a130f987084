import type {
  Cap,
  CustomerScope,
  DepartmentCode,
  FieldClass,
  Operation,
  PrincipalKind,
  Role,
  Secrecy,
  Tier,
} from "../client.js";

/** A login of the demo organisation, with all that it may. */
export interface DemoAccount {
  /** The name to sign in with. */
  readonly staffNo: string;
  readonly name: string;
  readonly kind: PrincipalKind;
  readonly department: DepartmentCode;
  readonly roles: readonly Role[];
  readonly post: string;
  /** What the account shows, in one line. */
  readonly what: string;
  /** The number of the device in this person's custody. */
  readonly device: string | null;
  /** The number of the device that requests come from: the own one, or the desk's where a visitor reads. */
  readonly asksFrom: string | null;
  /** The one to state unless another is asked for: of the grant's, or of the grant that is to come. */
  readonly purpose: string | null;
  readonly password: string;
  readonly grant: DemoGrant | null;
  /** Code of the customer whose login this is. */
  readonly customer: string | null;
  /** Days from the loading to the end of the contract; null: open-ended. */
  readonly contractDays: number | null;
}

/** What a grant of the demo organisation opens; rulebook 3.2. */
export interface DemoGrant {
  readonly tier: Tier;
  readonly classes: readonly DemoGrantClass[];
  readonly operations: readonly Operation[];
  readonly customerScope: CustomerScope;
  /** Codes of the customers of a CASE_LIST. */
  readonly caseList: readonly string[];
  readonly purposes: readonly string[];
  readonly secrecyClearance: Secrecy;
}

export interface DemoGrantClass {
  readonly fieldClass: FieldClass;
  readonly cap: Cap;
  /** `Order.quantity`, …; empty: every field of the class. */
  readonly onlyFields: readonly string[];
}
