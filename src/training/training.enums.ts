import {
  TrainingKind,
  TrainingRecordState,
  TrainingSessionState,
  TrainingTopic,
} from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { TrainingKind, TrainingRecordState, TrainingSessionState, TrainingTopic };

describeEnum("TrainingKind", TrainingKind, "Kinds of training (rulebook 2.4 M).", {
  DEVICE: "Use of customer-list devices; a condition of all customer data.",
  SELLER: "Qualification to sell.",
  SECRET_POST: "For posts with classified records.",
  VENDOR: "Education of vendors' people.",
});

describeEnum(
  "TrainingTopic",
  TrainingTopic,
  "Topics of device training; all three are demanded (S000-4.2a).",
  {
    FUNCTIONS: "What the device does.",
    QUERY_ENTRY: "Querying and entering data.",
    DATA_PROTECTION: "Protecting customer data.",
  },
);

describeEnum(
  "TrainingSessionState",
  TrainingSessionState,
  "Where a training session stands (rulebook 2.4 M).",
  {
    SCHEDULED: "Still to come: people enrol.",
    HELD: "Over: who was there, and with what result, is being recorded.",
    EVALUATED: "Everybody's result is recorded.",
    CANCELLED: "Called off before it was held.",
  },
);

describeEnum(
  "TrainingRecordState",
  TrainingRecordState,
  "Where somebody's training stands (rulebook 2.4 M).",
  {
    ENROLLED: "Enrolled in a session.",
    ATTENDED: "Was there; the result is still to come.",
    ABSENT: "Was not there.",
    WITHDRAWN: "No longer enrolled.",
    PASSED: "Passed: it counts until it expires.",
    FAILED: "Not passed.",
    EXPIRED: "Was passed, and counts no longer.",
  },
);
