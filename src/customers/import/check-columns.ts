import { refusal } from "../../errors.js";
import { accountFields, draftFields } from "../draft-fields.js";
import { type FieldProblem, readWritten } from "../validate-customer.js";
import type { Reader, ReadingContext } from "../written-value.js";
import { countryOf, fieldWord } from "./cell-words.js";
import { wrongMap } from "./column-map.js";
import type { Columns } from "./columns.js";
import type { ImportField } from "./import-fields.js";

const isCountry: Reader<string> = (written) =>
  countryOf(written) ? { value: written } : { reason: "It is not a country." };

const readers = new Map<string, Reader<unknown>>([
  ...Object.entries(draftFields),
  ...Object.entries(accountFields).map(([field, reader]) => [`bankAccount.${field}`, reader] as const),
  ["country", isCountry],
]);

/** Refuses columns with which every single row would be bad: one clear word instead of a problem for each of them. */
export function checkColumns({ sources }: Columns, context: ReadingContext): void {
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
export const filledFields = ({ sources }: Columns): string[] =>
  [...sources.keys()]
    .filter((field) => field !== "country")
    .map((field) =>
      field.includes(".") ? field.replace("bankAccount", "BankAccount") : `Customer.${field}`,
    );

/** Refuses an import of fields that the caller may not write, naming all of them. */
export function refuseUnwritable(problems: readonly FieldProblem[]): void {
  const [first] = problems;
  if (!first) return;
  const reasons = [...new Set(problems.map(({ reason }) => reason))];
  const fieldsOf = (reason: string) =>
    problems.filter((problem) => problem.reason === reason).map(({ field }) => field);
  const reason = reasons.map((one) => `${fieldsOf(one).join(", ")}: ${one}`).join(" ");
  throw refusal(first.code, {
    reason: `You may not import these fields. ${reason}`,
    inputPath: "input.map",
    more: { problems },
  });
}
