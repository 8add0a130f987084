import { recordQueries } from "../reading/record-queries.js";
import { Consultation } from "./consultation.type.js";
import "./consultation.workflow.js";

export const ConsultationResolver = recordQueries(Consultation, {
  one: "consultation",
  many: "consultations",
  what: "applications to read dossiers",
});
