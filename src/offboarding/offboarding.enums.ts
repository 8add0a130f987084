import { OffboardingKind, OffboardingState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { OffboardingKind, OffboardingState };

describeEnum("OffboardingKind", OffboardingKind, "What somebody goes from (S001-P1-3.1.2.1).", {
  LEAVE: "The company.",
  TRANSFER: "A post, to another one.",
});

describeEnum("OffboardingState", OffboardingState, "Where leaving or a transfer stands (rulebook 2.4 O).", {
  CONFIRMED: "Confirmed, and still to come.",
  ITEMS_OPEN: "Has taken effect: grants are closed, and what is open is being settled.",
  ITEMS_CLEARED: "Everything is settled.",
  CLOSED: "Over.",
  CANCELLED: "Taken back before it took effect.",
});
