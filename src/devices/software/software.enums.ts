import { InstallRequestState, SoftwareStanding } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { InstallRequestState, SoftwareStanding };

describeEnum(
  "SoftwareStanding",
  SoftwareStanding,
  "What the company says of some software (S001-P1-3.2.3).",
  {
    ALLOWED: "It is installed for whoever asks for it.",
    FORBIDDEN: "It is never installed (S001-P1-3.2.4).",
    REMOVED: "Nothing any more: technology decides case by case.",
  },
);

describeEnum(
  "InstallRequestState",
  InstallRequestState,
  "Where the wish to have software installed stands (rulebook 2.4 O).",
  {
    ASKED: "Technology is to confirm it.",
    CONFIRMED: "It can be installed.",
    REFUSED: "It is not installed.",
    INSTALLED: "It is on the device, and in its file.",
    WITHDRAWN: "Taken back by whoever asked.",
    DROPPED: "The device, or whoever asked, is gone.",
    BARRED: "An attempt: the software is forbidden (S001-P1-3.2.4).",
  },
);
