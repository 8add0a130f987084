import { Channel, ServiceCaseKind, ServiceCaseStatus } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { Channel, ServiceCaseKind, ServiceCaseStatus };

describeEnum("ServiceCaseKind", ServiceCaseKind, "What a customer comes with (rulebook 2.1).", {
  CONSULTATION: "A question.",
  COMPLAINT: "A complaint.",
  FEEDBACK: "Feedback on a product or on service.",
  QUALITY_QUERY: "A query about quality (S004-P2).",
  SERVICE_REQUEST: "A request for service.",
});

describeEnum("ServiceCaseStatus", ServiceCaseStatus, "Where a service case stands.", {
  OPEN: "Waits for a first reply.",
  ANSWERED: "The customer has had a reply.",
  RESOLVED: "Done with.",
});

describeEnum("Channel", Channel, "How something reaches the company or leaves it (rulebook 2.1).", {
  OA: "The office system.",
  FORM: "A paper form.",
  WEB: "The web site.",
  REPORT: "A report.",
  NEWS: "The news.",
  CUSTOMER_FEEDBACK: "A customer's own feedback.",
  PARTNER: "A partner.",
  PHONE: "The telephone.",
  HOTLINE: "The service hotline.",
  MAIL: "The post, or the company's e-mail.",
  PRIVATE_MAIL: "Somebody's private mail.",
  TELEGRAM: "A telegram.",
  FACE_TO_FACE: "A conversation.",
  COUNTER: "The counter.",
  SECURE_CARRIER: "A carrier of classified documents.",
});
