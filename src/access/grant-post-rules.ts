import {
  consulted,
  disposed,
  dossierNotes,
  everythingButNotes,
  handedOut,
  happened,
  implementable,
  lent,
  objected,
  objectedByCustomer,
  objectionCourse,
  reviewerNotes,
} from "./post-fields.js";
import { bySight, employed, type PostRule } from "./post-rule.js";

/**
 * Whoever oversees all forms: what is noted on one is not for the person whom it is about, whoever that is (rulebook 3.3).
 */
const overseeing = (who: PostRule["who"]): readonly PostRule[] => [
  { who, rows: [], uses: bySight, fields: { META: "*", GRANT: everythingButNotes } },
  { who, rows: ["aboutOthers"], uses: bySight, fields: { GRANT: "*" } },
];

/** Who may use what of grants and of forms about people and customers by their post: the grant matrix (rulebook 3.3). */
export const grantPostRules: readonly PostRule[] = [
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
  // Technology keeps the files of devices, finance lets them go (S000-4.1b, S001-P1-3.1.5).
  {
    who: { departments: ["TECHNOLOGY", "FINANCE"] },
    rows: ["aboutDevice"],
    uses: bySight,
    records: ["FormEvent"],
    fields: { META: "*" },
  },
  // Of the departments those read what is noted on a form that have a part in it.
  {
    who: { departments: ["TECHNOLOGY"] },
    rows: ["technical", "secrecy"],
    uses: bySight,
    records: ["FormEvent"],
    fields: { GRANT: ["FormEvent.changes", "FormEvent.note"] },
  },
  {
    who: { departments: ["FINANCE"] },
    rows: ["priced", "secrecy"],
    uses: bySight,
    records: ["FormEvent"],
    fields: { GRANT: ["FormEvent.changes", "FormEvent.note"] },
  },
  // Whoever contains an incident, and whom it is reported to (rulebook 2.4 I, 6-22).
  {
    who: { roles: ["IT_ENGINEER", "SECURITY_OFFICER", "CUST_INFO_SUPERVISOR", "CS_MANAGER"] },
    rows: ["incident"],
    uses: bySight,
    records: ["Incident", "FormEvent"],
    fields: { META: "*", GRANT: happened },
  },
  // Why a review was rejected or taken back (S004-P4-15).
  {
    who: { roles: ["SECRET_KEEPER", "SECURITY_OFFICER"] },
    rows: ["secretReview"],
    uses: bySight,
    records: ["FormEvent"],
    fields: { META: "*", GRANT: ["FormEvent.changes", "FormEvent.note"] },
  },
  // Who is refused a dossier hears why.
  {
    who: { kinds: [...employed, "PARTNER", "AGENCY", "VENDOR_STAFF"] },
    rows: ["own", "decided"],
    uses: bySight,
    records: ["Consultation", "Loan"],
    fields: { GRANT: dossierNotes },
  },
  // Who is refused software, a device or a purchase hears why.
  {
    who: { kinds: employed },
    rows: ["own", "aboutDevice"],
    uses: bySight,
    records: ["FormEvent"],
    fields: { GRANT: ["FormEvent.note"] },
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
  {
    who: { roles: ["TRAINER"] },
    rows: ["taught"],
    uses: bySight,
    records: ["FormEvent"],
    fields: { META: "*", GRANT: ["FormEvent.changes", "FormEvent.note"] },
  },
  // Customers know where their own objections stand, and what they are told (S000-5.2a, rulebook 6-24).
  {
    who: { kinds: ["CUSTOMER"] },
    rows: ["customers"],
    uses: bySight,
    records: ["Objection"],
    fields: { META: objectionCourse, SERVICE: objectedByCustomer },
  },
  // Customer service takes them in and answers them, administration looks into them, the department rectifies.
  {
    who: { departments: ["CUSTOMER_SERVICE"] },
    rows: ["objection", "secrecy"],
    uses: bySight,
    records: ["Objection", "FormEvent"],
    fields: { META: "*", SERVICE: objected, GRANT: ["FormEvent.changes", "FormEvent.note"] },
  },
  ...[{ departments: ["ADMINISTRATION"] }, { roles: ["ADMIN_REVIEWER"] }, { roles: ["GENERAL_MANAGER"] }].map(
    (who): PostRule => ({
      ...{ who, uses: bySight, records: ["Objection"] },
      rows: ["objection", "secrecy"],
      fields: { SERVICE: objected },
    }),
  ),
  {
    who: { roles: ["DEPT_HEAD"] },
    rows: ["department", "objection", "secrecy"],
    uses: bySight,
    records: ["Objection"],
    fields: { SERVICE: objected },
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
];
