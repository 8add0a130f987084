import { join } from "node:path";
import type { Logger } from "pino";
import type { Clock } from "../clock.js";
import type { Database } from "../database/client.js";
import { createLedger, type Ledger } from "./ledger.js";
import { sealFile, sealWitness } from "./seal-copies.js";
import { loadPublicKeys, loadSealKey } from "./seal-key.js";
import { startSealer } from "./sealer.js";
import { connectStore, extraTime } from "./store.js";

export interface LedgerCircumstances {
  readonly db: Database;
  /** Where the server's role enters. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly dataDir: string;
  /** Where every seal goes as well: a web address, or a command. */
  readonly witness?: string | undefined;
}

/** Milliseconds that one statement of the ledger may take: less than anybody waits for a record. */
const timeout = 1_000;

/** Where the key of the seals is, their public keys, and a copy of every seal. */
export const ledgerFolder = (dataDir: string): string => join(dataDir, "ledger");

/** Where archived segments are, where nothing else is said. */
export const archiveFolder = (dataDir: string): string => join(ledgerFolder(dataDir), "archive");

/** The ledger of a database, sealed as long as it is open. Closing it seals what there is. Throws StartError. */
export async function openLedger({
  db,
  url,
  clock,
  log,
  dataDir,
  witness,
}: LedgerCircumstances): Promise<Ledger> {
  const folder = ledgerFolder(dataDir);
  const key = await loadSealKey(folder);
  const copies = [sealFile(join(folder, "seals.jsonl")), ...(witness ? [sealWitness(witness, folder)] : [])];
  const sealer = startSealer({ db, clock, log, key, keys: () => loadPublicKeys(folder), copies });
  const writer = () =>
    createLedger({
      ...{ clock, log, committed: sealer.committed },
      connect: () => connectStore(url, timeout),
    });
  // What takes long to write has a chain of its own: nobody else waits behind it.
  const [usual, large] = [writer(), writer()];
  return {
    ...usual,
    record: (event, waited) => (extraTime(event.touched.length) > 0 ? large : usual).record(event, waited),
    async close() {
      await Promise.all([usual.close(), large.close()]);
      await sealer.stop();
    },
  };
}
