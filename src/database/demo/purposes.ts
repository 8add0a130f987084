import type { DepartmentCode } from "../client.js";

/** A purpose that grants of the demo organisation name. */
export interface DemoPurpose {
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly owner: DepartmentCode;
  readonly legalBasis: string;
  readonly retentionMonths: number;
}

const contract = "PIPL art. 13(2): conclusion and performance of a contract";
const duty = "PIPL art. 13(3): statutory duty";
const consent = "PIPL art. 13(1): consent";
const personnel = "PIPL art. 13(2): lawfully adopted staff rules";

const purpose = (
  code: string,
  name: string,
  owner: DepartmentCode,
  legalBasis: string,
  retentionMonths: number,
  description: string,
): DemoPurpose => ({ code, name, owner, legalBasis, retentionMonths, description });

/** What customer data of the demo organisation may be used for. */
export const demoPurposes: readonly DemoPurpose[] = [
  purpose(
    "ORDER_HANDLING",
    "Order handling",
    "SALES",
    contract,
    36,
    "Taking, changing and following orders.",
  ),
  purpose(
    "CUSTOMER_SERVICE",
    "Customer service",
    "CUSTOMER_SERVICE",
    contract,
    36,
    "Answering customers and settling their cases.",
  ),
  purpose(
    "PRODUCTION_PLANNING",
    "Production planning",
    "PRODUCTION",
    contract,
    12,
    "Planning what to make, how much and by when.",
  ),
  purpose(
    "ACCESS_ADMINISTRATION",
    "Access administration",
    "ADMINISTRATION",
    personnel,
    60,
    "Reviewing, implementing and auditing access.",
  ),
  purpose("FINANCE", "Finance", "FINANCE", duty, 120, "Invoicing, payments, credit and the books."),
  purpose("QUALITY", "Quality", "QUALITY", duty, 60, "Following complaints and quality queries."),
  purpose("COMPLIANCE", "Compliance", "COMPLIANCE", duty, 60, "Checking suspect customer data."),
  purpose(
    "MANAGEMENT",
    "Management",
    "MANAGEMENT",
    contract,
    36,
    "Deciding on customers, releases and disputes.",
  ),
  purpose("MARKETING", "Marketing", "SALES", consent, 12, "Offering products to customers who agreed to it."),
  purpose(
    "DATA_STEWARDSHIP",
    "Data stewardship",
    "CUSTOMER_SERVICE",
    duty,
    36,
    "Keeping customer data correct, and deleting it.",
  ),
  purpose(
    "VENDOR_SUPPORT",
    "Vendor support",
    "TECHNOLOGY",
    contract,
    6,
    "Support by a vendor during an allowed visit.",
  ),
  purpose(
    "REPORTING",
    "Reporting",
    "CUSTOMER_SERVICE",
    contract,
    24,
    "Periodic statistics for other departments.",
  ),
];
