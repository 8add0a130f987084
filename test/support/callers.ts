import type { Caller, CallerDeclaration, CallerDevice, CallerGrant } from "../../src/access/caller.js";
import { operations } from "../../src/access/vocabulary.js";

export const now = new Date("2026-11-22T15:00:00+08:00");
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

export const device = (changes: Partial<CallerDevice> = {}): CallerDevice => ({
  id: "dev_1",
  deviceNo: "D1",
  state: "IN_USE",
  custodianId: "emp_1",
  custodianDepartment: "SALES",
  custodianSecretPostUntil: days(100),
  isCustomerListDevice: true,
  ipAddress: "10.0.0.1",
  classified: true,
  secretReviewedAt: days(-10),
  stockTakeDueAt: null,
  nextMaintenanceAt: null,
  lastSeenAt: null,
  provedBy: "BEARER",
  ...changes,
});

/** A grant of the SENSITIVE tier on everything, for every purpose-bound operation. */
export const grant = (changes: Partial<CallerGrant> = {}): CallerGrant => ({
  id: "gra_1",
  tier: "SENSITIVE",
  classes: (["BASIC", "BUSINESS", "ORDER", "SERVICE", "FINANCIAL", "PRIVATE"] as const).map((fieldClass) => ({
    fieldClass,
    cap: "CLEAR",
    onlyFields: [],
  })),
  operations,
  customerScope: "ALL",
  customerList: [],
  purposes: ["ORDER_HANDLING"],
  secrecyClearance: "ORDINARY",
  validFrom: days(-1),
  validTo: days(1),
  state: "ACTIVE",
  ...changes,
});

export const declaration = (changes: Partial<CallerDeclaration> = {}): CallerDeclaration => ({
  id: "use_1",
  grantId: "gra_1",
  customers: ["cus_1"],
  fields: ["Customer.idNumber", "Customer.taxId"],
  standing: false,
  plannedFrom: days(-1),
  plannedUntil: days(1),
  acknowledged: true,
  state: "OPEN",
  ...changes,
});

/** Somebody who meets every condition: trained, committed, on an own device that has been reviewed, with a purpose. */
export const caller = (changes: Partial<Caller> = {}): Caller => ({
  id: "emp_1",
  staffNo: "somebody",
  name: "Somebody",
  kind: "FORMAL",
  status: "ACTIVE",
  department: "SALES",
  roles: ["SELLER"],
  contractEndsAt: null,
  customerId: null,
  device: device(),
  address: "10.0.0.1",
  trainings: [
    {
      kind: "DEVICE",
      topics: ["FUNCTIONS", "QUERY_ENTRY", "DATA_PROTECTION"],
      passed: true,
      expiresAt: days(100),
    },
    { kind: "SECRET_POST", topics: [], passed: true, expiresAt: days(100) },
  ],
  commitments: [{ kind: "STAFF", signedAt: days(-100), validTo: null }],
  grants: [grant()],
  declarations: [],
  consultations: [],
  purpose: "ORDER_HANDLING",
  now,
  ...changes,
});

export { days };
