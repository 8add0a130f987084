import { recordQueries } from "../reading/record-queries.js";
import { Incident } from "./incident.type.js";
import "./incident.workflow.js";

export const IncidentResolver = recordQueries(Incident, {
  one: "incident",
  many: "incidents",
  what: "incidents",
});
