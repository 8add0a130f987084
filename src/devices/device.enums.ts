import { DeviceKind, DeviceState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { DeviceKind, DeviceState };

describeEnum("DeviceKind", DeviceKind, "Kinds of device (rulebook 2.1).", {
  PC: "A desktop computer.",
  LAPTOP: "A portable computer.",
  TABLET: "A tablet.",
  PHONE: "A telephone.",
  TERMINAL: "A screen and keyboard of a larger system, without storage of its own.",
  SERVER: "A server.",
  PRINTER: "A printer.",
  STORAGE_MEDIUM: "A medium that data is carried on.",
});

describeEnum(
  "DeviceState",
  DeviceState,
  "Where a device stands in its life; only IN_USE lets customer data through (rulebook 2.4 D).",
  {
    ACCEPTED: "Checked against the contract and accepted.",
    STOCKED: "In stock.",
    CONFIGURED: "Set up.",
    REGISTERED: "Has a number and a file.",
    IN_USE: "With its custodian.",
    IDLE: "Not in use.",
    FAULTY: "Reported as faulty.",
    IN_REPAIR: "Being repaired.",
    UNREPAIRABLE: "Cannot be repaired, or not be set up.",
    SCRAP_REQUESTED: "Proposed for scrapping.",
    SCRAP_APPROVED: "Scrapping is approved.",
    SCRAPPED: "Gone; its file stays.",
    LOST: "Lost: written off, unless it is found.",
    RECOVERED: "Found again and checked.",
    WRITTEN_OFF: "Lost for good.",
    RENEWAL_PLANNED: "To be replaced.",
  },
);
