import { AllocationState } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { AllocationState };

describeEnum(
  "AllocationState",
  AllocationState,
  "Where the allocation of a device stands (rulebook 2.4 F).",
  {
    REQUESTED: "The head of the department has asked for one.",
    ALLOCATED: "Administration has chosen the device.",
    ISSUED: "Technology has made it ready, with address and seal.",
    ACCEPTED: "The user has signed for it and has it.",
    IDLE_REPORTED: "It is not used; its file does not confirm that yet.",
    FILE_UPDATED: "It is not used, and its file says so.",
    TRANSFER_REQUESTED: "Its user gives it back.",
    CHECKED_DEPT: "The head of the department lets it go.",
    CHECKED_IT: "Technology has it back and has checked it.",
    RETURNED: "It is nobody's again.",
    REASSIGNED: "It has gone on to somebody else.",
    REFUSED: "Administration has refused it.",
    DECLINED: "The user has not taken it.",
    WITHDRAWN: "Taken back before it was accepted.",
    ENDED: "The device is lost or gone.",
  },
);
