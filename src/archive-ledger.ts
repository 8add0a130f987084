import type { Config } from "./config.js";
import { withDatabase } from "./database/running.js";
import { archiveSegments } from "./ledger/archive.js";
import { Found, notAsWritten } from "./ledger/finding.js";
import { archiveFolder, ledgerFolder } from "./ledger/open-ledger.js";
import { loadPublicKeys } from "./ledger/seal-key.js";
import { recordCommand } from "./record-command.js";
import { serverClock } from "./server-clock.js";

export interface ArchiveCommand {
  readonly before: Date;
  readonly to: string | null;
}

/**
 * `npm run ledger -- archive`: moves whole segments into files, on record in the ledger with the segments that were moved.
 * False where one is not as it was written: it stays, with those after it. Throws StartError.
 */
export async function archive(config: Config, { before, to }: ArchiveCommand): Promise<boolean> {
  const clock = await serverClock(config.dataDir, config.clockStart);
  const folder = to ?? archiveFolder(config.dataDir);
  let segments = 0;
  try {
    await withDatabase(config, (db, url, ownerUrl) =>
      recordCommand({ db, url, clock, config }, { root: "archiveLedger", caller: null }, async ({ took }) => {
        const keys = await loadPublicKeys(ledgerFolder(config.dataDir));
        await archiveSegments({
          ...{ ownerUrl, clock, keys, folder, before },
          moved({ segment, events }, path) {
            segments += 1;
            took([{ record: "LedgerSegment", id: String(segment), step: "SEALED archive ARCHIVED" }]);
            process.stdout.write(`Segment ${segment}, ${events} events: ${path}\n`);
          },
        });
      }),
    );
  } catch (error) {
    if (!(error instanceof Found)) throw error;
    process.stdout.write(`${notAsWritten(error.finding)}\n`);
    return false;
  }
  process.stdout.write(
    segments > 0
      ? `Segments moved: ${segments}.\n`
      : "There is nothing to move: no segment is old enough, ended and sealed.\n",
  );
  return true;
}
