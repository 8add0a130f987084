import type { Cap, FieldClass, Operation } from "../client.js";
import type { DemoGrant, DemoGrantClass } from "./account.js";

// The default scopes of rulebook 3.2, one a row: CLEAR columns have the cap CLEAR, MASKED ones MASKED,
// a withheld class is not on the grant. The operations are those that 3.3 gives to the tier.

const capped = (cap: Cap, ...classes: FieldClass[]): DemoGrantClass[] =>
  classes.map((fieldClass) => ({ fieldClass, cap, onlyFields: [] }));

const glance: Operation[] = ["SEE_MASKED"];
const read: Operation[] = ["SEE_MASKED", "SEE_CLEAR", "FILTER", "SORT", "AGGREGATE"];
const take: Operation[] = ["EXPORT", "BORROW"];

const unlisted = { caseList: [], secrecyClearance: "ORDINARY" } as const;

export const sales: DemoGrant = {
  ...unlisted,
  tier: "POST",
  classes: [
    ...capped("CLEAR", "BASIC", "BUSINESS", "ORDER"),
    ...capped("MASKED", "SERVICE"),
    ...capped("WRITE_ONLY", "FINANCIAL", "PRIVATE"),
  ],
  operations: [...read, ...take, "CREATE"],
  customerScope: "OWN",
  purposes: ["ORDER_HANDLING", "MARKETING"],
};

export const production: DemoGrant = {
  ...unlisted,
  tier: "POST",
  classes: [
    {
      fieldClass: "ORDER",
      cap: "CLEAR",
      onlyFields: ["Order.quantity", "Order.deliveryDate", "Order.specification", "Order.status"],
    },
    ...capped("MASKED", "BASIC"),
  ],
  operations: [...read, ...take],
  customerScope: "OPEN_ORDERS",
  purposes: ["PRODUCTION_PLANNING"],
};

export const customerService: DemoGrant = {
  ...unlisted,
  tier: "SERVICE",
  classes: [
    ...capped("CLEAR", "BASIC", "BUSINESS", "ORDER", "SERVICE"),
    ...capped("MASKED", "FINANCIAL", "PRIVATE"),
  ],
  operations: [...read, ...take, "CREATE", "CORRECT"],
  customerScope: "ALL",
  purposes: ["CUSTOMER_SERVICE"],
};

/** Customer service that may open FINANCIAL and PRIVATE by declaring it. */
export const sensitiveService: DemoGrant = {
  ...customerService,
  tier: "SENSITIVE",
  classes: capped("CLEAR", "BASIC", "BUSINESS", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE"),
};

/** CS_MANAGER and CUST_INFO_SUPERVISOR. */
export const supervision: DemoGrant = {
  ...sensitiveService,
  tier: "STEWARD",
  operations: [...read, ...take, "CREATE", "CORRECT", "DELETE"],
  purposes: ["CUSTOMER_SERVICE", "DATA_STEWARDSHIP", "REPORTING"],
  secrecyClearance: "CONFIDENTIAL",
};

export const salesStewardship: DemoGrant = {
  ...unlisted,
  tier: "STEWARD",
  classes: [
    ...capped("CLEAR", "BASIC", "BUSINESS", "ORDER"),
    ...capped("MASKED", "SERVICE", "FINANCIAL", "PRIVATE"),
  ],
  operations: [...read, ...take, "CREATE", "CORRECT", "DELETE"],
  customerScope: "DEPARTMENT",
  purposes: ["DATA_STEWARDSHIP"],
};

export const management: DemoGrant = {
  ...customerService,
  operations: [...read, ...take],
  purposes: ["MANAGEMENT"],
  secrecyClearance: "TOP_SECRET",
};

export const finance: DemoGrant = {
  ...unlisted,
  tier: "SENSITIVE",
  classes: [...capped("CLEAR", "FINANCIAL"), ...capped("MASKED", "BASIC")],
  operations: [...read, ...take],
  customerScope: "TRANSACTIONS",
  purposes: ["FINANCE"],
};

export const reporting: DemoGrant = {
  ...unlisted,
  tier: "POST",
  classes: [...capped("CLEAR", "BUSINESS", "ORDER"), ...capped("MASKED", "BASIC")],
  operations: [...read, "EXPORT"],
  customerScope: "ALL",
  purposes: ["REPORTING"],
};

/** Masked BASIC of the customers of a case: administration, compliance, interns, vendor staff. */
export const masked = (purpose: string, ...caseList: string[]): DemoGrant => ({
  ...unlisted,
  tier: "MASKED",
  classes: capped("MASKED", "BASIC"),
  operations: glance,
  customerScope: "CASE_LIST",
  caseList,
  purposes: [purpose],
});

export const quality = (...caseList: string[]): DemoGrant => ({
  ...masked("QUALITY", ...caseList),
  tier: "SERVICE",
  classes: [...capped("CLEAR", "SERVICE"), ...capped("MASKED", "BASIC")],
  operations: [...read, ...take],
});

/** Technology: signed in, no customer data. */
export const none: DemoGrant = {
  ...masked("ACCESS_ADMINISTRATION"),
  tier: "NONE",
  classes: [],
  operations: [],
};
