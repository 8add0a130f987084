import { ProcurementState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { ProcurementState };

describeEnum(
  "ProcurementState",
  ProcurementState,
  "Where the buying of devices stands; what follows is the life of each device (rulebook 2.4 D).",
  {
    WISHED: "A department wishes it: a draft for the clerk.",
    NEED_ASSESSED: "Administration has found that it is needed.",
    REQUESTED: "The clerk has applied to the company for it.",
    APPROVED: "The general manager has approved it.",
    REJECTED: "It is not bought.",
    ORDERED: "Technology has compared quotes and made the contract.",
    DELIVERED: "It has come, and is to be checked against the contract's list.",
    ACCEPTED: "It is as the contract has it: its devices are in the register.",
    RETURNED_TO_SUPPLIER: "It was not as the contract has it, and went back.",
    WITHDRAWN: "Taken back before it was ordered.",
    CANCELLED: "Given up: it was not delivered, or went back.",
  },
);
