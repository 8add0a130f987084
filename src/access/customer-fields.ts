import { allRecords } from "./classified.js";
import { type ClassifiedField, fullName } from "./record.js";
import { isCustomerClass } from "./vocabulary.js";

/** Every field of customer information by its full name: what declarations, copies and disclosures name. */
export const customerFields = (): ReadonlyMap<string, ClassifiedField> =>
  new Map(
    allRecords()
      .filter(({ governedBy }) => governedBy === "grants")
      .flatMap(({ fields }) => [...fields.values()])
      .filter(({ fieldClass }) => isCustomerClass(fieldClass))
      .map((field) => [fullName(field), field]),
  );

/** FINANCIAL or PRIVATE: what is opened by declaring it (S002-3.3b). */
export const isSensitive = ({ fieldClass }: ClassifiedField): boolean =>
  fieldClass === "FINANCIAL" || fieldClass === "PRIVATE";
