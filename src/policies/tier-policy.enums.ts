import { TierPolicyState } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { TierPolicyState };

describeEnum("TierPolicyState", TierPolicyState, "Where a version of the tier policy stands.", {
  PROPOSED: "With the information management group.",
  ADOPTED: "Adopted by the group; in force from its date until a later version is.",
  REJECTED: "Rejected by the group, or at its decision no longer what the server can keep.",
  WITHDRAWN: "Taken back before the group had decided.",
});
