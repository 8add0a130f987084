import { recordQueries } from "../../reading/record-queries.js";
import { Fault } from "./fault.type.js";
import "./fault.workflow.js";

export const FaultResolver = recordQueries(Fault, {
  one: "fault",
  many: "faults",
  what: "faults of devices and their repairs",
});
