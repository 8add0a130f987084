import { recordQueries } from "../reading/record-queries.js";
import { Objection } from "./objection.type.js";
import "./objection.workflow.js";

export const ObjectionResolver = recordQueries(Objection, {
  one: "objection",
  many: "objections",
  what: "objections of customers",
});
