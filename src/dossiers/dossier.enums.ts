import {
  ConsultationState,
  DossierCondition,
  DossierMedium,
  IdentityDocument,
  LoanState,
} from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { ConsultationState, DossierCondition, DossierMedium, IdentityDocument, LoanState };

describeEnum("DossierMedium", DossierMedium, "What a dossier is made of.", {
  PAPER: "Paper.",
  ELECTRONIC: "Files on a carrier.",
});

describeEnum("DossierCondition", DossierCondition, "What the last inspection found of a dossier.", {
  GOOD: "Legible and whole.",
  FADED: "Fading.",
  DAMAGED: "Damaged.",
});

describeEnum(
  "IdentityDocument",
  IdentityDocument,
  "What a reader from outside the company shows (S004-P5-18.4).",
  {
    LETTER: "A letter of introduction, 介绍信.",
    WORK_CARD: "A work card, 工作证.",
  },
);

describeEnum(
  "ConsultationState",
  ConsultationState,
  "Where a consultation stands; only APPROVED opens anything, and only in its window (rulebook 2.4 C).",
  {
    DRAFT: "Written by the reader.",
    SUBMITTED: "Sealed and signed by the head of the reader's department.",
    APPROVED: "The dossier may be read while the window is open.",
    REFUSED: "Refused.",
    CLOSED: "The window is over.",
    WITHDRAWN: "Withdrawn.",
  },
);

describeEnum("LoanState", LoanState, "Where a loan stands (rulebook 2.4 C2).", {
  REQUESTED: "Asked for by the borrower.",
  SIGNED: "Sealed and signed by the head of the borrower's department.",
  APPROVED: "Approved: to be entered in the loan register.",
  REFUSED: "Refused.",
  REGISTERED: "Entered by the keeper and set aside: the borrower has still to sign for it.",
  LENT: "With the borrower.",
  OVERDUE: "Should be back.",
  RETURNED: "Back in time.",
  RETURNED_LATE: "Back too late.",
  LOST: "Reported lost.",
  WITHDRAWN: "Withdrawn.",
});
