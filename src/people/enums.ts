import {
  Cap,
  CommitmentKind,
  CustomerScope,
  DepartmentCode,
  EmploymentStatus,
  FieldClass,
  Operation,
  PrincipalKind,
  Role,
  Secrecy,
  Tier,
} from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

// The words that people and their rights are described with, for every feature.

export {
  Cap,
  CommitmentKind,
  CustomerScope,
  DepartmentCode,
  EmploymentStatus,
  FieldClass,
  Operation,
  PrincipalKind,
  Role,
  Secrecy,
  Tier,
};

describeEnum("DepartmentCode", DepartmentCode, "The departments of the company (rulebook 2.1).", {
  MANAGEMENT: "The general manager and the information management group.",
  ADMINISTRATION: "Permissions, forms, inspections and staff files (S002-2.2d).",
  TECHNOLOGY: "Devices, and putting grants into effect (S002-2.2e).",
  SALES: "Sells to the customers it owns (S002-2.2a).",
  PRODUCTION: "Makes what is ordered (S002-2.2b).",
  CUSTOMER_SERVICE: "Answers customers and keeps their records (S002-2.2c).",
  QUALITY: "Complaints and quality queries (S004-P2).",
  FINANCE: "Accounts, and the money side of devices (S003-2.1.3).",
  TRAINING: "Courses and their records.",
  COMPLIANCE: "Whether customer data is true (S004-P3-13).",
  CHANNEL_MGMT: "The sales channels and their back offices (S004-P3-13).",
  BUSINESS_SUPPORT: "Support of the business; sees aggregates that it is sent.",
  GENERAL_OFFICE: "Documents and regulators; sees aggregates that it is sent.",
  EXTERNAL: "People outside the company: partners, vendors, customers.",
});

describeEnum("Role", Role, "What somebody is appointed to do, beside the post (rulebook 2.1).", {
  GENERAL_MANAGER: "Runs the company.",
  ADMIN_HEAD: "Head of administration.",
  ADMIN_REVIEWER: "Reviews applications for grants.",
  ADMIN_HR_CLERK: "Keeps staff and device files.",
  DEPT_HEAD: "Head of a department: signs its applications.",
  TEAM_LEADER: "Leads a team inside a department.",
  DEPT_INFO_SPECIALIST: "A department's own information specialist.",
  ACCESS_IMPLEMENTER: "Puts approved grants into effect.",
  IT_ENGINEER: "Configures and registers devices.",
  REPAIRER: "Repairs devices.",
  SECURITY_OFFICER: "Admits vendors and their equipment.",
  CUST_INFO_SUPERVISOR: "Supervises customer information.",
  CUST_INFO_SPECIALIST: "Keeps dossiers and the loan register.",
  SECRET_KEEPER: "Keeps classified records.",
  CS_MANAGER: "Manages customer service.",
  CS_AGENT: "Answers customers.",
  SELLER: "Sells to customers.",
  CHANNEL_BACK_OFFICE: "Checks doubtful customer data for a sales channel.",
  PLANNER: "Plans production.",
  DATA_STEWARD: "Applies corrections and disposals.",
  QUALITY_OFFICER: "Follows up quality information.",
  COMPLIANCE_OFFICER: "Verifies what a check found.",
  TRAINER: "Holds and evaluates courses.",
  INSPECTOR: "Inspects other departments.",
  AUDITOR: "Reads grants and their forms in full.",
  FINANCE_OFFICER: "Keeps accounts and assets.",
  BUSINESS_DIRECTOR: "Directs a line of business.",
});

describeEnum("PrincipalKind", PrincipalKind, "In what relation to the company somebody stands (S002-1.2).", {
  FORMAL: "Formal employee.",
  TEMP: "Temporary worker.",
  INTERN: "Intern.",
  PARTNER: "Somebody of a co-operating company.",
  VENDOR_STAFF: "Somebody of a vendor.",
  AGENCY: "Somebody of an insurance agency.",
  CUSTOMER: "The login of a customer, who reads their own record.",
  VISITOR: "A visitor.",
  REGULATOR: "A regulator.",
  SYSTEM: "A service account: a program rather than a person.",
});

