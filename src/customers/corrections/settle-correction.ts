import type { CorrectionRequest as Row } from "../../database/client.js";
import { refusal } from "../../errors.js";
import { refuseForm } from "../../reading/form.js";
import { name, sql, typeName } from "../../reading/sql.js";
import type { Step } from "../../workflow/step.js";
import { checkStaffContact, checkValue, correctableFields, lockCustomer } from "./check-correction.js";
import { moreOf } from "./classified-correction.js";
import { requireUse } from "./may-correct.js";
import { beyondCorrection } from "./propose-correction.js";

const fieldOf = ({ facts: { row } }: Step<Row, unknown>) => correctableFields().get(row.field)!;

/** Throws what is missing, unless the steward's own grant lets them correct this field of this customer (rulebook 3.3). */
export async function requireSteward(step: Step<Row, unknown>): Promise<undefined> {
  const { tx, by, facts } = step;
  await requireUse(tx, by!.decisions, {
    customerId: facts.row.customerId,
    field: fieldOf(step),
    use: "CORRECT",
    inputPath: "input.id",
  });
}

/**
 * Writes the new value in place of the old one. It is checked once more beside everything that the customer's record
 * holds; throws WRONG_STATE where that has changed since.
 */
export async function applyCorrection(step: Step<Row, unknown>): Promise<undefined> {
  const { tx, now, facts } = step;
  const { customerId, oldValue, newValue } = facts.row;
  await requireSteward(step);
  const field = fieldOf(step);
  const stored = await lockCustomer(tx, customerId);
  // Who has to approve it was read before the record was locked.
  const { secrecy, keeperId } = moreOf(facts);
  if (stored.secrecy !== secrecy || (stored.keeperId ?? null) !== keeperId) throw changedSince();
  const { problems } = checkValue(stored, field, newValue, now, () => true);
  const found = [...problems, ...(await checkStaffContact(tx, field, newValue))];
  if (found.length > 0) throw refuseForm(found.map(({ code, reason }) => ({ field: "id", code, reason })));
  if (beyondCorrection.includes(stored.status) || field.value.kind !== "column") throw changedSince();
  const column = name(field.value.column);
  const type = typeName(field.value.scalar);
  const written = await tx.$executeRaw(sql`
    UPDATE "Customer" SET ${column} = ${newValue}::text::${type},
      "lastUpdatedAt" = ${now.toISOString()}::text::timestamptz, "version" = "version" + 1
    WHERE "id" = ${customerId} AND ${column} IS NOT DISTINCT FROM ${oldValue}::text::${type}`);
  if (written === 0) throw changedSince();
}

const changedSince = () =>
  refusal("WRONG_STATE", {
    inputPath: "input.id",
    reason: "The customer's record has changed since the correction was proposed.",
    needs: "a new proposal",
  });
