import { existsSync } from "node:fs";
import { join } from "node:path";
import { SingleBar } from "cli-progress";
import type { Config } from "./config.js";
import { runDatabase } from "./database/running.js";
import { withArchive } from "./ledger/archived-ledger.js";
import { notAsWritten } from "./ledger/finding.js";
import { keptSeals } from "./ledger/kept-seals.js";
import { archiveFolder, ledgerFolder } from "./ledger/open-ledger.js";
import { loadPublicKeys } from "./ledger/seal-key.js";
import { withStoredLedger } from "./ledger/stored-ledger.js";
import { type Verified, verifyLedger } from "./ledger/verify.js";

export interface VerifyCommand {
  readonly since: Date | null;
  readonly against: string | null;
  readonly keys: string | null;
  readonly archive: string | null;
}

/** `npm run ledger -- verify`: is the ledger what was written, and all of it? False where it is not. Throws StartError. */
export async function verify(
  config: Config,
  { since, against, keys: keysFolder, archive }: VerifyCommand,
): Promise<boolean> {
  const folder = ledgerFolder(config.dataDir);
  const keys = await loadPublicKeys(keysFolder ?? folder);
  const own = join(folder, "seals.jsonl");
  const path = against ?? (existsSync(own) ? own : null);
  const database = await runDatabase(config, { asServer: false });
  const bar = new SingleBar({ stream: process.stderr, format });
  try {
    const verified = await withStoredLedger(database.url, async (stored) => {
      const from = since && (await stored.lastSealBefore(since));
      const source = await withArchive(stored, archive ?? archiveFolder(config.dataDir), from);
      bar.start(await stored.total(from), 0);
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
  if (finding) return notAsWritten(finding);
  const seal = lastSeal ? `, the last of ${lastSeal.at.toISOString()}` : "";
  const compared = against
    ? ` ${kept} of the seals were compared with ${against}.`
    : " There are no kept seals to compare them with.";
  return `As written, and nothing is missing: ${events} events under ${seals} seals${seal}; ${unsealed} of them came later and are chained, not sealed yet.${compared}`;
}

const format =
  "{bar} {percentage} % | {value} of {total} events | {duration_formatted}, {eta_formatted} left";
