import { recordQueries } from "../../reading/record-queries.js";
import { InstallRequest } from "./install-request.type.js";
import "./install-request.workflow.js";
import { KnownSoftware } from "./known-software.type.js";
import "./known-software.workflow.js";

export const KnownSoftwareResolver = recordQueries(KnownSoftware, {
  one: "knownSoftware",
  many: "softwareList",
  what: "software that is allowed or forbidden",
});

export const InstallRequestResolver = recordQueries(InstallRequest, {
  one: "installRequest",
  many: "installRequests",
  what: "wishes to have software installed",
});
