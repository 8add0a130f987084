import { recordQueries } from "../reading/record-queries.js";
import { Violation } from "./violation.type.js";
import "./violation.workflow.js";

export const ViolationResolver = recordQueries(Violation, {
  one: "violation",
  many: "violations",
  what: "violations",
});
