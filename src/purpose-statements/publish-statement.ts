import type { PurposeStatement as Row } from "../database/client.js";
import { uniqueColumnsOf } from "../database/database-refusal.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { type FormRules, filled, readWholeForm } from "../reading/form.js";
import { lines } from "../reading/form-readers.js";
import type { WriteContext } from "../reading/writable-rows.js";
import type { PublishPurposeStatementInput } from "./purpose-statement.input.js";

type Texts = Pick<Row, "purpose" | "manner" | "safeguards">;

const text = filled(lines(10_000));
const rules: FormRules<Texts> = { purpose: text, manner: text, safeguards: text };

/**
 * Publishes the next version. That the caller may has been decided before. Throws FORM_INCOMPLETE, naming all that is
 * missing; WRONG_STATE where another version than the one that was read is in force.
 */
export async function publishStatement(
  { db, decisions: { caller } }: WriteContext,
  { replaces, ...written }: PublishPurposeStatementInput,
): Promise<Row> {
  const { id: publishedById, now } = caller;
  const texts = readWholeForm<Texts>(written, rules, now);
  const inForce = await db.purposeStatement.findFirst({
    orderBy: { version: "desc" },
    select: { version: true },
  });
  if ((inForce?.version ?? 0) !== replaces) throw publishedSince();
  const version = replaces + 1;
  return db.purposeStatement
    .create({ data: { ...texts, id: newId("pst", now), version, publishedById, publishedAt: now } })
    .catch((error) => {
      throw uniqueColumnsOf(error).includes("version") ? publishedSince() : error;
    });
}

const publishedSince = () =>
  refusal("WRONG_STATE", {
    inputPath: "input.replaces",
    reason: "It is not the version in force.",
    needs: "the version that is in force now",
  });
