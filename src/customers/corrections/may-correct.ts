import type { Decisions } from "../../access/decisions.js";
import { refuse } from "../../access/guard.js";
import type { ClassifiedField } from "../../access/record.js";
import type { Use } from "../../access/vocabulary.js";
import { idsInReach } from "../../reading/writable-rows.js";
import type { Work } from "../../workflow/step.js";
import { Customer } from "../customer.type.js";
import { correctableFields } from "./check-correction.js";

interface Asked {
  readonly customerId: string;
  readonly field: ClassifiedField;
  readonly use: Use;
  readonly inputPath: string;
}

/** Throws what is missing, unless the caller may use this field of this customer so. The customer is in reach. */
export async function requireUse(
  tx: Work["tx"],
  decisions: Decisions,
  { customerId, field, use, inputPath }: Asked,
): Promise<void> {
  const { openings, closings, otherwise } = decisions.of(field, use);
  if (openings.length === 0) throw refuse(closings[0]?.reason ?? otherwise, inputPath);
  const rows = openings.map((opening) => opening.rows);
  if ((await idsInReach(tx, Customer, [customerId], rows)).size > 0) return;
  const masked = decisions.of(field, "SEE").openings.find(({ because }) => because);
  throw refuse(masked?.because ?? otherwise, inputPath);
}

/** The names of the fields that the caller sees clear on this customer. */
export async function fieldsSeenClear(
  tx: Work["tx"],
  decisions: Decisions,
  customerId: string,
): Promise<ReadonlySet<string>> {
  const known = new Map<string, boolean>();
  const seen = new Set<string>();
  for (const field of correctableFields().values()) {
    const rows = decisions
      .of(field, "SEE")
      .openings.filter(({ outcome }) => outcome === "CLEAR")
      .map((opening) => opening.rows);
    // Fields of one class are open on the same rows, as a rule: one look-up for all of them.
    const key = JSON.stringify(rows);
    const clear = known.get(key) ?? (await idsInReach(tx, Customer, [customerId], rows)).size > 0;
    known.set(key, clear);
    if (clear) seen.add(field.name);
  }
  return seen;
}
