import { recordQueries } from "../reading/record-queries.js";
import { Dossier } from "./dossier.type.js";

export const DossierResolver = recordQueries(Dossier, {
  one: "dossier",
  many: "dossiers",
  what: "dossiers (of classified ones, without a clearance, code and mark)",
});
