import { column, constant, join, name, sql } from "../reading/sql.js";
import type { Work } from "./step.js";
import { letFollow } from "./take-step.js";
import { allWorkflows } from "./workflow.js";

/**
 * Ends every form that ends with somebody's post. In the order of rulebook 2.4, as an application is implemented: first
 * the application is locked and then the grants that it replaces. Two who come at once wait for one another, and no more.
 */
export async function endWithPost(work: Work, personId: string): Promise<void> {
  const t = sql`t`;
  for (const workflow of allWorkflows())
    for (const [action, { from, whenSubjectGoes }] of Object.entries(workflow.actions)) {
      if (!whenSubjectGoes) continue;
      const forms = await work.tx.$queryRaw<{ id: string }[]>`
        SELECT t."id" FROM ${name(workflow.name)} t
        WHERE ${column(t, workflow.subject)} = ${personId} AND ${column(t, "state")} IN (${join(from.map((state) => constant(state!)))})
        ORDER BY t."id"`;
      for (const { id } of forms) await letFollow(work, workflow, action, id);
    }
}
