import { MaintenanceKind, MaintenanceState } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { MaintenanceKind, MaintenanceState };

describeEnum(
  "MaintenanceKind",
  MaintenanceKind,
  "What the maintenance of a device consists of (S000-4.4a).",
  {
    HARDWARE: "Its hardware is checked.",
    SOFTWARE: "Its software is brought up to date.",
    TUNING: "It is tuned.",
  },
);

describeEnum("MaintenanceState", MaintenanceState, "Where the maintenance of a device stands (S000-4.4a).", {
  SCHEDULED: "To be done by its day.",
  DONE: "Done; the next one is scheduled.",
  SKIPPED: "Left out this time; the next one is scheduled.",
  DROPPED: "The device is gone.",
});
