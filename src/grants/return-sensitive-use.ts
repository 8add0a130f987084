import type { SensitiveUse as Row } from "../database/client.js";
import { newId } from "../database/id.js";
import { incomplete } from "../reading/form.js";
import type { Facts } from "../workflow/facts.js";
import type { Step } from "../workflow/step.js";
import type { ReturnSensitiveUseInput } from "./sensitive-use.input.js";
import { requireCustomers } from "./write-application.js";

/** The customers that a declaration names. */
const namedIn = ({ more }: Facts<Row>): readonly string[] => more.customerIds as readonly string[];

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
  if (standing)
    await requireCustomers(
      step,
      records.map(({ customerId }) => customerId),
      "input.records",
    );
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
