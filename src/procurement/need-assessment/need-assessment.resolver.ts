import { recordQueries } from "../../reading/record-queries.js";
import { NeedAssessment } from "./need-assessment.type.js";
import "./need-assessment.workflow.js";

export const NeedAssessmentResolver = recordQueries(NeedAssessment, {
  one: "needAssessment",
  many: "needAssessments",
  what: "half-yearly assessments of what has to be bought",
});
