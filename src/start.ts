import { announce } from "./announce.js";
import { type Clock, clockFrom } from "./clock.js";
import { startClockwork } from "./clockwork.js";
import { componentsOf } from "./components.js";
import { type Config, settingsInUse } from "./config.js";
import { type Database, openDatabase } from "./database/client.js";
import { databaseProblem } from "./database/database-refusal.js";
import { isDemo, isEmpty } from "./database/demo/load.js";
import { runDatabase } from "./database/running.js";
import { StartError } from "./errors.js";
import { isLoopback } from "./http/host.js";
import { createLog } from "./http/log.js";
import { openLedger } from "./ledger/open-ledger.js";
import { loadDemoAside } from "./load-demo.js";
import { requireReadableVersions } from "./policies/require-readable.js";
import { createServer } from "./server.js";
import { publishClock, withdrawClock } from "./server-clock.js";
import { createShutdown } from "./shutdown.js";

/** From the settings to a server that takes requests until it is told to stop. Throws StartError. */
export async function start(config: Config): Promise<void> {
  const clock = clockFrom(config.clockStart);
  const log = createLog(config.logLevel);
  const shutdown = createShutdown(log);
  try {
    const database = await runDatabase(config, {
      asServer: true,
      onLost: (error) => shutdown.now(1, "the embedded database is lost", error),
    });
    shutdown.first(database.release);
    const db = openDatabase({ ...config, url: database.url });
    shutdown.first(() => db.$disconnect());
    const demo = await prepareDemo(db, config, clock);
    await requireReadableVersions({ db, clock });
    const ledger = await openLedger({
      ...{ db, url: database.url, clock, log },
      ...{ dataDir: config.dataDir, witness: config.ledgerWitness },
    });
    shutdown.first(() => ledger.close());
    const server = await createServer(await componentsOf(config, { db, clock, log, ledger, demo }));
    const address = await server.listen(config.host, config.port).catch((error) => {
      throw listenProblem(error, config);
    });
    shutdown.first(() => server.close());
    const clockwork = startClockwork({
      ...{ db, clock, log, ledger },
      seconds: config.clockworkSeconds,
      recertificationMonths: config.recertificationMonths,
    });
    shutdown.first(() => clockwork.stop());
    await publishClock(config.dataDir, clock);
    shutdown.first(() => withdrawClock(config.dataDir));
    announce(address, settingsInUse(process.env), demo);
  } catch (error) {
    await shutdown.undo();
    throw databaseProblem(error);
  }
}

/** Whether the database holds the demo organisation, loaded now where it is wanted and nothing else is there. */
async function prepareDemo(db: Database, config: Config, clock: Clock): Promise<boolean> {
  const onLoopback = isLoopback(config.host);
  if ((config.demo ?? onLoopback) && (await isEmpty(db))) await loadDemoAside(clock.now());
  const demo = await isDemo(db);
  if (demo && !onLoopback) {
    throw new StartError(
      "The database holds the demo organisation, whose passwords everybody knows: " +
        `it is served on loopback only, not on HOST=${config.host}.`,
    );
  }
  return demo;
}

const listenProblems: Record<string, string> = {
  EADDRINUSE: "the port is in use: PORT names another",
  EACCES: "this user may not listen on that port: PORT names another",
  EADDRNOTAVAIL: "this machine has no such address: HOST names another",
  ENOTFOUND: "the name is unknown: HOST names another",
  EAI_AGAIN: "the name is unknown: HOST names another",
};

function listenProblem(error: unknown, { host, port }: Config): unknown {
  const problem = listenProblems[(error as NodeJS.ErrnoException).code ?? ""];
  return problem ? new StartError(`Cannot listen on ${host}, port ${port}: ${problem}.`) : error;
}
