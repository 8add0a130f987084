import { ID, Int } from "type-graphql";
import { classifiedColumn, classifiedFor, Record } from "../access/classified.js";
import type { CustomerClearance, Customer as Row } from "../database/client.js";
import { Employee } from "../people/employee.type.js";
import { DepartmentCode, Secrecy } from "../people/enums.js";
import { listVia, one } from "../reading/edges.js";
import { explainsItself } from "../reading/field-access.js";
import { Node } from "../reading/node.js";
import { Day, Decimal, Instant } from "../reading/scalars.js";
import {
  CustomerKind,
  CustomerStatus,
  IdType,
  PartyType,
  Sex,
  SpecialRole,
  StorageClass,
  Verification,
} from "./customer.enums.js";

const Classified = classifiedFor<Row>();
const One = one<Row>();
const Column = classifiedColumn<Row>();

@Record(
  {
    description:
      "A customer: a person or an organisation that the company serves, sells to or advises (rulebook 2.2).",
    idPrefix: "cus",
    governedBy: "grants",
    catalogue: true,
    defaultOrder: "code",
    rows: {
      own: { column: "ownerId" },
      department: { column: "departmentCode" },
      customers: { column: "id" },
      openOrders: {
        exists: "Order",
        key: "customerId",
        column: "status",
        in: ["PLACED", "IN_PRODUCTION", "SHIPPED"],
      },
      transactions: { exists: "Transaction", key: "customerId" },
      secrecy: "secrecyAndKeeper",
    },
  },
  { implements: Node },
)
export class Customer {
  @Classified("META", () => ID, { description: "Opaque, and never given to anything else." })
  id!: string;

  @Classified("META", () => String, {
    catalogue: true,
    description: "The customer's number in the company's own list.",
  })
  code?: string;

  @Classified("BASIC", () => CustomerKind, {
    mask: "shown",
    description: "Whether the customer serves the company in a special role.",
  })
  kind?: CustomerKind;

  @Classified("BASIC", () => SpecialRole, {
    mask: "shown",
    description: "The special role, where there is one.",
  })
  specialRole?: SpecialRole | null;

  @Classified("BASIC", () => PartyType, { mask: "shown", description: "A person or an organisation." })
  partyType?: PartyType;

  @Classified("BASIC", () => String, { mask: "customerName", description: "Full name." })
  name?: string;

  @Classified("BASIC", () => String, {
    mask: "shown",
    description: "Province and city, or country and city.",
  })
  region?: string | null;

  @Classified("BASIC", () => String, { mask: "address", description: "Postal address." })
  address?: string | null;

  @Classified("BASIC", () => String, { mask: "lastFour", description: "Landline, in the form of E.164." })
  landline?: string | null;

  @Classified("BASIC", () => String, { mask: "mobile", description: "Mobile phone, in the form of E.164." })
  mobile?: string | null;

  @Classified("BASIC", () => String, { mask: "email", description: "E-mail address." })
  email?: string | null;

  @Classified("PRIVATE", () => Sex, { description: "Sex." })
  sex?: Sex | null;

  @Classified("PRIVATE", () => Day, { description: "Day of birth; its masked form is `birthYear`." })
  dateOfBirth?: string | null;

  @Column("PRIVATE", () => Int, "dateOfBirth", {
    part: "year",
    mask: "shown",
    description: "Year of birth: the masked form of `dateOfBirth`.",
  })
  birthYear?: number | null;

  @Classified("PRIVATE", () => IdType, { mask: "shown", description: "Which document `idNumber` is of." })
  idType?: IdType | null;

  @Classified("PRIVATE", () => String, {
    mask: "idNumber",
    secrecy: "CONFIDENTIAL",
    description: "Number of the identity document; a resident id obeys GB 11643.",
  })
  idNumber?: string | null;

  @Classified("PRIVATE", () => String, {
    secrecy: "CONFIDENTIAL",
    description: "Notes on the person's health.",
  })
  healthNotes?: string | null;

  @Classified("PRIVATE", () => String, {
    secrecy: "CONFIDENTIAL",
    description: "Notes on the person's life.",
  })
  personalNotes?: string | null;

  @Classified("FINANCIAL", () => String, { description: "Tax number." })
  taxId?: string | null;

  @Classified("FINANCIAL", () => Decimal, { description: "Credit limit, CNY." })
  creditLimit?: string | null;

  @Classified("FINANCIAL", () => Decimal, { description: "Balance, CNY; negative where the customer owes." })
  balance?: string | null;

  @Classified("FINANCIAL", () => Int, { description: "Term of payment, days." })
  paymentTermDays?: number | null;

  @Classified("BUSINESS", () => String, { description: "What the customer needs from us." })
  businessNeeds?: string | null;

  @Classified("BUSINESS", () => String, { description: "What the customer prefers." })
  preferences?: string | null;

  @Classified("BUSINESS", () => String, { description: "How the customer came to us." })
  source?: string | null;

  @Classified("BUSINESS", () => String, { description: "The company's own rating." })
  rating?: string | null;

  @Classified("BUSINESS", () => String, { description: "What the data was collected for (S003-3.2.1)." })
  collectionPurpose?: string | null;

  @Classified("BUSINESS", () => String, { description: "How the data was collected (S003-3.2.1)." })
  collectionChannel?: string | null;

  @Classified("BUSINESS", () => Instant, { description: "When the data was collected." })
  collectedAt?: string | null;

  @One("BUSINESS", () => Employee, "collectedById", { description: "Who collected the data." })
  collectedBy?: Employee | null;

  @Classified("BUSINESS", () => Instant, { description: "First contact." })
  firstContactAt?: string | null;

  @One("META", () => Employee, "ownerId", { description: "The seller whose customer this is." })
  ownerEmployee?: Employee | null;

  @Column("META", () => DepartmentCode, "departmentCode", {
    description: "The department that the customer belongs to.",
  })
  department?: DepartmentCode;

  @Classified("META", () => Secrecy, {
    catalogue: true,
    description:
      "How the record is classified; above ORDINARY it shows its code and this mark to those without a clearance (S004-P5-22).",
  })
  secrecy?: Secrecy;

  @One("META", () => Employee, "keeperId", { description: "Who keeps the classified record." })
  keeper?: Employee | null;

  @Classified("META", () => CustomerStatus, { description: "Where the record stands in its life." })
  status?: CustomerStatus;

  @Classified("META", () => Verification, { description: "Whether the data has been verified." })
  verification?: Verification;

  @Classified("META", () => Instant, { description: "When the data was verified." })
  verifiedAt?: string | null;

  @Classified("META", () => String, { description: "How the data was verified." })
  verifiedVia?: string | null;

  @Classified("META", () => Day, { description: "The end of the retention period." })
  retentionUntil?: string | null;

  @Classified("META", () => StorageClass, { description: "Where the record is kept (S003-4.1)." })
  storageClass?: StorageClass;

  @Classified("META", () => Instant, { description: "The last change." })
  lastUpdatedAt?: string;

  @Classified("META", () => Int, { description: "Counts the changes." })
  version?: number;
}

explainsItself(Customer);
listVia(
  Customer,
  "listedClearances",
  Employee,
  { table: "CustomerClearance", here: "customerId", there: "employeeId" } satisfies {
    table: string;
    here: keyof CustomerClearance;
    there: keyof CustomerClearance;
  },
  { description: "Who may read a TOP_SECRET record by name (rulebook 3.3)." },
);
