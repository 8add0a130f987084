import { recordQueries } from "../reading/record-queries.js";
import { Appeal } from "./appeal.type.js";
import "./appeal.workflow.js";

export const AppealResolver = recordQueries(Appeal, { one: "appeal", many: "appeals", what: "appeals" });
