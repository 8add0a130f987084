import { FaultState, RepairVerdict } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { FaultState, RepairVerdict };

describeEnum(
  "FaultState",
  FaultState,
  "Where a fault stands; until it is over nothing is read on the device (rulebook 2.4 E).",
  {
    REPORTED: "Reported; no repairer has it yet.",
    ACKNOWLEDGED: "A repairer has taken it.",
    DIAGNOSED: "What is wrong is known.",
    IN_REPAIR: "Being repaired.",
    SENT_OUT: "With a professional centre outside.",
    BACK: "Back from there.",
    REPAIRED: "Repaired; its user has not confirmed it yet.",
    CONFIRMED: "Its user has it back, and it works.",
    UNREPAIRABLE: "It cannot be repaired.",
    WITHDRAWN: "It was a false alarm.",
    CLOSED: "The device was lost meanwhile.",
  },
);

describeEnum("RepairVerdict", RepairVerdict, "What the repairer found in the end (S000-4.4b).", {
  REPAIRED: "It was repaired.",
  NOTHING_FOUND: "Nothing was wrong with it.",
  NO_PARTS: "There are no parts for it any more.",
  NOT_WORTH_IT: "The repair would cost more than it is worth.",
  DESTROYED: "It is damaged beyond repair.",
});

/** Where nothing more is done about it, and another fault of the device can be reported. */
export const over = [
  "CONFIRMED",
  "UNREPAIRABLE",
  "WITHDRAWN",
  "CLOSED",
] as const satisfies readonly FaultState[];
