import {
  asked,
  custodial,
  deviceFile,
  deviceHolding,
  deviceSetup,
  procurement,
  secretReviewed,
  shared,
  stockedIn,
  wished,
} from "./post-fields.js";
import { bySight, employed, type PostRule } from "./post-rule.js";

/** Who may use what of devices and their forms by their post: the device matrix (rulebook 3.3). */
export const devicePostRules: readonly PostRule[] = [
  {
    who: { kinds: employed },
    rows: ["own"],
    uses: bySight,
    fields: {
      META: "*",
      DEVICE_BASIC: "*",
      DEVICE_TECHNICAL: custodial,
    },
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
    fields: { META: "*", DEVICE_BASIC: "*" },
  },
  // How a device for classified records is set up is as classified as they are (rulebook 2.2).
  {
    who: { departments: ["TECHNOLOGY"] },
    rows: ["secrecy"],
    uses: bySight,
    fields: { DEVICE_TECHNICAL: "*" },
  },
  {
    who: { departments: ["TECHNOLOGY"] },
    rows: [],
    uses: ["CREATE", "CORRECT"],
    fields: { DEVICE_BASIC: deviceFile },
  },
  {
    who: { departments: ["TECHNOLOGY"] },
    rows: ["secrecy"],
    uses: ["CREATE", "CORRECT"],
    fields: { DEVICE_BASIC: ["Device.classified"], DEVICE_TECHNICAL: deviceSetup },
  },
  // What keeps them from it may be their own device: it is theirs to put in order.
  {
    who: { departments: ["TECHNOLOGY"] },
    rows: ["own"],
    uses: ["SEE", "CORRECT"],
    records: ["Device"],
    fields: { DEVICE_TECHNICAL: deviceSetup },
  },
  // Nothing is registered without one of them (S004-P4-24); technology copies them from the slip, and reads none.
  {
    who: { departments: ["TECHNOLOGY"] },
    rows: [],
    uses: ["CREATE"],
    fields: { DEVICE_FINANCE: stockedIn },
  },
  {
    who: { departments: ["FINANCE"] },
    rows: [],
    uses: bySight,
    fields: { META: "*", DEVICE_BASIC: "*", DEVICE_FINANCE: "*" },
  },
  { who: { departments: ["FINANCE"] }, rows: [], uses: ["CORRECT"], fields: { DEVICE_FINANCE: "*" } },
  // Who wishes something reads what they wished; who approves a purchase, what it is and what it came to.
  {
    who: { kinds: employed },
    rows: ["own"],
    uses: bySight,
    records: ["Procurement"],
    fields: { DEVICE_FINANCE: wished },
  },
  // Signs for heads of departments (rulebook 6-31), and stands in for administration and technology (6-32).
  {
    who: { roles: ["GENERAL_MANAGER"] },
    rows: [],
    uses: bySight,
    records: ["NeedAssessment", "Procurement", "Quote", "ConfigLine", "Acceptance", "AcceptanceLine"],
    fields: { META: "*", DEVICE_BASIC: "*", DEVICE_FINANCE: "*" },
  },
  {
    who: { roles: ["GENERAL_MANAGER"] },
    rows: [],
    uses: bySight,
    records: ["Allocation", "DeviceShare"],
    fields: { META: "*", DEVICE_BASIC: "*", DEVICE_TECHNICAL: shared },
  },
  // Who decides for the general manager's own department reads what is asked for.
  {
    who: { roles: ["ADMIN_HEAD"] },
    rows: [],
    uses: bySight,
    records: ["DeviceShare"],
    fields: { DEVICE_TECHNICAL: shared },
  },
  // Whoever is handed a device signs for it, reports what happens to it, and gives it back.
  {
    who: { kinds: ["PARTNER", "AGENCY", "VENDOR_STAFF"] },
    rows: ["own"],
    uses: bySight,
    records: ["Allocation", "Device", "Fault", "DeviceCopy"],
    fields: { META: "*", DEVICE_BASIC: "*", DEVICE_TECHNICAL: custodial },
  },
  // Whoever asks, whose device it is, and who decides (S001-P1-3.1.4.3).
  {
    who: { kinds: employed },
    rows: ["own"],
    uses: bySight,
    records: ["DeviceShare"],
    fields: { DEVICE_TECHNICAL: shared },
  },
  // Whoever wants software on their device; what is allowed and what is not is told to everybody (S001-P1-3.2.3).
  {
    who: { kinds: employed },
    rows: ["own"],
    uses: bySight,
    records: ["InstallRequest"],
    fields: { DEVICE_TECHNICAL: asked },
  },
  // Who is told that forbidden software was asked for reads by whom, and what (S001-P1-3.2.4).
  {
    who: { roles: ["DEPT_HEAD"] },
    rows: ["department"],
    uses: bySight,
    records: ["InstallRequest"],
    fields: { DEVICE_TECHNICAL: asked },
  },
  {
    who: { roles: ["SECURITY_OFFICER"] },
    rows: [],
    uses: bySight,
    records: ["InstallRequest"],
    fields: { META: "*", DEVICE_TECHNICAL: asked },
  },
  {
    who: { kinds: employed },
    rows: [],
    uses: bySight,
    records: ["KnownSoftware"],
    fields: { META: "*" },
  },
  {
    who: { kinds: employed },
    rows: ["carried"],
    uses: bySight,
    records: ["DeviceShare"],
    fields: { META: "*", DEVICE_TECHNICAL: shared },
  },
  {
    who: { roles: ["DEPT_HEAD"] },
    rows: ["department"],
    uses: bySight,
    records: ["DeviceShare"],
    fields: { DEVICE_TECHNICAL: shared },
  },
  // Head and keeper review what shows classified records, and whoever admits equipment may end it (S004-P4-15).
  {
    who: { roles: ["SECRET_KEEPER", "SECURITY_OFFICER", "GENERAL_MANAGER"] },
    rows: ["secretReview"],
    uses: bySight,
    records: ["SecretReview"],
    fields: { META: "*", DEVICE_BASIC: "*", DEVICE_TECHNICAL: secretReviewed },
  },
  // What keeps the keeper from confirming a review is told, and so to be seen.
  {
    who: { roles: ["SECRET_KEEPER"] },
    rows: ["secretReview"],
    uses: bySight,
    records: ["Device"],
    fields: {
      META: "*",
      DEVICE_BASIC: ["Device.deviceNo", "Device.state", "Device.custodian", "Device.classified"],
      DEVICE_TECHNICAL: ["Device.passwordSet"],
    },
  },
  {
    who: { roles: ["DEPT_HEAD"] },
    rows: ["department"],
    uses: bySight,
    records: ["SecretReview"],
    fields: { DEVICE_TECHNICAL: secretReviewed },
  },
  // Who keeps the register of what is lent and copied confirms that it is wiped (S004-P5-20, P5-23).
  {
    who: { roles: ["CUST_INFO_SPECIALIST", "CUST_INFO_SUPERVISOR"] },
    rows: [],
    uses: bySight,
    records: ["DeviceCopy"],
    fields: { META: "*", DEVICE_BASIC: "*", DEVICE_TECHNICAL: "*" },
  },
  {
    who: { roles: ["INSPECTOR"] },
    rows: [],
    uses: ["SEE"],
    records: ["Device"],
    fields: { META: "*" },
  },
  {
    who: { roles: ["INSPECTOR"] },
    rows: ["secrecy"],
    uses: ["SEE"],
    records: ["Device"],
    fields: { DEVICE_TECHNICAL: ["Device.sealNo", "Device.antivirusAt"] },
  },
];
