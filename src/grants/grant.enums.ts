import {
  ApplicationDecision,
  ApplicationState,
  EmergencyAccessState,
  GrantKind,
  GrantState,
  RecertificationState,
  SensitiveUseState,
} from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export {
  ApplicationDecision,
  ApplicationState,
  EmergencyAccessState,
  GrantKind,
  GrantState,
  RecertificationState,
  SensitiveUseState,
};

describeEnum("GrantKind", GrantKind, "On what occasion a grant is given (rulebook 2.1).", {
  STANDING: "For a post, on taking it up (S002-3.1a).",
  TRANSFER: "For a new post (S002-3.1c).",
  CHANGE: "A change of what was granted (S002-3.2).",
  CONSULT: "To consult one dossier (S004-P5-18).",
  VENDOR: "For a vendor's visit (S001-P3).",
  CASE: "For one case, as long as it is open.",
});

describeEnum(
  "GrantState",
  GrantState,
  "Where a grant stands; only ACTIVE opens anything (rulebook 2.4 A2).",
  {
    ACTIVE: "In force.",
    SUSPENDED: "Held up while something is looked into.",
    EXPIRED: "Its time is over.",
    REVOKED: "Taken back.",
    SUPERSEDED: "Replaced by a newer one.",
  },
);

describeEnum(
  "ApplicationState",
  ApplicationState,
  "Where an application for a grant stands (rulebook 2.4 A).",
  {
    DRAFT: "Being written.",
    SUBMITTED: "Signed by the head of the department.",
    RETURNED: "Sent back to be completed.",
    ESCALATED: "With the information management group.",
    APPROVED: "Approved, not yet in effect.",
    REJECTED: "Rejected.",
    WITHDRAWN: "Withdrawn.",
    IMPLEMENTED: "In effect.",
  },
);

describeEnum(
  "ApplicationDecision",
  ApplicationDecision,
  "What was decided on an application (rulebook 2.4 A).",
  {
    APPROVE: "Give the grant.",
    REJECT: "Do not give it.",
    RETURN: "Send the form back.",
    ESCALATE: "Let the information management group decide.",
  },
);

describeEnum(
  "SensitiveUseState",
  SensitiveUseState,
  "Where a declaration stands; only OPEN opens anything (rulebook 2.4 B).",
  {
    FILED: "Waits to be acknowledged.",
    OPEN: "In force.",
    OVERDUE: "Its time is over and nothing was returned.",
    RETURNED: "Returned in time.",
    RETURNED_LATE: "Returned too late.",
    REVOKED: "Objected to.",
  },
);

describeEnum(
  "RecertificationState",
  RecertificationState,
  "What the head has said of a grant that is asked about (S003-6.2.3).",
  {
    OPEN: "Nothing yet.",
    CONFIRMED: "It is still needed.",
    DROPPED: "It is no longer needed: revoked.",
    LAPSED: "Nothing in time: a grant that was in force is held up.",
    CLOSED: "Nothing before the grant ended.",
  },
);

describeEnum(
  "EmergencyAccessState",
  EmergencyAccessState,
  "Where access in an emergency stands; only OPEN opens anything.",
  {
    OPEN: "In force.",
    ENDED: "Over, and to be reviewed.",
    JUSTIFIED: "There was an emergency.",
    UNJUSTIFIED: "There was none.",
  },
);
