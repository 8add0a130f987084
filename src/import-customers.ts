import "reflect-metadata";
import type { Caller } from "./access/caller.js";
import { readConfig } from "./config.js";
import { parseImportCommand, runImport } from "./customers/import/import-command.js";
import { whyNotWritten } from "./customers/import/may-write.js";
import type { Database } from "./database/client.js";
import { withDatabase } from "./database/running.js";
import { StartError } from "./errors.js";
import { loadCaller } from "./people/load-caller.js";
import { derive, loadSecret } from "./people/secret.js";
import { policiesIn, versionOne } from "./policies/policies.js";
import { serverClock } from "./server-clock.js";

/** `npm run import`: false where rows were refused. Throws StartError. */
export async function importCustomers(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: (line: string) => void,
): Promise<boolean> {
  const command = parseImportCommand(args);
  const config = readConfig(environment);
  const clock = await serverClock(config.dataDir, config.clockStart);
  const codeKey = derive(await loadSecret(config.dataDir), "customer-code");
  return withDatabase(config, async (db) => {
    const caller = await actingPerson(db, command.as, command.purpose, clock.now());
    const policy = await policiesIn({ db, clock }, versionOne(config)).at(caller.now);
    const components = { db, clock, codeKey, mayWrite: whyNotWritten(caller, policy) };
    return runImport(components, caller, command, output);
  });
}

/**
 * The person in whose name the command works, as if at their own device in use, at its address. Whoever can run the command holds the
 * database's keys, so nothing is proved to it; naming a person says who answers for the data, and holds the import to
 * what that person may write.
 */
async function actingPerson(
  db: Database,
  staffNo: string,
  purpose: string | undefined,
  now: Date,
): Promise<Caller> {
  const circumstances = { credential: null, address: null, purpose: purpose ?? null, now };
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
    device: device && { ...device, custodianDepartment: caller.department },
    address: device?.ipAddress ?? null,
    purpose: purpose ?? grant?.purposes[0] ?? null,
  };
}
