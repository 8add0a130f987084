import type { Prisma, Device as Row } from "../database/client.js";
import { refusal } from "../errors.js";
import { type Correction, corrected } from "./correction.js";

// What is not set up is not used for customer data (S000-4.1b); without a password nothing is (S001-P1-3.2.6). How a
// device came into the register, by its steps or by a list, makes no difference.

type File = Pick<Row, "isCustomerListDevice" | "configBaseline" | "passwordSet">;

/** Throws WRONG_STATE for a device for customer data whose file has no baseline or no password. */
export function requireSetUp({ isCustomerListDevice, configBaseline, passwordSet }: File): void {
  if (!isCustomerListDevice || (configBaseline !== null && passwordSet === true)) return;
  throw refusal("WRONG_STATE", {
    inputPath: "input.id",
    needs: "a device that is set up: a baseline and a password in its file",
    request: "updateDevice",
  });
}

/** Those of these devices in use, by id, that are no longer set up once these corrections are laid over them. */
export async function noLongerSetUp(
  tx: Pick<Prisma.TransactionClient, "$queryRaw">,
  corrections: readonly Correction[],
): Promise<readonly string[]> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT was."id" FROM ${corrected(corrections)}
    WHERE was."state" = 'IN_USE' AND given."isCustomerListDevice"
      AND (given."configBaseline" IS NULL OR given."passwordSet" IS NOT TRUE)
      AND (was."isCustomerListDevice", was."configBaseline", was."passwordSet") IS DISTINCT FROM (
        given."isCustomerListDevice", given."configBaseline", given."passwordSet")
    ORDER BY was."id"`;
  return found.map(({ id }) => id);
}
