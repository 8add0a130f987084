import { recordQueries } from "../../reading/record-queries.js";
import { DeviceCopy } from "./device-copy.type.js";
import "./device-copy.workflow.js";

export const DeviceCopyResolver = recordQueries(DeviceCopy, {
  one: "deviceCopy",
  many: "deviceCopies",
  what: "copies of customer data on devices",
});
