import { DeviceShareState } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { DeviceShareState };

describeEnum(
  "DeviceShareState",
  DeviceShareState,
  "Where the shared use of a device stands (rulebook 2.4 F2).",
  {
    ASKED: "The custodian's head is to decide.",
    CONSENTED: "It may be used until its end.",
    REFUSED: "It may not be used.",
    ENDED: "It is over.",
  },
);
