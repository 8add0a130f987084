import { CustomerKind, DepartmentCode, IdType, PartyType, Sex, SpecialRole } from "../database/client.js";
import { email, landline, mobile } from "./contacts.js";
import { line, lines, money, pastDay, pastInstant, type Reader, wholeNumber, word } from "./written-value.js";

/** The fields that a new customer may be given, and how each is read. The names are those of the API. */
export const draftFields = {
  code: line(64),
  kind: word(CustomerKind),
  specialRole: word(SpecialRole),
  partyType: word(PartyType),
  name: line(),
  region: line(),
  address: line(500),
  landline,
  mobile,
  email,
  sex: word(Sex),
  dateOfBirth: pastDay,
  idType: word(IdType),
  idNumber: line(64),
  healthNotes: lines(),
  personalNotes: lines(),
  taxId: line(64),
  creditLimit: money(),
  balance: money({ negative: true }),
  paymentTermDays: wholeNumber(0, 3650),
  businessNeeds: lines(),
  preferences: lines(),
  source: line(),
  rating: line(64),
  collectionPurpose: line(),
  collectionChannel: line(),
  collectedAt: pastInstant,
  firstContactAt: pastInstant,
  department: word(DepartmentCode),
} satisfies Record<string, Reader<unknown>>;

export type DraftField = keyof typeof draftFields;

/** The fields of a bank account, and how each is read. */
export const accountFields = {
  holderName: line(),
  bankName: line(),
  accountNumber: (written) => {
    const value = written.replace(/[\s-]/g, "").toUpperCase();
    return /^[0-9A-Z]{6,34}$/.test(value)
      ? { value }
      : { reason: "It is not an account number of 6 to 34 letters and digits." };
  },
} satisfies Record<string, Reader<string>>;

export type AccountField = keyof typeof accountFields;

/** What a field holds as somebody sent it; the reader of the field makes sense of it. */
export type Written = string | number | Date | null | undefined;

/** A customer as somebody sent it. Empty texts count as absent. */
export type CustomerDraft = { readonly [Field in DraftField]?: Written } & {
  readonly bankAccounts?: readonly AccountDraft[] | null | undefined;
};

export type AccountDraft = { readonly [Field in AccountField]?: Written };

/** What readers make of a draft: each field read, or null. */
export type Read<Readers> = {
  -readonly [Field in keyof Readers]: (Readers[Field] extends Reader<infer Value> ? Value : never) | null;
};

export type ReadCustomer = Read<typeof draftFields>;
export type ReadAccount = Read<typeof accountFields>;
