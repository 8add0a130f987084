import type { Prisma } from "./database/client.js";
import { incomplete } from "./reading/form.js";

/**
 * The device that a copy of customer data is put on, by the number on its label: one for customer data, in use, in the
 * hands of `holder` where one is named. It stands still until the transaction ends. Throws FORM_INCOMPLETE for any other,
 * for one that does not exist alike.
 */
export async function deviceToKeepOn(
  tx: Prisma.TransactionClient,
  deviceNo: string | null,
  holder?: string,
): Promise<string> {
  const found =
    deviceNo === null
      ? []
      : await tx.$queryRaw<{ id: string }[]>`
          SELECT "id" FROM "Device" WHERE "deviceNo" = ${deviceNo} AND "state" = 'IN_USE' AND "isCustomerListDevice"
            AND "custodianId" IS NOT NULL AND "custodianId" = coalesce(${holder ?? null}::text, "custodianId")
          FOR UPDATE`;
  if (!found[0])
    throw incomplete([
      {
        field: "deviceNo",
        reason: holder
          ? "It takes a device of your own for customer data that is in use."
          : "It takes a device for customer data that is in somebody's use.",
      },
    ]);
  return found[0].id;
}
