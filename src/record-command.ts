import { pino } from "pino";
import type { Caller } from "./access/caller.js";
import { type Footprint, newFootprint } from "./access/footprint.js";
import type { Clock } from "./clock.js";
import type { Config } from "./config.js";
import type { Database } from "./database/client.js";
import { StartError } from "./errors.js";
import { blankEvent } from "./ledger/blank-event.js";
import { openLedger } from "./ledger/open-ledger.js";
import { knownPurpose } from "./ledger/record-operations.js";
import { stepsTouched } from "./ledger/record-steps.js";

interface Circumstances {
  readonly db: Database;
  readonly url: string;
  readonly clock: Clock;
  readonly config: Pick<Config, "dataDir" | "ledgerWitness">;
}

/**
 * Does what a command does in somebody's name, or in nobody's (null: whoever holds the keys of the database), with an
 * event before it and one after it, as of an operation. Throws StartError where it cannot be put on record: nothing is
 * done then.
 */
export async function recordCommand<Result>(
  { db, url, clock, config: { dataDir, ledgerWitness: witness } }: Circumstances,
  { root, caller }: { readonly root: string; readonly caller: Caller | null },
  command: (footprint: Footprint) => Promise<Result>,
): Promise<Result> {
  const ledger = await openLedger({ db, url, clock, dataDir, witness, log: pino({ level: "silent" }) });
  const footprint = newFootprint();
  const event = {
    ...blankEvent(),
    ...({ kind: "MUTATION", roots: [root] } as const),
    ...(caller && {
      ...{ principalId: caller.id, department: caller.department, deviceId: caller.device?.id ?? null },
      purpose: knownPurpose(caller),
    }),
  };
  try {
    await ledger.record({ ...event, outcome: "BEGUN" }).catch(() => {
      throw new StartError("The ledger cannot be written: nothing was done.");
    });
    const outcome = await command(footprint).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    const touched = stepsTouched(footprint.steps);
    if ("error" in outcome) {
      // That it began is on record; what it failed at is what has to be heard.
      await ledger.record({ ...event, outcome: "FAILED", touched }).catch(() => {});
      throw outcome.error;
    }
    await ledger.record({ ...event, outcome: "ANSWERED", touched });
    return outcome.value;
  } finally {
    await ledger.close();
  }
}
