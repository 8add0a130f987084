import type { DepartmentCode, Tier } from "../client.js";

/** A department with the highest tier that administration may approve for it alone; rulebook 3.2. */
export interface DemoDepartment {
  readonly code: DepartmentCode;
  readonly name: string;
  readonly tierCeiling: Tier;
}

export const demoDepartments: readonly DemoDepartment[] = [
  { code: "MANAGEMENT", name: "Management", tierCeiling: "STEWARD" },
  { code: "ADMINISTRATION", name: "Administration", tierCeiling: "SERVICE" },
  { code: "TECHNOLOGY", name: "Technology", tierCeiling: "SENSITIVE" },
  { code: "SALES", name: "Sales", tierCeiling: "SENSITIVE" },
  { code: "PRODUCTION", name: "Production", tierCeiling: "POST" },
  { code: "CUSTOMER_SERVICE", name: "Customer service", tierCeiling: "SENSITIVE" },
  { code: "QUALITY", name: "Quality", tierCeiling: "SERVICE" },
  { code: "FINANCE", name: "Finance", tierCeiling: "SENSITIVE" },
  { code: "TRAINING", name: "Training", tierCeiling: "MASKED" },
  { code: "COMPLIANCE", name: "Compliance", tierCeiling: "SENSITIVE" },
  { code: "CHANNEL_MGMT", name: "Channel management", tierCeiling: "SENSITIVE" },
  { code: "BUSINESS_SUPPORT", name: "Business support", tierCeiling: "MASKED" },
  { code: "GENERAL_OFFICE", name: "General office", tierCeiling: "MASKED" },
  { code: "EXTERNAL", name: "External", tierCeiling: "MASKED" },
];
