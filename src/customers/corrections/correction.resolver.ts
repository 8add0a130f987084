import { recordQueries } from "../../reading/record-queries.js";
import { CorrectionRequest } from "./correction-request.type.js";
import "./correction-request.workflow.js";

export const CorrectionResolver = recordQueries(CorrectionRequest, {
  one: "correctionRequest",
  many: "correctionRequests",
  what: "corrections of customers",
});
