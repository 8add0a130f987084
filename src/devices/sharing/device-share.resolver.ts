import { recordQueries } from "../../reading/record-queries.js";
import { DeviceShare } from "./device-share.type.js";
import "./device-share.workflow.js";

export const DeviceShareResolver = recordQueries(DeviceShare, {
  one: "deviceShare",
  many: "deviceShares",
  what: "shared uses of devices",
});
