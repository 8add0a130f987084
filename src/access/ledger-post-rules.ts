import { bySight, type PostRule } from "./post-rule.js";

const events = ["LedgerEvent", "LedgerTouch"];

/** Who reads the record of what was read, done and refused (rulebook 2.2 AuditEvent, 3.2 "audit in full", S000-6.1b). */
export const ledgerPostRules: readonly PostRule[] = [
  // From where somebody came is for them and for whoever reads the audit "in full" (rulebook 3.2); heads are not told.
  {
    who: {},
    rows: ["own"],
    uses: bySight,
    records: events,
    fields: { META: "*", DEVICE_TECHNICAL: "*" },
  },
  {
    who: { roles: ["DEPT_HEAD"] },
    rows: ["department"],
    uses: bySight,
    records: events,
    fields: { META: "*" },
  },
  {
    who: { roles: ["AUDITOR"] },
    rows: [],
    uses: bySight,
    fields: { META: "*", DEVICE_TECHNICAL: "*" },
  },
  {
    who: { departments: ["ADMINISTRATION"], kinds: ["FORMAL"] },
    rows: [],
    uses: bySight,
    fields: { META: "*", DEVICE_TECHNICAL: "*" },
  },
  // Sets and lifts delays where it is about administration.
  {
    who: { roles: ["GENERAL_MANAGER"] },
    rows: [],
    uses: bySight,
    records: ["DisclosureDelay"],
    fields: { META: "*" },
  },
];
