import { SecretReviewState } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { SecretReviewState };

describeEnum(
  "SecretReviewState",
  SecretReviewState,
  "Where the review of a device for classified records stands (S004-P4-15).",
  {
    OPEN: "The head has looked at it; the keeper is to.",
    REVIEWED: "It may show classified records, in these hands and as it is.",
    REJECTED: "It may not.",
    VOID: "It was taken back, or the device is no longer what was reviewed.",
  },
);

/** Where a review is on its way, or holds. */
export const standing = ["OPEN", "REVIEWED"] as const satisfies readonly SecretReviewState[];
