import { CorrectionState } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { CorrectionState };

describeEnum("CorrectionState", CorrectionState, "Where a correction stands (rulebook 2.4 H2).", {
  PROPOSED: "Waits for a data steward.",
  APPLIED: "Written into the customer's record.",
  REJECTED: "Not written, and why.",
  WITHDRAWN: "Taken back by whoever proposed it.",
});
