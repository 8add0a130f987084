import { correctionRequest, disposal } from "./drivers/customers.js";
import { copyRequest, externalDisclosure } from "./drivers/disclosures.js";
import { consultation, loan } from "./drivers/dossiers.js";
import {
  appeal,
  emergencyAccess,
  grant,
  grantApplication,
  recertification,
  sensitiveUse,
} from "./drivers/grants.js";
import { offboarding } from "./drivers/offboarding.js";
import { tierPolicy } from "./drivers/policies.js";
import type { FormDriver } from "./form-driver.js";

/** How each form is taken along: a line for every one of them. */
export const formDrivers: Readonly<Record<string, FormDriver>> = {
  Appeal: appeal,
  Consultation: consultation,
  CopyRequest: copyRequest,
  CorrectionRequest: correctionRequest,
  Disposal: disposal,
  EmergencyAccess: emergencyAccess,
  ExternalDisclosure: externalDisclosure,
  Grant: grant,
  GrantApplication: grantApplication,
  Loan: loan,
  Offboarding: offboarding,
  Recertification: recertification,
  SensitiveUse: sensitiveUse,
  TierPolicy: tierPolicy,
};
