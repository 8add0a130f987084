import {
  CustomerKind,
  CustomerStatus,
  IdType,
  PartyType,
  Sex,
  SpecialRole,
  StorageClass,
  Verification,
} from "../database/client.js";
import { describeEnum } from "../reading/enums.js";

export { CustomerKind, CustomerStatus, IdType, PartyType, Sex, SpecialRole, StorageClass, Verification };

describeEnum(
  "CustomerKind",
  CustomerKind,
  "Whether a customer serves the company in a special role (S004-P5-3).",
  {
    GENERAL: "An ordinary customer.",
    SPECIAL: "A customer in a special role.",
  },
);

describeEnum("SpecialRole", SpecialRole, "The special roles of customers (S004-P5-3).", {
  LAWYER: "A law firm or lawyer.",
  FINANCIAL_ADVISER: "A financial adviser.",
  ADVERTISING: "An advertising agency.",
  PUBLIC_RELATIONS: "A public-relations agency.",
  BANK: "A bank.",
  INSURANCE: "An insurer.",
});

describeEnum("PartyType", PartyType, "What kind of party a customer is.", {
  PERSON: "A natural person.",
  ORGANISATION: "A company or another organisation.",
});

describeEnum("Sex", Sex, "Sex, as the identity document says.", {
  M: "Male.",
  F: "Female.",
  UNKNOWN: "Not stated.",
});

describeEnum("IdType", IdType, "Kinds of identity document (S004-P3-5, 6).", {
  RESIDENT_ID: "Resident identity card; its number obeys the coding rule.",
  PASSPORT: "Passport.",
  RESIDENCE_PERMIT: "Residence permit.",
  BUSINESS_LICENCE: "Business licence.",
  OTHER: "Another document.",
});

describeEnum(
  "CustomerStatus",
  CustomerStatus,
  "Where a customer record stands in its life (S000-4.3b, S004-P5-25).",
  {
    DRAFT: "Being entered.",
    ACTIVE: "In use.",
    INVALID: "Found to be wrong.",
    EXPIRED: "No longer a customer.",
    DISPOSAL_PENDING: "Proposed for disposal.",
    DESTROYED: "Its values are gone; the tombstone stays.",
  },
);

describeEnum("Verification", Verification, "Whether the data is true (S004-P3-3).", {
  UNVERIFIED: "Not yet checked.",
  SUSPECT: "On the list of suspects.",
  VERIFIED: "Checked and true.",
  FALSE: "Checked and false.",
});

describeEnum("StorageClass", StorageClass, "Where a record is kept (S003-4.1).", {
  SERVER: "On the company's own server.",
  CLOUD: "With a cloud provider.",
  PAPER: "On paper.",
});
