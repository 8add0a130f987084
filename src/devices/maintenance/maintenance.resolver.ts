import { recordQueries } from "../../reading/record-queries.js";
import { MaintenanceTask } from "./maintenance.type.js";
import "./maintenance.workflow.js";

export const MaintenanceResolver = recordQueries(MaintenanceTask, {
  one: "maintenanceTask",
  many: "maintenanceTasks",
  what: "maintenance of devices, done and to come",
});
