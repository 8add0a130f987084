import { StaffRequestKind, StaffRequestState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { StaffRequestKind, StaffRequestState };

describeEnum(
  "StaffRequestKind",
  StaffRequestKind,
  "What those who work with devices have a right to be answered on (S000-5.1a).",
  {
    TRAINING: "A training that they demand: trainers answer.",
    IMPROVEMENT: "Something that they propose to better about devices: administration answers.",
    SUPPORT: "Help with a device that is not broken: technology answers.",
  },
);

describeEnum("StaffRequestState", StaffRequestState, "Where such a request stands.", {
  TRAINING_DEMANDED: "Trainers are to answer.",
  IMPROVEMENT_PROPOSED: "Administration is to answer.",
  SUPPORT_ASKED: "Technology is to answer.",
  ANSWERED: "Answered.",
  WITHDRAWN: "Taken back by whoever made it.",
  DROPPED: "Whoever made it has left.",
});
