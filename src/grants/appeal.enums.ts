import { AppealResult, AppealState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { AppealResult, AppealState };

describeEnum("AppealState", AppealState, "Where an appeal stands (rulebook 2.4 K).", {
  FILED: "With the head of the department.",
  ANSWERED: "Answered by the head; can be taken to the group for 10 working days.",
  FORWARDED: "With administration.",
  REVIEWED: "Answered by administration; the head has still to agree.",
  RESOLVED: "Settled by administration with the head; can be taken to the group for 10 working days.",
  ESCALATED: "With the information management group.",
  DECIDED: "Decided by the group.",
  CLOSED: "Answered, and not taken to the group in time.",
});

describeEnum("AppealResult", AppealResult, "What an appeal has come to (rulebook 2.4 K).", {
  EXPLAINED: "The access is as it should be, or the answer says how to go on.",
  CHANGE_OPENED: "A change form has been opened; the access changes only when that is approved.",
  REJECTED: "The access stays as it is.",
});
