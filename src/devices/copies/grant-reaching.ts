import { recordOf } from "../../access/classified.js";
import { clearance, scopeRows } from "../../access/grant-scope.js";
import { Customer } from "../../customers/customer.type.js";
import type { Prisma, DeviceCopy as Row } from "../../database/client.js";
import { loadCallersAt } from "../../people/load-caller.js";
import { rowsToSql } from "../../reading/rows.js";
import { aliases, join, sql } from "../../reading/sql.js";

/** The grant of the holder's, in force, in whose scope the customer is: the one that ends last; null: none. */
export async function grantReaching(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  { holderId, customerId, now }: Pick<Row, "holderId" | "customerId"> & { readonly now: Date },
): Promise<string | null> {
  const [holder] = await loadCallersAt(tx, { ids: [holderId], from: "ownDevice", now });
  const alias = aliases();
  const row = alias();
  const inForce = holder!.grants
    .filter(({ state, validFrom, validTo }) => state === "ACTIVE" && validFrom <= now && now < validTo)
    .sort((a, b) => b.validTo.getTime() - a.validTo.getTime() || a.id.localeCompare(b.id));
  const scopes = inForce.flatMap((grant) => {
    const rows = scopeRows(holder!, grant);
    if (!rows) return [];
    const within = [...rows, clearance(holder!, grant)];
    return [
      sql`WHEN ${rowsToSql(within, { record: recordOf(Customer), alias: row }, alias)} THEN ${grant.id}`,
    ];
  });
  if (scopes.length === 0) return null;
  const [found] = await tx.$queryRaw<{ grantId: string | null }[]>`
    SELECT CASE ${join(scopes, " ")} END AS "grantId" FROM "Customer" ${row} WHERE ${row}."id" = ${customerId}`;
  return found?.grantId ?? null;
}
