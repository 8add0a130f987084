import { NeedAssessmentState } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { NeedAssessmentState };

describeEnum(
  "NeedAssessmentState",
  NeedAssessmentState,
  "Where the half-yearly assessment of what has to be bought stands (S000-4.1a).",
  {
    DUE: "It has come round, and nobody has assessed the need yet.",
    DONE: "It is done: each need that was found is a procurement.",
  },
);
