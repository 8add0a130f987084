import "reflect-metadata";
import { decisionsFor } from "./access/decisions.js";
import { actingPerson } from "./acting-person.js";
import { readConfig } from "./config.js";
import { withDatabase } from "./database/running.js";
import { parseDeviceCommand, runDeviceImport } from "./devices/import/import-command.js";
import { policiesIn, versionOne } from "./policies/policies.js";
import { recordCommand } from "./record-command.js";
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
  return withDatabase(config, async (db, url) => {
    const caller = await actingPerson(db, command.as, undefined, clock.now());
    const policy = await policiesIn({ db, clock }, versionOne(config)).at(caller.now);
    const decisions = decisionsFor(caller, policy);
    return recordCommand({ db, url, clock, config }, { root: "importDevices", caller }, (footprint) =>
      runDeviceImport({ db, decisions, footprint }, command, output),
    );
  });
}
