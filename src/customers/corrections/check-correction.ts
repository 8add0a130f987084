import { recordOf } from "../../access/classified.js";
import { type ClassifiedField, fullName, nameableFields } from "../../access/record.js";
import type { Prisma } from "../../database/client.js";
import { homeCountry } from "../contacts.js";
import { Customer } from "../customer.type.js";
import { type CustomerDraft, type DraftField, draftFields } from "../draft-fields.js";
import { findStaffContacts } from "../staff-contact.js";
import { type FieldProblem, readCustomer, readWritten, type ValidCustomer } from "../validate-customer.js";

/** A customer's columns as text; null where they are empty. */
export type StoredCustomer = Readonly<Record<string, string | null>>;

/** The fields that can be corrected, as `Customer.mobile`: those that a new customer is given. */
export const correctableFields = (): ReadonlyMap<string, ClassifiedField> =>
  new Map(nameableFields(recordOf(Customer)).map((field) => [fullName(field), field]));

/** Columns that always hold a value, and that no rule of new customers asks for. */
const neverEmpty: readonly string[] = ["kind"] satisfies DraftField[];

const contacts: readonly string[] = ["mobile", "landline", "email", "address"] satisfies DraftField[];

/** A value as it is stored; and what it would make wrong that is not wrong already. */
export interface CheckedValue {
  readonly value: string | null;
  readonly problems: readonly FieldProblem[];
}

/**
 * Checks a new value of a field by the rules of new customers, beside the fields of the customer that may be looked at:
 * what a refusal says must not tell of the others.
 */
export function checkValue(
  stored: StoredCustomer,
  { name }: ClassifiedField,
  written: string | null,
  now: Date,
  mayLookAt: (field: string) => boolean,
): CheckedValue {
  const field = name as DraftField;
  const context = { country: homeCountry, now };
  const before: CustomerDraft = Object.fromEntries(
    Object.keys(draftFields)
      .filter(mayLookAt)
      .map((one) => [one, stored[one]]),
  );
  const wrongAlready = new Set(readCustomer(before, context).problems.map(inOneWord));
  const { customer, problems } = readCustomer({ ...before, [field]: written }, context);
  const made = problems.filter(
    (problem) =>
      (problem.field === field || !wrongAlready.has(inOneWord(problem))) &&
      // What is missing may be in a field that is not looked at.
      (problem.code !== "KEY_INFO_MISSING" || neededFor(problem.field).every(mayLookAt)),
  );
  const read = readWritten<string | number | Date>(draftFields[field], written, context);
  if ("reason" in read) return { value: null, problems: made };
  // A resident id is read twice: as a text, and by its coding rule.
  const value = field === "idNumber" ? customer.idNumber : read.value;
  if (value === null && neverEmpty.includes(field))
    return { value, problems: [{ field, code: "FORM_INCOMPLETE", reason: "It cannot be empty." }] };
  return {
    value: value instanceof Date ? value.toISOString() : value === null ? null : String(value),
    problems: made,
  };
}

/** The fields that decide whether this one is missing. */
const neededFor = (field: string): readonly string[] => (contacts.includes(field) ? contacts : [field]);

const inOneWord = ({ field, code }: FieldProblem): string => `${field} ${code}`;

/** A value as the column of a field prints it once it is stored: `5000.00`. */
export async function asStored(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  { name }: ClassifiedField,
  value: string | null,
): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ value: string | null }[]>`
    SELECT to_jsonb(jsonb_populate_record(NULL::"Customer", jsonb_build_object(${name}::text, ${value}::text))) ->> ${name}::text AS value`;
  return found!.value;
}

/** Is the new value a contact of a member of staff? */
export const checkStaffContact = async (
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  { name }: ClassifiedField,
  value: string | null,
): Promise<readonly FieldProblem[]> => {
  const nothing = Object.fromEntries(Object.keys(draftFields).map((field) => [field, null]));
  return findStaffContacts(tx, [{ ...nothing, [name]: value } as unknown as ValidCustomer]);
};

/** A customer as it is stored. Nobody else changes it before the transaction ends. */
export async function lockCustomer(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  id: string,
): Promise<StoredCustomer> {
  const [found] = await tx.$queryRaw<{ columns: StoredCustomer }[]>`
    SELECT (SELECT json_object_agg(key, value) FROM jsonb_each_text(to_jsonb(c))) AS columns
    FROM "Customer" c WHERE c."id" = ${id} FOR UPDATE OF c`;
  return found!.columns;
}
