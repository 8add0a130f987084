import { type Branch, branchesOf } from "../access/branches.js";
import type { Decision } from "../access/decision.js";
import type { RecordType } from "../access/record.js";
import { everyRow } from "../access/rows.js";
import type { Prisma } from "../database/client.js";
import { rowsToSql } from "./rows.js";
import { aliases, column, constant, isTrue, join, name, type Sql, sql } from "./sql.js";

interface Cell {
  /** Whose field it is: the whole's own type, or one of its parts'. */
  readonly record: RecordType;
  readonly decision: Decision;
}

/**
 * What a decision comes to on one row and on every row of the field's type that is part of it: of the branches taken,
 * the last, which opens least. Undefined: there is no such row.
 */
export async function branchTaken(
  db: Pick<Prisma.TransactionClient, "$queryRaw">,
  { record, decision }: Cell,
  whole: { readonly record: RecordType; readonly id: string },
): Promise<Branch | undefined> {
  const branches = branchesOf(decision, [everyRow]);
  const alias = aliases();
  const takenIn = (of: RecordType, key: string): Sql => {
    const row = alias();
    const whens = branches.map(({ rows }, index) => {
      const holds = rows.length > 0 ? rowsToSql(rows, { record: of, alias: row }, alias) : isTrue;
      return sql`WHEN ${holds} THEN ${constant(index)}`;
    });
    return sql`SELECT CASE ${join(whens, " ")} END AS "branch" FROM ${name(of.name)} ${row} WHERE ${column(row, key)} = ${whole.id}`;
  };
  const part = record.partOf.find(({ record: known }) => known() === whole.record);
  const taken = [takenIn(whole.record, "id"), ...(part ? [takenIn(record, part.key)] : [])];
  const [found] = await db.$queryRaw<{ branch: number | null }[]>`
    SELECT max("branch")::int4 AS "branch" FROM (${join(taken, " UNION ALL ")}) t`;
  return found?.branch == null ? undefined : branches[found.branch];
}
