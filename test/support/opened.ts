import type { Caller } from "../../src/access/caller.js";
import { allRecords } from "../../src/access/classified.js";
import { decide } from "../../src/access/decide.js";
import { policy } from "../../src/access/policy.js";
import { type ClassifiedField, fullName } from "../../src/access/record.js";
import { inWords, union } from "../../src/access/rows.js";
import type { Use } from "../../src/access/vocabulary.js";

/** A field by its full name: `Device.price`. */
export function fieldNamed(name: string): ClassifiedField {
  const found = allRecords()
    .flatMap(({ fields }) => [...fields.values()])
    .find((field) => fullName(field) === name);
  if (!found) throw new Error(`There is no field ${name}`);
  return found;
}

/** The rows on which a caller may use a field, in words; `-`: on none. */
export function opened(who: Caller, name: string, use: Use = "SEE"): string {
  const { openings } = decide(who, fieldNamed(name), use, policy);
  return (
    union(openings.map(({ rows }) => rows))
      .map(inWords)
      .join(" or ") || "-"
  );
}
