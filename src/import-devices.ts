import "reflect-metadata";
import { decisionsFor } from "./access/decisions.js";
import { actingPerson } from "./acting-person.js";
import { readConfig } from "./config.js";
import { withDatabase } from "./database/running.js";
import { parseDeviceCommand, runDeviceImport } from "./devices/import/import-command.js";
import { policiesIn, versionOne } from "./policies/policies.js";
import { serverClock } from "./server-clock.js";

/** `npm run import -- devices`: false where lines were refused. Throws StartError. */
export async function importDevices(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: (line: string) => void,
): Promise<boolean> {
  const command = parseDeviceCommand(args);
  const config = readConfig(environment);
  const clock = await serverClock(config.dataDir, config.clockStart);
  return withDatabase(config, async (db) => {
    const caller = await actingPerson(db, command.as, undefined, clock.now());
    const policy = await policiesIn({ db, clock }, versionOne(config)).at(caller.now);
    return runDeviceImport({ db, decisions: decisionsFor(caller, policy) }, command, output);
  });
}
