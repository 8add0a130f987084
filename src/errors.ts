import { GraphQLError } from "graphql";

/** Every code that a caller can meet, with what it means. Rulebook 3.4, then the codes of the transport. */
export const codes = {
  UNAUTHENTICATED: "Nobody, or nobody who may still sign in, is asking.",
  NOT_FOUND: "It does not exist, or you may not know that it does.",
  FIELD_WITHHELD: "The field is not on any of your grants.",
  TIER_TOO_LOW: "Your grant's tier or cap does not reach this far.",
  GRANT_EXPIRED: "The grant that opened this has ended or is suspended.",
  PURPOSE_REQUIRED: "State one of the purposes that your grant names.",
  DECLARATION_REQUIRED: "Sensitive use is declared before it happens.",
  DECLARATION_OVERDUE: "A declaration has run out and was not returned.",
  DEVICE_UNREGISTERED: "The request does not come from a registered device.",
  DEVICE_NOT_IN_USE: "The device is registered but not in use.",
  DEVICE_NOT_YOURS: "The device is in somebody else's custody.",
  IP_MISMATCH: "The request does not come from the device's registered address.",
  DUPLICATE_IP: "Another device has this address.",
  TRAINING_REQUIRED: "The training that customer data demands is missing or has expired.",
  QUALIFICATION_REQUIRED: "The qualification to sell is missing or has expired.",
  NDA_REQUIRED: "No confidentiality commitment is in force.",
  VISIT_REQUIRED: "Outsiders read only during an allowed visit.",
  CLEARANCE_REQUIRED: "The record is classified above your clearance.",
  DEVICE_NOT_REVIEWED: "The device has not been reviewed for classified records.",
  FILTER_FORBIDDEN: "You may filter and sort only by what you see clear on every row that you reach.",
  GROUP_TOO_SMALL: "The group has too few records to be shown.",
  NOT_YOUR_ROLE: "The act belongs to another role.",
  SELF_DECISION: "Nobody decides their own case.",
  WRONG_STATE: "The state does not allow this.",
  APPROVAL_MISSING: "An approval is missing.",
  FORM_INCOMPLETE: "The form is not complete, or a value of it is not usable.",
  TERM_TOO_LONG: "The term is longer than allowed.",
  OVERDUE_ITEMS: "Something is overdue and comes first.",
  OPEN_ITEMS: "Something is still open.",
  KEY_INFO_MISSING: "Key information about the customer is missing.",
  ID_NUMBER_INVALID: "The identity number breaks its coding rule.",
  ID_MISMATCH: "The identity number does not agree with birth date or sex.",
  STAFF_CONTACT: "The contact belongs to a member of staff.",
  ACCOUNT_NOT_HOLDERS: "The account is not the holder's own.",
  SIGNATURE_MISSING: "A signature is missing.",
  EVIDENCE_MISSING: "Evidence is missing.",
  IDENTITY_NOT_VERIFIED: "The identity has not been verified.",
  CONSENT_MISSING: "The customer's consent is missing.",
  RETENTION_NOT_OVER: "The retention period is not over.",
  METHOD_FORBIDDEN: "The method is not allowed.",
  CHANNEL_FORBIDDEN: "The channel is not allowed.",
  STORAGE_FORBIDDEN: "The storage is not allowed.",
  SOFTWARE_FORBIDDEN: "The software is not allowed.",
  NONCONFORMING: "The delivery does not conform to the contract.",
  RECIPIENT_NOT_PERSONAL: "The recipient is not a named person.",
  APPEND_ONLY: "The record can be added to, not changed.",
  BAD_USER_INPUT: "A value is not usable; the input path names it.",
  DUPLICATE: "One of these exists already.",
  LIMIT_EXCEEDED: "The operation is larger than the server admits.",
  LEDGER_UNAVAILABLE: "The answer cannot be put on record at the moment, so it is not given.",
  OVERLOADED: "The server is busy; try again after the time in retry-after.",
  BAD_REQUEST: "The HTTP request is not a well-formed GraphQL request.",
  GRAPHQL_PARSE_FAILED: "The document is not GraphQL.",
  GRAPHQL_VALIDATION_FAILED: "The document does not fit the schema.",
  OPERATION_RESOLUTION_FAILURE: "The document does not hold the operation that was named.",
  INTERNAL: "Our fault. The id finds it in the server's log.",
} as const satisfies Record<string, string>;

export type Code = keyof typeof codes;

export interface RefusalDetails {
  /** What failed, in words; the code's own meaning by default. Never a value that somebody sent or stored. */
  reason?: string;
  /** What would help, in words. */
  needs?: string;
  /** The request that opens it: a mutation's name. */
  request?: string;
  /** Where in the arguments, as `input.mobile`. */
  inputPath?: string;
  /** The HTTP status, where the whole request is refused. */
  status?: number;
  /** More for the extensions, by name. */
  more?: Record<string, unknown>;
}

/** The one way to refuse: an entry of `errors` with `extensions.code` of the closed list. */
export function refusal(
  code: Code,
  { reason = codes[code], needs, request, inputPath, status, more }: RefusalDetails = {},
) {
  return new GraphQLError(reason, {
    extensions: {
      code,
      reason,
      ...(needs && { needs }),
      ...(request && { request }),
      ...(inputPath && { inputPath }),
      ...more,
      ...(status && { http: { status } }),
    },
  });
}

/** A refusal as it stands in an answer: its HTTP status is the answer's own. */
export function told({ message, extensions: { http: _, ...extensions } }: GraphQLError) {
  return { message, extensions };
}

/** A message for the person at the terminal: printed as one line, exit status 1, no stack. */
export class StartError extends Error {}
