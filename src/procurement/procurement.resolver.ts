import { recordQueries } from "../reading/record-queries.js";
import { Procurement } from "./procurement.type.js";
import "./procurement.workflow.js";

export const ProcurementResolver = recordQueries(Procurement, {
  one: "procurement",
  many: "procurements",
  what: "procurements of devices",
});
