import { DossierCondition, DossierMedium } from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { DossierCondition, DossierMedium };

describeEnum("DossierMedium", DossierMedium, "What a dossier is made of.", {
  PAPER: "Paper.",
  ELECTRONIC: "Files on a carrier.",
});

describeEnum("DossierCondition", DossierCondition, "What the last inspection found of a dossier.", {
  GOOD: "Legible and whole.",
  FADED: "Fading.",
  DAMAGED: "Damaged.",
});
