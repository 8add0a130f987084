import type { Caller } from "./access/caller.js";
import type { Database } from "./database/client.js";
import { StartError } from "./errors.js";
import { loadCaller } from "./people/load-caller.js";

/**
 * The person in whose name the command works, as if at their own device in use, at its address. Whoever can run the command holds the
 * database's keys, so nothing is proved to it; naming a person says who answers for the data, and holds the import to
 * what that person may write.
 */
export async function actingPerson(
  db: Database,
  staffNo: string,
  purpose: string | undefined,
  now: Date,
): Promise<Caller> {
  const circumstances = { proof: null, address: null, purpose: purpose ?? null, now };
  const caller = await loadCaller(db, { staffNo }, circumstances);
  if (!caller) throw new StartError(`Nobody has the staff number ${staffNo}.`);
  const device = await db.device.findFirst({
    where: { custodianId: caller.id, state: "IN_USE", isCustomerListDevice: true },
    orderBy: { deviceNo: "asc" },
  });
  const grants = caller.grants.filter(({ state }) => state === "ACTIVE");
  const grant = grants.find(({ operations }) => operations.includes("CREATE")) ?? grants[0];
  return {
    ...caller,
    device: device && {
      ...device,
      custodianDepartment: caller.department,
      custodianSecretPostUntil: null,
      provedBy: "KEY",
    },
    address: device?.ipAddress ?? null,
    purpose: purpose ?? grant?.purposes[0] ?? null,
  };
}
