import type { Code } from "../errors.js";
import type { Reading } from "../reading/form.js";
import { companyDay } from "./calendar-day.js";
import {
  accountFields,
  type CustomerDraft,
  draftFields,
  type Read,
  type ReadAccount,
  type ReadCustomer,
  type Written,
} from "./draft-fields.js";
import { readResidentId } from "./resident-id.js";
import { cleaned, type Reader, type ReadingContext } from "./written-value.js";

/** Something that keeps a customer from being stored. */
export interface FieldProblem {
  /** As in the draft: `mobile`, `bankAccounts.0.accountNumber`. */
  readonly field: string;
  readonly code: Code;
  /** In words, never with the value. */
  readonly reason: string;
}

/** A customer that may be stored, as far as that can be told without the database. */
export interface ValidCustomer extends ReadCustomer {
  name: string;
  partyType: NonNullable<ReadCustomer["partyType"]>;
  bankAccounts: { [Field in keyof ReadAccount]: string }[];
}

export type Validation =
  | { readonly customer: ValidCustomer }
  | { readonly problems: readonly FieldProblem[] };

/**
 * Reads a draft and finds everything that is wrong with it. Key information (S004-P3-2, 5) is here what any customer
 * needs: a name, the kind of party and one way to reach them; what an insurance policy needs besides is asked for at
 * underwriting. Sex and birth date must agree with a resident id (S004-P3-6) and are filled in from it; other
 * documents only have to be there (rulebook 6-19).
 */
export function validateCustomer(draft: CustomerDraft, context: ReadingContext): Validation {
  const { customer, problems } = readCustomer(draft, context);
  return problems.length === 0 ? { customer: customer as ValidCustomer } : { problems };
}

/** What can be read of a draft, and everything that is wrong with it: see `validateCustomer`. */
export function readCustomer(
  draft: CustomerDraft,
  context: ReadingContext,
): { readonly customer: ReadCustomer; readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const customer = readFields(draftFields, draft, context, problems);
  const bankAccounts = (draft.bankAccounts ?? []).map((account, index) => {
    const path = `bankAccounts.${index}.`;
    const read = readFields(accountFields, account, context, problems, path);
    for (const field of ["holderName", "bankName", "accountNumber"] as const)
      need(field, `The ${field} of the bank account is missing.`, read, path);
    return read;
  });
  /** A field that was given but could not be read is not missing as well. */
  function isMissing(field: string, read: object = customer, path = "") {
    return (
      read[field as keyof typeof read] === null && !problems.some((problem) => problem.field === path + field)
    );
  }
  function need(field: string, reason: string, read: object = customer, path = "") {
    if (isMissing(field, read, path))
      problems.push({ field: path + field, code: "KEY_INFO_MISSING", reason });
  }
  need("name", "The name is missing.");
  need("partyType", "Whether the customer is a PERSON or an ORGANISATION is missing.");
  if (["mobile", "landline", "email", "address"].every((field) => isMissing(field)))
    need("mobile", "There is no way to reach the customer: mobile, landline, email or address.");
  if (customer.idNumber) need("idType", "The kind of document that the idNumber belongs to is missing.");
  if (customer.idType) need("idNumber", "The number of the document is missing.");
  problems.push(...checkKind(customer), ...checkIdentity(customer, context.now));
  return { customer: { ...customer, bankAccounts } as ReadCustomer, problems };
}

function readFields<Readers extends Readonly<Record<string, Reader<unknown>>>>(
  readers: Readers,
  draft: { readonly [Field in keyof Readers]?: Written },
  context: ReadingContext,
  problems: FieldProblem[],
  path = "",
): Read<Readers> {
  const read = {} as Record<string, unknown>;
  for (const [field, reader] of Object.entries(readers)) {
    const result = readWritten(reader, draft[field], context);
    read[field] = "value" in result ? result.value : null;
    if ("reason" in result)
      problems.push({ field: path + field, code: "FORM_INCOMPLETE", reason: result.reason });
  }
  return read as Read<Readers>;
}

/** What a field's reader makes of a value that somebody sent; null for none. */
export function readWritten<Value>(
  reader: Reader<Value>,
  written: Written,
  context: ReadingContext,
): Reading<Value | null> {
  if (written === null || written === undefined) return { value: null };
  if (written instanceof Date && Number.isNaN(written.getTime())) return { reason: "It is not an instant." };
  const text = cleaned(written instanceof Date ? written.toISOString() : String(written));
  if ("reason" in text) return text;
  return text.value === null ? { value: null } : reader(text.value, context);
}

function checkKind(customer: ReadCustomer): FieldProblem[] {
  // Who has a special role is a special customer.
  if (customer.specialRole && customer.kind === null) customer.kind = "SPECIAL";
  if (customer.specialRole && customer.kind === "GENERAL")
    return [
      { field: "specialRole", code: "FORM_INCOMPLETE", reason: "Only a SPECIAL customer has a specialRole." },
    ];
  return [];
}

function checkIdentity(customer: ReadCustomer, now: Date): FieldProblem[] {
  if (customer.idType !== "RESIDENT_ID" || customer.idNumber === null) return [];
  const id = readResidentId(customer.idNumber);
  if (!id || id.dateOfBirth > companyDay(now))
    return [
      { field: "idNumber", code: "ID_NUMBER_INVALID", reason: "It breaks the coding rule of resident ids." },
    ];
  const problems: FieldProblem[] = [];
  if (customer.dateOfBirth !== null && customer.dateOfBirth !== id.dateOfBirth)
    problems.push({
      field: "dateOfBirth",
      code: "ID_MISMATCH",
      reason: "The idNumber says another birth date.",
    });
  if (customer.sex !== null && customer.sex !== "UNKNOWN" && customer.sex !== id.sex)
    problems.push({ field: "sex", code: "ID_MISMATCH", reason: "The idNumber says another sex." });
  customer.idNumber = id.number;
  if (customer.partyType === "PERSON") Object.assign(customer, { dateOfBirth: id.dateOfBirth, sex: id.sex });
  return problems;
}
