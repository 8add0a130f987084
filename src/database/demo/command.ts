import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import { readConfig } from "../../config.js";
import { StartError } from "../../errors.js";
import { loadSecret } from "../../people/secret.js";
import { serverClock } from "../../server-clock.js";
import { withDatabase } from "../running.js";
import { fillDemo } from "./fill.js";

// The command `npm run demo -- --customers 200000`: fills the database that the server would use.

const usage = "Usage: npm run demo -- --customers N, with N from 1 to 10000000";

function customersIn(args: string[]): number {
  try {
    const { values } = parseArgs({ args, options: { customers: { type: "string" } } });
    const customers = /^\d{1,8}$/.test(values.customers ?? "") ? Number(values.customers) : 0;
    if (customers >= 1 && customers <= 10_000_000) return customers;
  } catch {
    // An option that there is not: the usage says which there are.
  }
  throw new StartError(usage);
}

/** Fills the database; Ctrl-C ends it after the batch at hand. */
async function fill(customers: number, stop: AbortSignal): Promise<void> {
  const config = readConfig(process.env);
  const clock = await serverClock(config.dataDir, config.clockStart);
  await withDatabase(config, async (db) => {
    const secret = await loadSecret(config.dataDir);
    const bar = new SingleBar({ stream: process.stderr, format });
    bar.start(customers, 0);
    const onProgress = (written: number) => bar.update(written);
    const filling = fillDemo(db, { customers, now: clock.now(), secret, stop, onProgress });
    const { added, total } = await filling.finally(() => bar.stop());
    const ending = total < customers ? "; the same command goes on from there" : "";
    process.stdout.write(`${added} customers added: there are ${total} generated ones${ending}.\n`);
  });
}

const format =
  "{bar} {percentage} % | {value} of {total} customers | {duration_formatted}, {eta_formatted} left";

try {
  const stop = new AbortController();
  const customers = customersIn(process.argv.slice(2));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  await fill(customers, stop.signal);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
