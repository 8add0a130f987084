import { recordQueries } from "../../reading/record-queries.js";
import { SecretReview } from "./secret-review.type.js";
import "./secret-review.workflow.js";

export const SecretReviewResolver = recordQueries(SecretReview, {
  one: "secretReview",
  many: "secretReviews",
  what: "reviews of devices for classified records",
});
