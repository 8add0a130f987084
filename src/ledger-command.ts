import "reflect-metadata";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SingleBar } from "cli-progress";
import { readConfig } from "./config.js";
import { runDatabase } from "./database/running.js";
import { StartError } from "./errors.js";
import { keptSeals } from "./ledger/kept-seals.js";
import { ledgerFolder } from "./ledger/open-ledger.js";
import { loadPublicKeys } from "./ledger/seal-key.js";
import { withStoredLedger } from "./ledger/stored-ledger.js";
import { type Verified, verifyLedger } from "./ledger/verify.js";
import { instant } from "./setting.js";

// The command `npm run ledger -- verify`: is the ledger what was written, and all of it? Status 1 where it is not.

const usage = `Usage: npm run ledger -- verify [--since 2026-11-01T00:00:00Z] [--against seals.jsonl] [--keys folder]
  --since    goes on from the last seal before this instant, which is trusted by its signature
  --against  a file of seals that was kept; without it, the one in the data folder
  --keys     a folder that holds public-keys/; without it, the one in the data folder`;

interface Options {
  readonly since: Date | null;
  readonly against: string | null;
  readonly keys: string | null;
}

function optionsIn(args: readonly string[]): Options {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { since: { type: "string" }, against: { type: "string" }, keys: { type: "string" } },
    });
    const since = values.since === undefined ? null : instant.parse(values.since);
    if (positionals.join() === "verify" && since !== undefined)
      return { since, against: values.against ?? null, keys: values.keys ?? null };
  } catch {
    // An option that there is not: the usage says which there are.
  }
  throw new StartError(usage);
}

async function verify({ since, against, keys: keysFolder }: Options): Promise<boolean> {
  const config = readConfig(process.env);
  const folder = ledgerFolder(config.dataDir);
  const keys = await loadPublicKeys(keysFolder ?? folder);
  const own = join(folder, "seals.jsonl");
  const path = against ?? (existsSync(own) ? own : null);
  const database = await runDatabase(config, { asServer: false });
  const bar = new SingleBar({ stream: process.stderr, format });
  try {
    const verified = await withStoredLedger(database.url, async (source) => {
      const from = since && (await source.lastSealBefore(since));
      bar.start(await source.total(from), 0);
      const onProgress = (events: number) => bar.update(events);
      return verifyLedger(source, { keys, from, onProgress, ...(path && { against: keptSeals(path) }) });
    });
    bar.update(verified.events);
    bar.stop();
    process.stdout.write(`${told(verified, path)}\n`);
    return verified.finding === null && !(path && verified.seals > 0 && verified.kept === 0);
  } finally {
    bar.stop();
    await database.release();
  }
}

function told(
  { finding, events, seals, kept, unsealed, lastSeal }: Verified,
  against: string | null,
): string {
  if (finding) return `NOT AS WRITTEN: ${finding.says} (${finding.kind})`;
  const seal = lastSeal ? `, the last of ${lastSeal.at.toISOString()}` : "";
  const compared = against
    ? ` ${kept} of the seals were compared with ${against}.`
    : " There are no kept seals to compare them with.";
  return `As written, and nothing is missing: ${events} events under ${seals} seals${seal}; ${unsealed} of them came later and are chained, not sealed yet.${compared}`;
}

const format =
  "{bar} {percentage} % | {value} of {total} events | {duration_formatted}, {eta_formatted} left";

try {
  if (!(await verify(optionsIn(process.argv.slice(2))))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
