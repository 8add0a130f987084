import { ObjectionResult, ObjectionState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { ObjectionResult, ObjectionState };

describeEnum("ObjectionState", ObjectionState, "Where a customer's objection stands (rulebook 2.4 J).", {
  FILED: "Waits for customer service to acknowledge it.",
  ACKNOWLEDGED: "Waits for administration to look into it.",
  INVESTIGATING: "Administration looks into it.",
  UPHELD: "The customer is right: the department waits to rectify it.",
  RECTIFYING: "The department rectifies it.",
  RECTIFIED: "Rectified; the customer is still to be told.",
  DISMISSED: "There is nothing to rectify; the customer is still to be told why.",
  CLOSED: "Answered; can be opened again, once, within 30 days.",
  SETTLED: "Answered, and not to be opened again.",
});

describeEnum("ObjectionResult", ObjectionResult, "What administration makes of an objection.", {
  UPHELD: "The customer is right.",
  DISMISSED: "There is nothing to rectify.",
});
