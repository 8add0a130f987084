import { CopyMedium, CopyState, DisclosureState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { CopyMedium, CopyState, DisclosureState };

describeEnum("CopyMedium", CopyMedium, "What a copy is made on (S004-P5-23).", {
  PAPER: "On paper.",
  ELECTRONIC: "As a file.",
});

describeEnum("CopyState", CopyState, "Where a request for a copy stands (rulebook 2.4 G2).", {
  REQUESTED: "Waits for the decision.",
  APPROVED: "May be handed over until the approval ends.",
  REFUSED: "Refused.",
  HANDED_OVER: "The recipient has it.",
  LAPSED: "The approval ended before anything was handed over.",
});

describeEnum("DisclosureState", DisclosureState, "Where an external disclosure stands (rulebook 2.4 G3).", {
  REQUESTED: "Waits for both approvals.",
  APPROVED: "Approved by both: may be sent until the approval ends.",
  REFUSED: "Refused.",
  SENT: "The recipient has it.",
  WITHDRAWN: "Withdrawn by whoever asked.",
  LAPSED: "The approval ended before anything was sent.",
});
