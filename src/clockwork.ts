import type { Logger } from "pino";
import type { Clock } from "./clock.js";
import type { Database } from "./database/client.js";
import { planAllMaintenance } from "./devices/maintenance/plan-all.js";
import { openAllStockTakes } from "./devices/stock-takes/open-all.js";
import { askWhatIsNeeded } from "./grants/recertify.js";
import type { Ledger } from "./ledger/ledger.js";
import { recordLook } from "./ledger/record-steps.js";
import { forgetProofs } from "./people/forget-proofs.js";
import { openAllNeedAssessments } from "./procurement/need-assessment/open-all.js";
import { keepTime } from "./workflow/keep-time.js";

export interface Clockwork {
  /** Ends when the look at hand, if there is one, is over. */
  stop(): Promise<void>;
}

/** Looks at what is due at once, and again so many seconds after each look. A look that fails is told in the log. */
export function startClockwork({
  db,
  clock,
  log,
  ledger,
  seconds,
  recertificationMonths,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly ledger: Ledger;
  readonly seconds: number;
  readonly recertificationMonths: number;
}): Clockwork {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let look: Promise<void> = Promise.resolve();
  const next = () => {
    look = lookOnce().finally(() => {
      if (!stopped) timer = setTimeout(next, seconds * 1000).unref();
    });
  };
  const lookOnce = async () => {
    const record = recordLook(ledger);
    try {
      // What cannot be put on record is not done.
      ledger.requireWritable();
      const now = clock.now();
      const { steps, reminders, failures } = await keepTime(db, now, record);
      for (const failure of failures)
        log.error(failure, "what is due of a form could not be done; it is tried again");
      const asked = await askWhatIsNeeded(db, now, recertificationMonths, record);
      const maintained = await planAllMaintenance(db, now, record);
      const counted = await openAllStockTakes(db, now, record);
      const assessed = await openAllNeedAssessments(db, now, record);
      await forgetProofs(db, now);
      if (steps + reminders + asked + maintained + counted + assessed > 0)
        log.info({ steps, reminders, asked, maintained, counted, assessed }, "what was due is done");
    } catch (err) {
      log.warn({ err }, "what is due could not be done; it is tried again");
    }
    await record
      .done()
      .catch((err: unknown) =>
        log.error({ err, steps: record.steps }, "what was done could not be put on record"),
      );
  };
  next();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      return look;
    },
  };
}
