import { recordQueries } from "../reading/record-queries.js";
import { Grant } from "./grant.type.js";
import { GrantApplication } from "./grant-application.type.js";
import "./grant-application.workflow.js";
import "./grant-class.type.js";
import "./group-vote.type.js";
import { SensitiveUse } from "./sensitive-use.type.js";
import "./sensitive-use.workflow.js";
import "./sensitive-use-record.type.js";

export const GrantResolver = recordQueries(Grant, { one: "grant", many: "grants", what: "grants" });

export const GrantApplicationResolver = recordQueries(GrantApplication, {
  one: "grantApplication",
  many: "grantApplications",
  what: "applications for grants",
});

export const SensitiveUseResolver = recordQueries(SensitiveUse, {
  one: "sensitiveUse",
  many: "sensitiveUses",
  what: "declarations of sensitive use",
});
