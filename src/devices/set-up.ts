import type { Prisma, Device as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { type Sql, sql } from "../reading/sql.js";
import { type Correction, corrected } from "./correction.js";

// What is not set up is not used for customer data (S000-4.1b); without a password nothing is (S001-P1-3.2.6). How a
// device came into the register, by its steps or by a list, makes no difference.

type File = Pick<Row, "isCustomerListDevice" | "configBaseline" | "passwordSet">;

/** Whether it may be used: what is not for customer data may be. */
export const isSetUp = ({ isCustomerListDevice, configBaseline, passwordSet }: File): boolean =>
  !isCustomerListDevice || (configBaseline !== null && passwordSet === true);

/** Throws WRONG_STATE for a device for customer data whose file has no baseline or no password. */
export function requireSetUp(file: File): void {
  if (isSetUp(file)) return;
  throw refusal("WRONG_STATE", {
    inputPath: "input.id",
    needs: "a device that is set up: a baseline and a password in its file",
    request: "updateDevice",
  });
}

const isSetUpToSql = (row: Sql): Sql =>
  sql`(NOT ${row}."isCustomerListDevice" OR (${row}."configBaseline" IS NOT NULL AND ${row}."passwordSet" IS TRUE))`;

/** Those of these devices in use, by id, that are no longer set up once these corrections are laid over them. */
export async function noLongerSetUp(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  corrections: readonly Correction[],
): Promise<readonly string[]> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT was."id" FROM ${corrected(corrections)}
    WHERE was."state" = 'IN_USE' AND ${isSetUpToSql(sql`was`)} AND NOT ${isSetUpToSql(sql`given`)}
    ORDER BY was."id"`;
  return found.map(({ id }) => id);
}
