import { RenewalState } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { RenewalState };

describeEnum("RenewalState", RenewalState, "Where the renewal of a device stands (S000-4.4c).", {
  PLANNED: "Its day is still to come.",
  DUE: "Its day has come: nothing is read on the device any more.",
  EXECUTED: "Another device has taken its place, or it is let go.",
  DROPPED: "It is not replaced, or has gone another way.",
});

/** While nothing else is decided about the device. */
export const running = ["PLANNED", "DUE"] as const satisfies readonly RenewalState[];
