import { type AccountField, accountFields, type DraftField, draftFields } from "../draft-fields.js";

/** What a column of a list can fill: a field of the customer, of its bank account, or the country its numbers are of. */
export type ImportField = DraftField | `bankAccount.${AccountField}` | "country";

export const importFields: readonly ImportField[] = [
  ...(Object.keys(draftFields) as DraftField[]),
  ...(Object.keys(accountFields) as AccountField[]).map((field) => `bankAccount.${field}` as const),
  "country",
];