describeEnum(
  "EmploymentStatus",
  EmploymentStatus,
  "Where somebody stands between coming and leaving (S002-1.2).",
  {
    ONBOARDING: "Not yet at work.",
    ACTIVE: "At work.",
    TRANSFERRING: "On the way to another post.",
    LEAVING: "Has given or got notice.",
    LEFT: "Gone: everything is refused.",
  },
);

describeEnum("CommitmentKind", CommitmentKind, "Forms of a confidentiality commitment (S004-P3-11).", {
  STAFF: "An employee's commitment.",
  NDA: "An agreement with somebody outside the company.",
});

describeEnum("Secrecy", Secrecy, "How a record or a field is classified, from open to closed (S004-P5-22).", {
  ORDINARY: "Not classified.",
  CONFIDENTIAL: "机密: needs a clearance.",
  TOP_SECRET: "绝密: only its keeper and people listed by name.",
});

describeEnum("Tier", Tier, "How far a grant reaches, from least to most (rulebook 3.1).", {
  NONE: "No customer data.",
  MASKED: "Masked BASIC of listed customers.",
  POST: "The classes of one's own function, clear.",
  SERVICE: "Service cases as well; FINANCIAL and PRIVATE masked.",
  SENSITIVE: "FINANCIAL and PRIVATE clear while a declaration is open.",
  STEWARD: "Corrections, deletions and releases.",
});

describeEnum(
  "FieldClass",
  FieldClass,
  "The information class of a field: what every right is about (rulebook 2).",
  {
    BASIC: "Who a customer is and how to reach them.",
    BUSINESS: "What a customer needs and how they came to us.",
    ORDER: "What a customer ordered.",
    SERVICE: "What a customer asked or complained about.",
    FINANCIAL: "Accounts, amounts and credit.",
    PRIVATE: "Identity, birth, health and private life.",
    DEVICE_BASIC: "What a device is and who has it.",
    DEVICE_TECHNICAL:
      "How a device is configured and maintained; of one for classified records technology and inspectors read it as whoever may read those (rulebook 2.2).",
    DEVICE_FINANCE: "What a device cost and from whom it came.",
    GRANT: "Grants, their forms and declarations.",
    STAFF: "Pay, attendance, performance and training.",
    META: "Ids, states and marks: open wherever the row is in reach.",
    NAMED: "Values of the field that the row names, open where that field is clear.",
  },
);

describeEnum("Cap", Cap, "How far a grant opens one class, from least to most (rulebook 3.1).", {
  WRITE_ONLY: "May be entered, never read.",
  MASKED: "At most the masked form.",
  CLEAR: "As far as the tier goes.",
});

describeEnum("Operation", Operation, "What a grant allows to do with its classes (rulebook 3.3).", {
  SEE_MASKED: "Read the masked form.",
  SEE_CLEAR: "Read in clear.",
  FILTER: "Use in a condition.",
  SORT: "Use in an order.",
  AGGREGATE: "Count and sum by it.",
  CREATE: "Enter new records.",
  CORRECT: "Change values.",
  DELETE: "Dispose of records.",
  EXPORT: "Take out of the system.",
  BORROW: "Borrow dossiers.",
});

describeEnum("CustomerScope", CustomerScope, "Which customers a grant reaches (rulebook 3.2).", {
  SELF: "The customer that the person is.",
  OWN: "The customers that the person owns.",
  CASE_LIST: "The customers listed on the grant.",
  OPEN_ORDERS: "Customers with an order that is not delivered.",
  TRANSACTIONS: "Customers with transactions.",
  DEPARTMENT: "Customers of the person's own department.",
  ALL: "Every customer.",
});
