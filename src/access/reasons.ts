import type { Code } from "../errors.js";

/** Why something is not shown or not allowed, and what would help. */
export interface Reason {
  readonly code: Code;
  /** In words. */
  readonly needs: string;
  /** The mutation that asks for it. */
  readonly request?: string;
}

const application = { request: "applyForGrant" };

/** Every reason that the kernel can give, in the decision order of rulebook 3.4. */
export const reasons = {
  notActive: { code: "WRONG_STATE", needs: "an employment that is active" },
  policyUnread: {
    code: "WRONG_STATE",
    needs: "a tier policy in force that this release of the server can read",
    request: "proposeTierPolicy",
  },
  notStaff: { code: "NOT_YOUR_ROLE", needs: "a post whose duties include this" },
  deviceUnregistered: {
    code: "DEVICE_UNREGISTERED",
    needs: "a request from a registered customer-list device, proved by its device-credential",
  },
  deviceUnsigned: {
    code: "DEVICE_UNREGISTERED",
    needs: "a request that the device signs with a key of its own, in the header dpop",
  },
  deviceNotInUse: { code: "DEVICE_NOT_IN_USE", needs: "a device in the state IN_USE" },
  stockTakeOverdue: {
    code: "DEVICE_NOT_IN_USE",
    needs: "a stock-take of the device: the one that was due has not been taken",
  },
  maintenanceOverdue: {
    code: "DEVICE_NOT_IN_USE",
    needs: "the maintenance of the device: what was due has not been done",
  },
  deviceNotYours: { code: "DEVICE_NOT_YOURS", needs: "a request from the device in your own custody" },
  deviceNotAtDesk: {
    code: "DEVICE_NOT_YOURS",
    needs: "a request from the desk: a device in the custody of customer service",
  },
  addressMismatch: { code: "IP_MISMATCH", needs: "a request from the address registered for the device" },
  trainingRequired: {
    code: "TRAINING_REQUIRED",
    needs: "a passed and unexpired training in FUNCTIONS, QUERY_ENTRY and DATA_PROTECTION",
    request: "enrolInTraining",
  },
  commitmentRequired: { code: "NDA_REQUIRED", needs: "a confidentiality commitment in force" },
  agreementRequired: { code: "NDA_REQUIRED", needs: "a non-disclosure agreement in force" },
  noGrant: { code: "FIELD_WITHHELD", needs: "a grant that names the information", ...application },
  consultOnly: {
    code: "FIELD_WITHHELD",
    needs: "an approved consultation of the dossier, in its window; nothing else is open to visitors",
    request: "requestConsultationForVisitor",
  },
  grantEnded: { code: "GRANT_EXPIRED", needs: "a grant in force", ...application },
  rowNotInScope: { code: "FIELD_WITHHELD", needs: "a grant whose scope holds the record", ...application },
  clearanceRequired: {
    code: "CLEARANCE_REQUIRED",
    needs: "a clearance for the record's secrecy, or an approved consultation",
    request: "requestConsultation",
  },
  deviceNotReviewed: {
    code: "DEVICE_NOT_REVIEWED",
    needs: "a device for classified records that has been reviewed",
    request: "openSecretReview",
  },
  secretPostRequired: {
    code: "TRAINING_REQUIRED",
    needs: "a passed and unexpired training for secret posts (SECRET_POST) of whoever runs the device",
    request: "enrolInTraining",
  },
  classNotGranted: { code: "FIELD_WITHHELD", needs: "a grant that names the field's class", ...application },
  fieldNotGranted: { code: "FIELD_WITHHELD", needs: "a grant that names the field", ...application },
  writeOnly: { code: "TIER_TOO_LOW", needs: "a grant that opens the class for reading", ...application },
  tierTooLow: { code: "TIER_TOO_LOW", needs: "a grant of a higher tier", ...application },
  capTooLow: { code: "TIER_TOO_LOW", needs: "a grant that opens the class clear", ...application },
  operationNotGranted: { code: "TIER_TOO_LOW", needs: "a grant that names the operation", ...application },
  purposeRequired: {
    code: "PURPOSE_REQUIRED",
    needs: "the header access-purpose with a purpose that the grant names",
  },
  declarationRequired: {
    code: "DECLARATION_REQUIRED",
    needs: "an open sensitive-use declaration naming the customer and this field",
    request: "fileSensitiveUse",
  },
  declarationOverdue: {
    code: "DECLARATION_OVERDUE",
    needs: "the return of the overdue declaration, then a new one",
    request: "returnSensitiveUse",
  },
  acknowledgementRequired: {
    code: "CLEARANCE_REQUIRED",
    needs: "a clearance for the field's secrecy, or a declaration that administration has acknowledged",
    request: "fileSensitiveUse",
  },
  notForCustomers: { code: "FIELD_WITHHELD", needs: "nothing: the information is internal" },
} as const satisfies Record<string, Reason>;
