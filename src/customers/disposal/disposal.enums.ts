import { DisposalMethod, DisposalState } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { DisposalMethod, DisposalState };

describeEnum("DisposalMethod", DisposalMethod, "How material is destroyed (S004-P5-25).", {
  SHRED: "Shredded.",
  WIPE: "Wiped from its carrier.",
  PULP: "Pulped.",
  SALE: "Sold as waste paper: always refused with METHOD_FORBIDDEN.",
});

describeEnum("DisposalState", DisposalState, "Where a disposal stands (rulebook 2.4 H3).", {
  PROPOSED: "Waits for a witness.",
  WITNESSED: "Waits for a data steward.",
  APPROVED: "Approved, not yet carried out.",
  DESTROYED: "Carried out: nothing of the customers can be read any more.",
  REFUSED: "Refused: the customers are what they were.",
  WITHDRAWN: "Taken back: the customers are what they were.",
});
