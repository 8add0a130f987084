import { devicePostRules } from "./device-post-rules.js";
import { grantPostRules } from "./grant-post-rules.js";
import { ledgerPostRules } from "./ledger-post-rules.js";
import { directory, trained } from "./post-fields.js";
import { bySight, type Domain, employed, type PostRule } from "./post-rule.js";

/** Who may use what by their post, matrix by matrix. */
export const postRules: Readonly<Record<Domain, readonly PostRule[]>> = {
  device: devicePostRules,
  grant: grantPostRules,
  staff: [
    { who: {}, rows: ["own"], uses: bySight, fields: { META: "*", STAFF: "*" } },
    { who: { kinds: employed }, rows: [], uses: bySight, fields: { META: directory } },
    {
      who: { roles: ["DEPT_HEAD"] },
      rows: ["department"],
      uses: bySight,
      fields: {
        META: "*",
        STAFF: ["Employee.trainingRecords", ...trained],
      },
    },
    // Whom they enrol in a training they can take back, as any head can.
    {
      who: { roles: ["GENERAL_MANAGER", "ADMIN_HEAD"] },
      rows: ["led"],
      uses: bySight,
      records: ["Employee", "TrainingRecord"],
      fields: { META: "*", STAFF: ["Employee.trainingRecords", ...trained] },
    },
    { who: { departments: ["ADMINISTRATION"] }, rows: [], uses: bySight, fields: { META: "*" } },
    // What is to be learnt is announced to everybody who works here; how somebody did in it is not.
    {
      who: { kinds: [...employed, "PARTNER", "AGENCY", "VENDOR_STAFF"] },
      rows: [],
      uses: bySight,
      records: ["TrainingSession"],
      fields: { META: "*" },
    },
    {
      who: { roles: ["TRAINER"] },
      rows: ["taught"],
      uses: bySight,
      records: ["TrainingRecord"],
      fields: { STAFF: trained },
    },
    // Whoever is to answer what staff demand, propose and ask (S000-5.1a).
    {
      who: { roles: ["TRAINER", "IT_ENGINEER", "REPAIRER", "GENERAL_MANAGER"] },
      rows: [],
      uses: bySight,
      records: ["StaffRequest"],
      fields: { META: "*" },
    },
  ],
  directory: [{ who: {}, rows: [], uses: bySight, fields: { META: "*" } }],
  inbox: [{ who: {}, rows: ["own"], uses: bySight, fields: { META: "*" } }],
  ledger: ledgerPostRules,
};
