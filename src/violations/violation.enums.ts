import { ViolationRule, ViolationState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { ViolationRule, ViolationState };

describeEnum("ViolationRule", ViolationRule, "What a violation is of.", {
  NOT_FOUND: "A device of the register was not there (S004-P4-8).",
  INCOMPLETE: "Parts of a device were removed or exchanged (S004-P4-11).",
  SEAL_BROKEN: "The seal of a device is not the one that it was given (S001-P1-3.2.1).",
  IP_CHANGED: "The network address of a device is not the one that it was given (S001-P1-3.2.5).",
  SOFTWARE_DEVIATION: "Other software is on a device than the register says (S001-P1-3.2.3).",
  UNREGISTERED: "A device or medium is used that is not in the register (S004-P4-10).",
});

describeEnum("ViolationState", ViolationState, "Where a violation stands (S002-2.2d).", {
  FOUND: "Administration has been notified.",
  UNDER_REVIEW: "Administration looks into it.",
  UPHELD: "It was one.",
  DISMISSED: "It was none.",
});
