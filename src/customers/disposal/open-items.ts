import type { Prisma } from "../../database/client.js";
import { openStatuses } from "../../orders/order.enums.js";
import { column, join, name, type Sql, sql } from "../../reading/sql.js";
import { allWorkflows, type Workflow } from "../../workflow/workflow.js";
import { namingToSql } from "./naming-forms.js";

/** Forms that are rights rather than errands: nothing of them waits to be done. */
const rights: readonly string[] = ["Grant"];

const openStates = ({ states }: Workflow): readonly string[] =>
  Object.entries(states).flatMap(([state, { end }]) => (end === undefined ? [state] : []));

/** An order to be delivered, a case to be resolved, a form that names the customer and has not come to an end. */
function waysToBeOpen(ids: readonly string[], except: string | null): readonly Sql[] {
  const own = (table: string, condition: Sql): Sql =>
    sql`SELECT t."customerId", ${table}::text AS "kind" FROM ${name(table)} t WHERE t."customerId" = ANY(${[...ids]}::text[]) AND ${condition}`;
  const forms = allWorkflows().flatMap((workflow) => {
    const naming = rights.includes(workflow.name) ? null : namingToSql(workflow.record, ids);
    if (!naming) return [];
    const form = name("f");
    return [
      sql`SELECT n."customerId", ${workflow.name}::text AS "kind" FROM (${naming}) n JOIN ${name(workflow.name)} ${form} ON ${column(form, "id")} = n."id" WHERE ${column(form, "state")}::text = ANY(${[...openStates(workflow)]}::text[]) AND ${column(form, "id")} IS DISTINCT FROM ${except}::text`,
    ];
  });
  return [
    own("Order", sql`t."status"::text = ANY(${[...openStatuses]}::text[])`),
    own("ServiceCase", sql`t."status" <> 'RESOLVED'`),
    ...forms,
  ];
}

/** What is still open of these customers: the names of record types by the customer's id. One form can be left out. */
export async function openItems(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  ids: readonly string[],
  except: string | null,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await tx.$queryRaw<{ customerId: string; kinds: string[] }[]>`
    SELECT "customerId", array_agg(DISTINCT "kind" ORDER BY "kind") AS "kinds"
    FROM (${join([...waysToBeOpen(ids, except)], " UNION ALL ")}) open GROUP BY 1`;
  return new Map(found.map(({ customerId, kinds }) => [customerId, kinds]));
}
