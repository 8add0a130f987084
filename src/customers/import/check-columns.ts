import { wrongMap } from "../../csv/column-map.js";
import { accountFields, draftFields } from "../draft-fields.js";
import { readWritten } from "../validate-customer.js";
import type { Reader, ReadingContext } from "../written-value.js";
import { countryOf, fieldWord } from "./cell-words.js";
import type { CustomerColumns } from "./customer-columns.js";
import type { ImportField } from "./import-fields.js";

const isCountry: Reader<string> = (written) =>
  countryOf(written) ? { value: written } : { reason: "It is not a country." };

const readers = new Map<string, Reader<unknown>>([
  ...Object.entries(draftFields),
  ...Object.entries(accountFields).map(([field, reader]) => [`bankAccount.${field}`, reader] as const),
  ["country", isCountry],
]);

/** Refuses columns with which every single row would be bad: one clear word instead of a problem for each of them. */
export function checkColumns({ sources }: CustomerColumns, context: ReadingContext): void {
  const isFilled = (field: ImportField) => sources.has(field);
  if (!isFilled("name")) throw wrongMap("No column holds the name: say which, as name=Column.");
  if (!isFilled("partyType"))
    throw wrongMap(
      "No column tells people from organisations: say which, as partyType=Column, or partyType:=PERSON or partyType:=ORGANISATION.",
    );
  if (!(["mobile", "landline", "email", "address"] as const).some(isFilled))
    throw wrongMap(
      "No column holds a way to reach the customer: say which, as mobile=, landline=, email= or address=Column.",
    );
  for (const [field, source] of sources) {
    if (!("constant" in source)) continue;
    const read = readWritten(readers.get(field)!, fieldWord(field, source.constant), context);
    if ("reason" in read) throw wrongMap(`The map's constant for ${field} is not usable. ${read.reason}`);
  }
}

/** The fields of records that these columns fill, as the kernel calls them: `Customer.mobile`, `BankAccount.bankName`. */
export const filledFields = ({ sources }: CustomerColumns): string[] =>
  [...sources.keys()]
    .filter((field) => field !== "country")
    .map((field) =>
      field.includes(".") ? field.replace("bankAccount", "BankAccount") : `Customer.${field}`,
    );
