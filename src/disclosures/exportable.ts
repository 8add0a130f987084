import type { Caller } from "../access/caller.js";
import { recordOf } from "../access/classified.js";
import { customerFields } from "../access/customer-fields.js";
import { decisionsFor } from "../access/decisions.js";
import type { Policy } from "../access/policy.js";
import { type Reason, reasons } from "../access/reasons.js";
import type { ClassifiedField } from "../access/record.js";
import { Customer } from "../customers/customer.type.js";
import type { Prisma } from "../database/client.js";
import { refusal } from "../errors.js";
import { branchTaken } from "../reading/branch-taken.js";
import { idsInReach } from "../reading/writable-rows.js";

interface Wanted {
  readonly customerId: string;
  readonly fields: readonly string[];
}

/**
 * Refuses fields of a customer that this caller does not see clear now, or may not take out, for the purpose that they
 * state: what leaves never holds more than whoever asks for it may see (S004-P5-23.1). NOT_FOUND for a customer out of
 * reach; otherwise what the kernel misses, field by field.
 */
export async function requireExportable(
  tx: Prisma.TransactionClient,
  caller: Caller,
  policy: Policy,
  { customerId, fields }: Wanted,
): Promise<void> {
  const decisions = decisionsFor(caller, policy);
  const record = recordOf(Customer);
  const { rows, otherwise } = decisions.reach(record);
  if (rows.length === 0) throw refused([{ reason: otherwise, path: pathOf(otherwise) }]);
  const found = await idsInReach(tx, Customer, [customerId], rows);
  if (found.size === 0) throw refusal("NOT_FOUND", { inputPath: "input.customerId" });
  const known = customerFields();
  const asked = new Map<string, Promise<Reason | null>>();
  /** Fields of one class are decided alike, as a rule: one look-up for all of them. */
  const missing = (field: ClassifiedField, use: "SEE" | "EXPORT"): Promise<Reason | null> => {
    const decision = decisions.of(field, use);
    const key = JSON.stringify([field.record.name, decision]);
    const answer =
      asked.get(key) ??
      branchTaken(tx, { record: field.record, decision }, { record, id: customerId }).then((branch) =>
        branch?.outcome === "CLEAR" ? null : (branch?.reason ?? reasons.rowNotInScope),
      );
    asked.set(key, answer);
    return answer;
  };
  const problems: Missing[] = [];
  for (const [at, name] of fields.entries()) {
    const field = known.get(name)!;
    const reason = (await missing(field, "SEE")) ?? (await missing(field, "EXPORT"));
    if (reason) problems.push({ reason, path: `input.fields.${at}` });
  }
  if (problems.length > 0) throw refused(problems);
}

interface Missing {
  readonly reason: Reason;
  readonly path: string;
}

const pathOf = ({ code }: Reason): string =>
  code === "PURPOSE_REQUIRED" ? "input.purpose" : "input.customerId";

/** All that is missing in one refusal, which is the first one's. There is at least one. */
function refused(problems: readonly Missing[]) {
  const [{ reason, path }] = problems as [Missing];
  const { code, needs, request } = reason;
  return refusal(code, {
    needs,
    ...(request && { request }),
    inputPath: path,
    more: {
      problems: problems.map(({ reason: { code, needs }, path }) => ({ inputPath: path, code, needs })),
    },
  });
}
