import { recordQueries } from "../reading/record-queries.js";
import { StaffRequest } from "./staff-request.type.js";
import "./staff-request.workflow.js";

export const StaffRequestResolver = recordQueries(StaffRequest, {
  one: "staffRequest",
  many: "staffRequests",
  what: "demands for training, proposals about devices and requests for support",
});
