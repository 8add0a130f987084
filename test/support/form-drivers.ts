import { allocation, deviceShare } from "./drivers/allocations.js";
import { correctionRequest, disposal } from "./drivers/customers.js";
import { deviceCopy } from "./drivers/device-copies.js";
import { device, scrapSheet } from "./drivers/devices.js";
import { copyRequest, externalDisclosure } from "./drivers/disclosures.js";
import { consultation, loan } from "./drivers/dossiers.js";
import { fault, maintenanceTask } from "./drivers/faults.js";
import {
  appeal,
  emergencyAccess,
  grant,
  grantApplication,
  recertification,
  sensitiveUse,
} from "./drivers/grants.js";
import { incident } from "./drivers/incidents.js";
import { needAssessment } from "./drivers/need-assessments.js";
import { objection } from "./drivers/objections.js";
import { offboarding } from "./drivers/offboarding.js";
import { tierPolicy } from "./drivers/policies.js";
import { procurement } from "./drivers/procurement.js";
import { renewalPlan, secretReview } from "./drivers/reviews-and-renewals.js";
import { installRequest, knownSoftware } from "./drivers/software.js";
import { staffRequest } from "./drivers/staff-requests.js";
import { stockTake, violation } from "./drivers/stock-takes.js";
import { trainingRecord, trainingSession } from "./drivers/training.js";
import type { FormDriver } from "./form-driver.js";

/** How each form is taken along: a line for every one of them. */
export const formDrivers: Readonly<Record<string, FormDriver>> = {
  Allocation: allocation,
  Appeal: appeal,
  Consultation: consultation,
  CopyRequest: copyRequest,
  CorrectionRequest: correctionRequest,
  Device: device,
  DeviceCopy: deviceCopy,
  DeviceShare: deviceShare,
  Disposal: disposal,
  EmergencyAccess: emergencyAccess,
  ExternalDisclosure: externalDisclosure,
  Fault: fault,
  Grant: grant,
  GrantApplication: grantApplication,
  Incident: incident,
  InstallRequest: installRequest,
  KnownSoftware: knownSoftware,
  Loan: loan,
  MaintenanceTask: maintenanceTask,
  NeedAssessment: needAssessment,
  Objection: objection,
  Offboarding: offboarding,
  Procurement: procurement,
  Recertification: recertification,
  RenewalPlan: renewalPlan,
  ScrapSheet: scrapSheet,
  SecretReview: secretReview,
  SensitiveUse: sensitiveUse,
  StaffRequest: staffRequest,
  StockTake: stockTake,
  TierPolicy: tierPolicy,
  TrainingRecord: trainingRecord,
  TrainingSession: trainingSession,
  Violation: violation,
};
