import { clearance, scopeRows } from "../access/grant-scope.js";
import { Customer } from "../customers/customer.type.js";
import type { SensitiveUse as Row } from "../database/client.js";
import { newId } from "../database/id.js";
import { refusal } from "../errors.js";
import { incomplete } from "../reading/form.js";
import { idsInReach } from "../reading/writable-rows.js";
import type { Facts } from "../workflow/facts.js";
import type { Step } from "../workflow/step.js";
import type { ReturnSensitiveUseInput } from "./sensitive-use.input.js";

/** The customers that a declaration names. */
const namedIn = ({ more }: Facts<Row>): readonly string[] => more.customerIds as readonly string[];

/**
 * Of a standing declaration: customers in the scope that its grant had, whether or not the declarer still reaches them;
 * whoever has lost the grant, the device or the post still says what they used. Throws NOT_FOUND for anybody else.
 */
async function requireInScope(
  { tx, by, facts }: Step<Row, unknown>,
  records: readonly { readonly customerId: string }[],
): Promise<void> {
  const { caller } = by!.decisions;
  const grant = caller.grants.find(({ id }) => id === facts.row.grantId);
  const scope = grant && scopeRows(caller, grant);
  const rows = scope ? [[...scope, clearance(caller, grant)]] : [];
  const ids = records.map(({ customerId }) => customerId);
  const known = await idsInReach(tx, Customer, ids, rows);
  const at = ids.findIndex((id) => !known.has(id));
  if (at >= 0) throw refusal("NOT_FOUND", { inputPath: `input.records.${at}` });
}

/** Hands back the list of the records that were used; from then on nothing is open (S002-3.3b). */
export async function returnSensitiveUse(step: Step<Row, ReturnSensitiveUseInput>) {
  const { tx, now, facts, input, note } = step;
  const { standing, fields } = facts.row;
  const customers = namedIn(facts);
  const records = input.records ?? [];
  const problems = [
    ...(input.records ? [] : [{ field: "records", reason: "It is missing." }]),
    ...(input.noneKept === true ? [] : [{ field: "noneKept", reason: "Nothing that was used may be kept." }]),
    ...records.flatMap(({ customerId, fields: used }, at) => {
      const problem = (field: string, reason: string) => [{ field: `records.${at}.${field}`, reason }];
      if (!standing && !customers.includes(customerId))
        return problem("customerId", "The declaration does not name the customer.");
      if (records.findIndex((one) => one.customerId === customerId) < at)
        return problem("customerId", "The customer is listed twice.");
      if (used.length === 0 || used.some((field) => !fields.includes(field)))
        return problem("fields", "Fields of the declaration, at least one.");
      return [];
    }),
  ];
  if (problems.length > 0) throw incomplete(problems);
  if (standing) await requireInScope(step, records);
  await tx.sensitiveUseRecord.createMany({
    data: records.map(({ customerId, fields: used }) => ({
      id: newId("ret", now),
      declarationId: facts.id,
      customerId,
      fields: [...new Set(used)],
    })),
  });
  return { set: { returnedAt: now, returnNote: note } };
}
