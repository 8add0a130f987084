import { recordQueries } from "../reading/record-queries.js";
import { CopyRequest } from "./copy-request.type.js";
import "./copy-request.workflow.js";
import { ExternalDisclosure } from "./external-disclosure.type.js";
import "./external-disclosure.workflow.js";

export const CopyRequestResolver = recordQueries(CopyRequest, {
  one: "copyRequest",
  many: "copyRequests",
  what: "requests for copies",
});

export const ExternalDisclosureResolver = recordQueries(ExternalDisclosure, {
  one: "externalDisclosure",
  many: "externalDisclosures",
  what: "external disclosures",
});
