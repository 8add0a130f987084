import { recordQueries } from "../../reading/record-queries.js";
import { RenewalPlan } from "./renewal.type.js";
import "./renewal.workflow.js";

export const RenewalPlanResolver = recordQueries(RenewalPlan, {
  one: "renewalPlan",
  many: "renewalPlans",
  what: "plans by which devices are replaced",
});
