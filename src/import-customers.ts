import "reflect-metadata";
import { actingPerson } from "./acting-person.js";
import { readConfig } from "./config.js";
import { parseImportCommand, runImport } from "./customers/import/import-command.js";
import { whyNotWritten } from "./customers/import/may-write.js";
import { withDatabase } from "./database/running.js";
import { derive, loadSecret } from "./people/secret.js";
import { policiesIn, versionOne } from "./policies/policies.js";
import { recordCommand } from "./record-command.js";
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
  return withDatabase(config, async (db, url) => {
    const caller = await actingPerson(db, command.as, command.purpose, clock.now());
    const policy = await policiesIn({ db, clock }, versionOne(config)).at(caller.now);
    const components = { db, clock, codeKey, mayWrite: whyNotWritten(caller, policy) };
    return recordCommand({ db, url, clock, config }, { root: "importCustomers", caller }, () =>
      runImport(components, caller, command, output),
    );
  });
}
