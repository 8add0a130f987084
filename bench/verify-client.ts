import { performance } from "node:perf_hooks";
import { ledgerFolder } from "../src/ledger/open-ledger.js";
import { loadPublicKeys } from "../src/ledger/seal-key.js";
import { withStoredLedger } from "../src/ledger/stored-ledger.js";
import { verifyLedger } from "../src/ledger/verify.js";

// Verifies a ledger in a process of its own, whose memory is then that of verifying: forked, it takes one message and
// answers with one.

interface Stored {
  readonly url: string;
  readonly dataDir: string;
}

export interface Checked {
  readonly events: number;
  readonly seconds: number;
  /** The most that the process ever held. */
  readonly megabytes: number;
}

process.once("message", (stored: Stored) => {
  if (!process.send) return;
  check(stored)
    .catch((error: Error) => ({ error: error.message }))
    .then((found) => process.send!(found, () => process.exit()));
});

async function check({ url, dataDir }: Stored): Promise<Checked> {
  const keys = await loadPublicKeys(ledgerFolder(dataDir));
  const began = performance.now();
  const { finding, events } = await withStoredLedger(url, (source) => verifyLedger(source, { keys }));
  if (finding) throw new Error(finding.says);
  return {
    events,
    seconds: (performance.now() - began) / 1_000,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
  };
}
