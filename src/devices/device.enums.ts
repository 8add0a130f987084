import { AllocationState, DeviceKind, DeviceState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { AllocationState, DeviceKind, DeviceState };

describeEnum("DeviceKind", DeviceKind, "Kinds of device (rulebook 2.1).", {
  PC: "A desktop computer.",
  LAPTOP: "A portable computer.",
  TABLET: "A tablet.",
  PHONE: "A telephone.",
  TERMINAL: "A terminal.",
  SERVER: "A server.",
  PRINTER: "A printer.",
  STORAGE_MEDIUM: "A medium that data is carried on.",
});

describeEnum(
  "DeviceState",
  DeviceState,
  "Where a device stands in its life; only IN_USE lets customer data through (rulebook 2.4 D).",
  {
    NEED_ASSESSED: "Administration has found that it is needed.",
    REQUESTED: "Asked for.",
    APPROVED: "Its purchase is approved.",
    ORDERED: "Ordered.",
    DELIVERED: "Delivered, not yet checked.",
    ACCEPTED: "Checked against the contract and accepted.",
    RETURNED_TO_SUPPLIER: "Checked and sent back.",
    STOCKED: "In stock.",
    CONFIGURED: "Set up.",
    REGISTERED: "Has a number and a file.",
    IN_USE: "With its custodian.",
    IDLE: "Not in use.",
    FAULTY: "Reported as faulty.",
    IN_REPAIR: "Being repaired.",
    UNREPAIRABLE: "Cannot be repaired.",
    SCRAP_REQUESTED: "Proposed for scrapping.",
    SCRAP_APPROVED: "Scrapping is approved.",
    SCRAPPED: "Gone; its file stays.",
    LOST: "Lost.",
    RECOVERED: "Found again and checked.",
    WRITTEN_OFF: "Lost for good.",
    RENEWAL_PLANNED: "To be replaced.",
  },
);

describeEnum(
  "AllocationState",
  AllocationState,
  "Where the allocation of a device stands (rulebook 2.4 F).",
  {
    REQUESTED: "The head of the department has asked for it.",
    ALLOCATED: "Administration has allocated it.",
    ISSUED: "Technology has handed it out, with address and seal.",
    ACCEPTED: "The user has accepted it: the device is in use.",
    IDLE_REPORTED: "The department reports that it is not used.",
    FILE_UPDATED: "The device's file says so too.",
    TRANSFER_REQUESTED: "The user wants to hand it over.",
    CHECKED_DEPT: "The head of the department has checked it.",
    CHECKED_IT: "Technology has checked it.",
    RETURNED: "Back in stock.",
    REASSIGNED: "With another user.",
  },
);
